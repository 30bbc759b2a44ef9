import { describe, expect, test } from "vitest";
import { arrivals } from "./support/arrivals.js";
import { asyncapi3, contractOf, type Messages, message, readOf } from "./support/documents.js";

const text = { type: "string" };
const is = (value: unknown) => ({ const: value });
const DRAFT7 = "https://json-schema.org/draft-07/json-schema-validation#rfc.section";
const ASYNCAPI = "https://www.asyncapi.com/docs/reference/specification/v3.0.0#schemaObject";
const OPENAPI = "https://spec.openapis.org/oas/v3.0.3#discriminator-object";

/** One rung: what it rests on, messages it parts, the question it becomes, and frames with the doors they come to. */
interface Rung {
  readonly by: string;
  readonly clause: string;
  readonly messages: Messages;
  readonly schemas?: object;
  readonly tree: unknown;
  readonly frames: readonly (readonly [frame: unknown, door: string | undefined])[];
}

const narrowed = (kind: string) => ({
  payload: {
    allOf: [{ type: "object", required: ["kind"], properties: { kind: text } }, { properties: { kind: is(kind) } }],
  },
});
const tuple = (kind: string) => ({ payload: { type: "array", items: [text, is(kind)], minItems: 2 } });
const ofType = (name: string) => ({ payload: { $ref: `#/components/schemas/${name}` } });
const heir = (more: object) => ({ allOf: [{ $ref: "#/components/schemas/Pet" }, { type: "object", ...more }] });
const data = (inner: string, optional = "") =>
  message({ data: { type: "object", required: optional ? [] : [inner], properties: { [inner]: text } } });

const rungs: readonly Rung[] = [
  {
    by: "JSON types",
    clause: `${DRAFT7}.6.1.1`,
    messages: {
      list: { payload: { type: "array" } },
      one: message({ x: text }),
      count: { payload: { type: "integer" } },
    },
    tree: {
      by: "type",
      cases: [
        ["object", "one"],
        ["array", "list"],
        ["number", "count"],
      ],
    },
    frames: [
      [[], "list"],
      [{ x: "" }, "one"],
      [12, "count"],
      ["12", undefined],
      [null, undefined],
    ],
  },
  {
    by: "one constant of any name",
    clause: `${DRAFT7}.6.1.3`,
    messages: { a: message({ msg: is("a") }), b: message({ msg: is("b") }) },
    tree: {
      by: "value",
      at: ["msg"],
      cases: [
        ["a", "a"],
        ["b", "b"],
      ],
    },
    frames: [
      [{ msg: "a" }, "a"],
      [{ msg: "c" }, undefined],
      [{}, undefined],
    ],
  },
  {
    by: "a constant that a child of an allOf narrows",
    clause: "https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.7.1",
    messages: { a: narrowed("a"), b: narrowed("b") },
    tree: {
      by: "value",
      at: ["kind"],
      cases: [
        ["a", "a"],
        ["b", "b"],
      ],
    },
    frames: [[{ kind: "b" }, "b"]],
  },
  {
    by: "an enum of one",
    clause: `${DRAFT7}.6.1.2`,
    messages: { a: message({ op: { enum: [10] } }), b: message({ op: { enum: [11] } }) },
    tree: {
      by: "value",
      at: ["op"],
      cases: [
        [10, "a"],
        [11, "b"],
      ],
    },
    frames: [
      [{ op: 11 }, "b"],
      [{ op: "11" }, undefined],
    ],
  },
  {
    by: "a position in an array",
    clause: `${DRAFT7}.6.4.1`,
    messages: { a: tuple("a"), b: tuple("b") },
    tree: {
      by: "value",
      at: [1],
      cases: [
        ["a", "a"],
        ["b", "b"],
      ],
    },
    frames: [
      [["x", "a"], "a"],
      [["b"], undefined],
    ],
  },
  {
    by: "AsyncAPI's discriminator, which heirs inherit and whose value is their name",
    clause: ASYNCAPI,
    messages: { cat: ofType("Cat"), dog: ofType("Dog"), newt: ofType("Newt") },
    schemas: {
      Pet: { type: "object", discriminator: "petType", required: ["petType"], properties: { petType: text } },
      Cat: heir({ properties: { lives: { type: "integer" } } }),
      Dog: heir({}),
      Newt: heir({ properties: { petType: is("salamander") } }),
    },
    tree: {
      by: "value",
      at: ["petType"],
      cases: [
        ["Cat", "cat"],
        ["Dog", "dog"],
        ["salamander", "newt"],
      ],
    },
    frames: [
      [{ petType: "Cat", lives: 9 }, "cat"],
      [{ petType: "salamander" }, "newt"],
      [{ petType: "Newt" }, undefined],
    ],
  },
  {
    by: "OpenAPI's discriminator, whose mapping wins over names",
    clause: OPENAPI,
    messages: { pet: ofType("Pet"), rock: message({ petType: is("rock") }) },
    schemas: {
      Pet: {
        oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
        discriminator: { propertyName: "petType", mapping: { kitten: "#/components/schemas/Cat", puss: "Cat" } },
      },
      Cat: { type: "object", required: ["petType", "lives"], properties: { petType: text, lives: text } },
      Dog: { type: "object", required: ["petType"], properties: { petType: text } },
    },
    tree: {
      by: "value",
      at: ["petType"],
      cases: [
        ["kitten", "pet"],
        ["puss", "pet"],
        ["Dog", "pet"],
        ["rock", "rock"],
      ],
    },
    frames: [
      [{ petType: "puss", lives: "9" }, "pet"],
      [{ petType: "Dog" }, "pet"],
      [{ petType: "rock" }, "rock"],
      [{ petType: "Cat", lives: "9" }, undefined],
    ],
  },
  {
    by: "several constants together",
    clause: `${DRAFT7}.6.1.3`,
    messages: {
      get: message({ kind: is("req"), msg: is("get") }),
      got: message({ kind: is("resp"), msg: is("get") }),
      set: message({ kind: is("req"), msg: is("set") }),
    },
    tree: {
      by: "value",
      at: ["kind"],
      cases: [
        [
          "req",
          {
            by: "value",
            at: ["msg"],
            cases: [
              ["get", "get"],
              ["set", "set"],
            ],
          },
        ],
        ["resp", "got"],
      ],
    },
    frames: [
      [{ kind: "resp", msg: "get" }, "got"],
      [{ kind: "req", msg: "set" }, "set"],
      [{ kind: "req" }, undefined],
    ],
  },
  {
    by: "a required key that no other of the group declares, and then by its own constant",
    clause: `${DRAFT7}.6.5.3`,
    messages: { error: message({ v: is(1), error: text }), result: message({ v: is(1), result: text, "note?": text }) },
    tree: {
      by: "keys",
      cases: [[["error"], { by: "value", at: ["v"], cases: [[1, "error"]] }]],
      otherwise: { by: "value", at: ["v"], cases: [[1, "result"]] },
    },
    frames: [
      [{ v: 1, error: "" }, "error"],
      [{ v: 1, result: "" }, "result"],
      [{ v: 2, result: "" }, undefined],
    ],
  },
  {
    by: "a required key that several share, where none has one of its own",
    clause: `${DRAFT7}.6.5.3`,
    messages: {
      a: message({ id: text, x: { type: "integer" } }),
      b: message({ id: text, x: text }),
      c: message({ x: { type: "integer" } }),
      d: message({ x: text }),
    },
    tree: {
      by: "keys",
      cases: [
        [
          ["id"],
          {
            by: "fit",
            cases: [
              [["a"], "a"],
              [["b"], "b"],
            ],
          },
        ],
      ],
      otherwise: {
        by: "fit",
        cases: [
          [["c"], "c"],
          [["d"], "d"],
        ],
      },
    },
    frames: [
      [{ id: "", x: 1 }, "a"],
      [{ x: "" }, "d"],
    ],
  },
  {
    by: "a required key one level down",
    clause: `${DRAFT7}.6.5.4`,
    messages: { deals: data("deals"), candle: data("candle") },
    tree: { by: "value", at: ["data", "deals"], cases: [], absent: "candle", otherwise: "deals" },
    frames: [
      [{ data: { deals: "" } }, "deals"],
      [{ data: { candle: "" } }, "candle"],
    ],
  },
  {
    by: "optional keys, and what has none of them is one of all",
    clause: `${DRAFT7}.6.5.4`,
    messages: {
      start: message({ "id?": text, "from?": text }),
      stop: message({ "id?": text, "why?": text, "code?": text }),
    },
    tree: {
      by: "keys",
      cases: [
        [["from"], "start"],
        [["why"], "stop"],
        [["code"], "stop"],
      ],
      otherwise: "startOrStop",
    },
    frames: [
      [{ from: "" }, "start"],
      [{ id: "", code: "" }, "stop"],
      [{ id: "" }, "startOrStop"],
      [{ why: "", from: "" }, "start"],
    ],
  },
  {
    by: "an optional key one level down",
    clause: `${DRAFT7}.6.5.4`,
    messages: { deals: data("deals", "?"), candle: data("candle", "?") },
    tree: {
      by: "value",
      at: ["data", "deals"],
      cases: [],
      absent: { by: "value", at: ["data", "candle"], cases: [], absent: "dealsOrCandle", otherwise: "candle" },
      otherwise: "deals",
    },
    frames: [
      [{ data: { deals: "" } }, "deals"],
      [{ data: { candle: "" } }, "candle"],
      [{ data: {} }, "dealsOrCandle"],
    ],
  },
  {
    by: "the validators, where schemas exclude each other",
    clause: `${DRAFT7}.6`,
    messages: {
      short: message({ x: { type: "array", items: text, maxItems: 2 } }),
      long: message({ x: { type: "array", items: text, minItems: 3 } }),
      table: message({ x: { type: "object" } }),
    },
    tree: {
      by: "fit",
      cases: [
        [["short"], "short"],
        [["long"], "long"],
        [["table"], "table"],
      ],
    },
    frames: [
      [{ x: ["1", "2", "3"] }, "long"],
      [{ x: [] }, "short"],
      [{ x: {} }, "table"],
      [{ x: 1 }, undefined],
    ],
  },
  {
    by: "the validators as far as they go: what may be both arrives together",
    clause: `${DRAFT7}.6`,
    messages: { a: message({ x: text }), b: message({ x: text }), c: message({ x: { type: "integer" } }) },
    tree: {
      by: "fit",
      cases: [
        [["a", "b"], "aOrB"],
        [["c"], "c"],
      ],
    },
    frames: [
      [{ x: "" }, "aOrB"],
      [{ x: 1 }, "c"],
    ],
  },
];

describe("messages are told apart by", () => {
  test.each(rungs)("$by ($clause)", async ({ messages, schemas, tree, frames }) => {
    const contract = await contractOf(documentOf(messages, schemas));
    expect(contract.connections[0]?.toServer.dispatch).toEqual(tree);
    const asked = frames.map(([frame]) => frame);
    expect(await arrivals(contract, "toServer", asked)).toEqual(frames.map(([, door]) => door));
  });
});

describe("a value that no message names", () => {
  const slack: Messages = {
    hello: message({ type: is("hello") }),
    message: message({ type: is("message"), text }),
    added: message({ type: is("emoji"), subtype: is("add") }),
    removed: message({ type: is("emoji"), subtype: is("remove") }),
  };

  test("is one of those that say nothing of the member, after what most messages name was asked for", async () => {
    const contract = await contractOf(documentOf(slack));
    const frames = [
      { type: "message", text: "", subtype: "bot" },
      { type: "hello", subtype: "add" },
      { type: "emoji", subtype: "add" },
      { type: "emoji", subtype: "other" },
    ];
    expect(await arrivals(contract, "toServer", frames)).toEqual(["message", "hello", "added", undefined]);
  });

  test("is one of them also where a message beside them names values of the same member", async () => {
    const plain = message({ type: is("message"), text });
    const joined = message({ type: is("message"), subtype: is("join"), text });
    const contract = await contractOf(documentOf({ plain, joined, bye: message({ type: is("bye") }) }));
    expect(contract.connections[0]?.toServer.dispatch).toMatchObject({
      at: ["type"],
      cases: [
        ["message", { at: ["subtype"], cases: [["join", "joined"]], otherwise: "plain" }],
        ["bye", "bye"],
      ],
    });
  });

  test("is none of those that can have nothing there", async () => {
    const a = message({ head: { type: "object", required: ["t"], properties: { t: is("a") } } });
    const contract = await contractOf(documentOf({ a, b: message({ head: text }) }));
    const frames = [{ head: { t: "a" } }, { head: { t: "b" } }, { head: "" }];
    expect(await arrivals(contract, "toServer", frames)).toEqual(["a", undefined, "b"]);
  });
});

describe("a key separates nothing from", () => {
  const specific = message({ data: { type: "object", required: ["version"], properties: { version: text } } });
  const optional = message({ data: { type: "object", properties: { version: text } } });
  const free = { type: "object" };

  test.each([
    ["a member that is free-form, where it is required", specific, message({ data: free })],
    ["a member that is free-form, where it is optional", optional, message({ data: free })],
    ["a member that says nothing at all", specific, message({ data: {} })],
    [
      "a member that has more than it names",
      specific,
      message({ data: { ...free, properties: {}, additionalProperties: true } }),
    ],
    ["a payload that is free-form", message({ x: text }), { payload: free }],
    ["a payload that is free-form in one of its branches", message({ x: text }), { payload: { anyOf: [free, free] } }],
    ["a payload that is free-form, where the key is optional", message({ "x?": text }), { payload: free }],
  ])("%s", async (_, named, open) => {
    const contract = await contractOf(documentOf({ named, open }));
    expect(contract.connections[0]?.toServer.dispatch).toBe("namedOrOpen");
  });

  test("what is free-form beside a schema that names members: both hold", async () => {
    const both = message({ data: { allOf: [free, { type: "object", properties: { n: text } }] } });
    const contract = await contractOf(documentOf({ named: specific, both }));
    expect(contract.connections[0]?.toServer.dispatch).toMatchObject({ at: ["data", "version"], absent: "both" });
  });

  test("what may have it, where the validators prove that no value is both", async () => {
    const numbers = { type: "object", additionalProperties: { type: "integer" } };
    const contract = await contractOf(documentOf({ named: specific, numbers: message({ data: numbers }) }));
    expect(contract.connections[0]?.toServer.dispatch).toMatchObject({ by: "fit" });
    const frames = [{ data: { version: "" } }, { data: { version: 1 } }];
    expect(await arrivals(contract, "toServer", frames)).toEqual(["named", "numbers"]);
  });
});

describe("a member counts as named by", () => {
  const draft = (more: object) => ({ payload: { type: "object", properties: { kind: text }, ...more } });
  const names = (key: string) => ({ properties: { [key]: text } });

  test.each([
    ["if", draft({ if: { required: ["x"], properties: { x: text } } })],
    ["then", draft({ if: names("kind"), then: names("x") })],
    ["else", draft({ if: names("kind"), else: names("x") })],
    ["what then requires", draft({ if: names("kind"), then: { required: ["x"] } })],
    ["dependencies, as a list", draft({ dependencies: { kind: ["x"] } })],
    ["dependencies, as a schema", draft({ dependencies: { kind: names("x") } })],
    ["dependencies, as that on which others depend", draft({ dependencies: { x: ["kind"] } })],
    ["dependentSchemas", draft({ dependentSchemas: { kind: names("x") } })],
    ["dependentRequired", draft({ dependentRequired: { kind: ["x"] } })],
    ["an if in a then", draft({ if: names("kind"), then: { if: names("kind"), then: names("x") } })],
  ])("%s", async (_, some) => {
    const contract = await contractOf(documentOf({ some, other: message({ x: text, "kind?": text }) }));
    expect(await arrivals(contract, "toServer", [{ x: "", kind: "" }])).toEqual(["someOrOther"]);
  });

  test("a then that is the schema itself", async () => {
    const Some = draft({ if: names("x"), then: { $ref: "#/components/schemas/Some" } }).payload;
    const messages = { some: ofType("Some"), other: message({ x: text, "kind?": text }) };
    const contract = await contractOf(documentOf(messages, { Some }));
    expect(await arrivals(contract, "toServer", [{ x: "" }])).toEqual(["someOrOther"]);
  });

  test("then, one level down", async () => {
    const data = { type: "object", properties: { kind: text } };
    const then = { properties: { data: { type: "object", properties: { x: text } } } };
    const some = { payload: { type: "object", required: ["data"], properties: { data }, if: true, then } };
    const other = message({ data: { type: "object", required: ["x"], properties: { kind: text, x: text } } });
    const contract = await contractOf(documentOf({ some, other }));
    expect(await arrivals(contract, "toServer", [{ data: { x: "", kind: "" } }])).toEqual(["someOrOther"]);
  });
});

describe("a position of a list", () => {
  const list = (items: unknown, more: object = {}) => ({ payload: { type: "array", items, ...more } });
  const number = { type: "number" };

  test("is not asked for a constant where the list may be too short for it and others have any value there", async () => {
    const contract = await contractOf(documentOf({ a: list([is(1), text]), c: list(number, { minItems: 3 }) }));
    const frames = [[1, 2, 3], [], [1, "x"], [1]];
    expect(await arrivals(contract, "toServer", frames)).toEqual(["c", "a", "a", "a"]);
  });

  test("is found in one door with all that may be too short for it", async () => {
    const contract = await contractOf(documentOf({ a: list([is("a"), text]), b: list([is("b"), text]) }));
    expect(await arrivals(contract, "toServer", [["a", ""], ["b"], []])).toEqual(["a", "b", "aOrB"]);
  });

  test("is asked for where the list is long enough, also where a base says so", async () => {
    const messages = {
      a: { payload: { allOf: [{ type: "array", minItems: 2 }], items: [is("a"), text] } },
      b: list([is("b"), text], { minItems: 2 }),
    };
    const contract = await contractOf(documentOf(messages));
    expect(contract.connections[0]?.toServer.dispatch).toEqual({
      by: "value",
      at: [0],
      cases: [
        ["a", "a"],
        ["b", "b"],
      ],
    });
  });
});

describe("a proof that schemas exclude each other", () => {
  const pairs: readonly (readonly [why: string, one: object, other: object, proven: boolean])[] = [
    ["a type", { type: "integer" }, { type: "boolean" }, true],
    ["disjoint enums", { enum: ["a", "b"] }, { enum: ["c", ["a"]] }, true],
    ["a constant that a pattern refuses", { const: "a1" }, { type: "string", pattern: "^[0-9]+$" }, true],
    ["a constant that a limit refuses", { const: 3 }, { type: "number", exclusiveMinimum: 3 }, true],
    ["ranges that do not meet", { type: "number", maximum: 1 }, { type: "number", minimum: 2 }, true],
    ["a required key that is forbidden", { required: ["k"] }, { type: "object", not: { required: ["k"] } }, true],
    ["a required key that can have no value", { required: ["k"] }, { properties: { k: false } }, true],
    [
      "a key that one requires and the other only declares",
      { required: ["k"], properties: { k: { type: "string" } } },
      { properties: { k: { type: "integer" } } },
      true,
    ],
    ["every branch of a choice", { anyOf: [{ type: "string" }, { type: "null" }] }, { type: "integer" }, true],
    ["enums that overlap", { enum: ["a", "b"] }, { enum: ["b", "c"] }, false],
    ["an integer, which is a number", { type: "integer" }, { type: "number" }, false],
    ["a key both may lack", { properties: { k: is(1) } }, { properties: { k: is(2) } }, false],
    ["lists that may be empty", { type: "array", items: text }, { type: "array", items: { type: "null" } }, false],
    ["a type that only one may have", { type: ["string", "null"] }, { nullable: true, type: "integer" }, false],
    ["a pattern that takes long to try", { const: "a".repeat(60) }, { type: "string", pattern: "^(a+)+b$" }, false],
  ];

  /** Inside of a list, where only a validator can look. */
  const listOf = (items: object) => message({ x: { type: "array", minItems: 1, items } });
  const dispatchOf = async (one: object, other: object) =>
    (await contractOf(documentOf({ one: listOf(one), other: listOf(other) }))).connections[0]?.toServer.dispatch;
  const fit = {
    by: "fit",
    cases: [
      [["one"], "one"],
      [["other"], "other"],
    ],
  };

  test.each(pairs.filter(([, , , proven]) => proven))("rests on %s", async (_, one, other) => {
    expect(await dispatchOf(one, other)).toEqual(fit);
  });

  test.each(pairs.filter(([, , , proven]) => !proven))("does not rest on %s", async (_, one, other) => {
    expect(await dispatchOf(one, other)).toBe("oneOrOther");
  });

  test("does not rest on closed objects for a client, which takes members it does not know", async () => {
    const closed = (key: string) => ({
      type: "object",
      properties: { [key]: text, both: text },
      additionalProperties: false,
    });
    const list = (key: string) => message({ x: { type: "array", items: closed(key), minItems: 1 } });
    const contract = await contractOf(asyncapi3({ send: { one: list("a"), other: list("b") } }));
    expect(contract.connections[0]?.toClient.dispatch).toBe("oneOrOther");
  });
});

describe("messages that look alike", () => {
  const error = (name: string) => message({ type: is(name), text });
  const generic = message({ type: { enum: ["auth", "quota", "rate", "other"] }, text });

  test("are in one union at most: one that overlaps with several shares one door with all of them", async () => {
    const receive = {
      authError: error("auth"),
      quotaError: error("quota"),
      rateError: error("rate"),
      anError: generic,
    };
    const contract = await contractOf(asyncapi3({ receive }));
    const { toServer } = contract.connections[0] ?? {};
    expect(toServer?.unions.map(({ members }) => members)).toEqual([
      ["authError", "quotaError", "rateError", "anError"],
    ]);
    const [union] = toServer?.unions ?? [];
    const frames = ["auth", "rate", "other", "new"].map((type) => ({ type, text: "" }));
    expect(await arrivals(contract, "toServer", frames)).toEqual([union?.id, union?.id, "anError", undefined]);
  });

  test("have doors of their own for values that only one of them names", async () => {
    const choice = (...values: string[]) => message({ t: { enum: values } });
    const contract = await contractOf(documentOf({ a: choice("x", "y"), b: choice("y", "z") }));
    const frames = ["x", "y", "z", "w"].map((t) => ({ t }));
    expect(await arrivals(contract, "toServer", frames)).toEqual(["a", "aOrB", "b", undefined]);
  });

  test("have them also where the member is optional", async () => {
    const choice = (...values: string[]) => message({ "t?": { enum: values } });
    const contract = await contractOf(documentOf({ a: choice("x", "y"), b: choice("y", "z") }));
    const frames = [{ t: "x" }, { t: "y" }, { t: "z" }, {}];
    expect(await arrivals(contract, "toServer", frames)).toEqual(["a", "aOrB", "b", "aOrB"]);
  });

  test("are no warning where they are one message that channels list under several keys, and are called what it is", async () => {
    const document = JSON.parse(asyncapi3({ receive: { fault: message({ text }) } })) as Listing;
    const { main } = document.channels;
    main.messages = { first: main.messages["fault"], second: main.messages["fault"] };
    const listed = Object.keys(main.messages).map((key) => ({ $ref: `#/channels/main/messages/${key}` }));
    document.operations.hear.messages = listed;
    const { contract, warnings } = await readOf(JSON.stringify(document));
    expect(contract.connections[0]?.toServer.unions).toMatchObject([{ id: "fault", members: ["first", "second"] }]);
    expect(warnings).toEqual([]);
  });

  test("are asked for the constant that all have: what has another value is something else", async () => {
    const receive = { a: message({ type: is("x"), text }), b: message({ type: is("x"), text }) };
    const contract = await contractOf(asyncapi3({ receive }));
    expect(
      await arrivals(contract, "toServer", [
        { type: "x", text: "" },
        { type: "y", text: "" },
      ]),
    ).toEqual(["aOrB", undefined]);
  });

  test.each([
    ["their names", ["foo", "any", "send", "other"], "fooOrAny"],
    [
      "words that both share, where both are too long",
      ["paymentAuthorisationFailedError", "deliveryFailedError", "x"],
      "anyFailedError",
    ],
    [
      "the first, where they share none",
      ["paymentAuthorisationRejected", "deliveryFailed", "rejected"],
      "paymentAuthorisationRejectedOrOthers",
    ],
  ])("are named after the first two, so that another renames nothing: by %s", async (_, names, id) => {
    for (const length of [2, names.length]) {
      const receive = Object.fromEntries(names.slice(0, length).map((name) => [name, message({ text })]));
      const { toServer } = (await contractOf(asyncapi3({ receive }))).connections[0] ?? {};
      expect(toServer?.unions.map((union) => [union.id, union.members.length])).toEqual([[id, length]]);
    }
  });

  test("are all named, with their places, beside what their examples would say", async () => {
    const shown = (name: string) => message({ method: { type: "string", example: name.toUpperCase() } });
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    const { warnings } = await readOf(
      asyncapi3({ receive: Object.fromEntries(names.map((name) => [name, shown(name)])) }),
    );
    const [warning] = warnings.filter(({ rule }) => rule === "look-alike");
    const listed = names.map((name) => `${name} (api.yaml#/components/messages/${name})`);
    expect(warning?.message).toBe(
      `${listed.join(", ")} cannot be told apart on arrival; they reach the application together, as aOrB`,
    );
    expect(warning?.hint).toBe(
      '`method` differs in their examples ("A", "B", "C", …); as a required `const` in each it would tell them apart.',
    );
  });

  test("are told to have doors of their own where they have", async () => {
    const { warnings } = await readOf(
      asyncapi3({ receive: { a: message({ "x?": text }), b: message({ "y?": text }) } }),
    );
    expect(warnings.map(({ message }) => message).join()).toContain(
      "cannot always be told apart on arrival; they reach the application together, as aOrB; where a message has what only one of them names, it goes to its own door",
    );
  });
});

describe("a discriminator", () => {
  test("labels: nobody need give what the type's name says", async () => {
    const Pet = { type: "object", discriminator: "petType", required: ["petType"], properties: { petType: text } };
    const schemas = { Pet, Cat: heir({ properties: { lives: text } }) };
    const contract = await contractOf(documentOf({ cat: ofType("Cat") }, schemas));
    expect(contract.connections[0]?.toServer.actions[0]?.labels).toEqual([{ key: "petType", value: "Cat" }]);
  });
});

describe("an heir of an heir of what has a discriminator", () => {
  const Pet = { type: "object", required: ["t"], properties: { t: text } };
  const Cat = { allOf: [{ $ref: "#/components/schemas/Pet" }] };
  const Lion = {
    allOf: [{ $ref: "#/components/schemas/Cat" }, { type: "object", properties: { m: { type: "integer" } } }],
  };
  const mapping = { cat: "#/components/schemas/Cat", lion: "#/components/schemas/Lion" };

  test.each([
    ["as AsyncAPI writes it", "t", "Cat", "Lion"],
    ["as OpenAPI writes it", { propertyName: "t", mapping }, "cat", "lion"],
  ])("goes by its own name, not by that of the one between: %s", async (_, discriminator, cat, lion) => {
    const schemas = { Pet: { ...Pet, discriminator }, Cat, Lion };
    const contract = await contractOf(documentOf({ cat: ofType("Cat"), lion: ofType("Lion") }, schemas));
    const labels = contract.connections[0]?.toServer.actions.map((action) => action.labels[0]?.value);
    expect(labels).toEqual([cat, lion]);
    const frames = [{ t: lion, m: 1 }, { t: cat }, { t: "Pet" }];
    expect(await arrivals(contract, "toServer", frames)).toEqual(["lion", "cat", undefined]);
  });

  test("goes by the constant that it names itself", async () => {
    const own = { allOf: [{ $ref: "#/components/schemas/Cat" }, { properties: { t: is("king") } }] };
    const schemas = { Pet: { ...Pet, discriminator: "t" }, Cat, Lion: own };
    const contract = await contractOf(documentOf({ cat: ofType("Cat"), lion: ofType("Lion") }, schemas));
    expect(await arrivals(contract, "toServer", [{ t: "king" }, { t: "Lion" }])).toEqual(["lion", undefined]);
  });
});

/** What a test changes in a document. */
interface Listing {
  readonly channels: { readonly main: { messages: Record<string, unknown> } };
  readonly operations: { readonly hear: { messages: unknown } };
}

function documentOf(receive: Messages, schemas: object = {}): string {
  const document = JSON.parse(asyncapi3({ receive })) as { components: object };
  return JSON.stringify({ ...document, components: { ...document.components, schemas } });
}
