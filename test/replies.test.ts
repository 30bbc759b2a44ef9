import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../generator/config/read.js";
import { type ContractOptions, InputError, type Problem, type ReplyOption, readContract } from "../generator/index.js";
import { asyncapi3, folder, message, readOf } from "./support/documents.js";

const text = { type: "string" };
const integer = { type: "integer" };
const tag = (name: string) => ({ t: { const: name } });
const at = (location: string) => ({ correlationId: { location } });

/** A question and its answer, as `reply` of AsyncAPI 3 says. */
const asked = (ask: object, answer: object): string =>
  asyncapi3({ receive: { ask }, send: { answer } }).replace(
    '"action": "receive",',
    '"action": "receive", "reply": { "channel": { "$ref": "#/channels/main" }, "messages": [{ "$ref": "#/channels/main/messages/answer" }] },',
  );

async function replyOf(document: string, options: ContractOptions = {}) {
  const { contract, warnings } = await readOf(document, options);
  const [action] = contract.connections[0]?.toServer.actions ?? [];
  return { reply: action?.reply, warnings };
}

async function errorsOf(document: string, replies: Readonly<Record<string, ReplyOption>>): Promise<readonly Problem[]> {
  const error = await readOf(document, { replies }).catch((error: unknown) => error);
  if (!(error instanceof InputError)) throw new Error("it was read");
  return error.problems;
}

// https://www.asyncapi.com/docs/reference/specification/v3.0.0#correlationIdObject
describe("a correlation id", () => {
  const field = (request: string[], reply = request, id = "integer") => ({
    by: "field",
    request,
    reply,
    id,
    actions: ["answer"],
    types: ["Answer"],
  });
  const ask = (more: object, ids: object = {}) => ({ ...message({ ...tag("ask"), ...more }), ...ids });
  const answer = (more: object, ids: object = {}) => ({ ...message({ ...tag("answer"), ...more }), ...ids });
  const payload = at("$message.payload#/id");
  const nested = { data: { type: "object", properties: { "a/b": text } } };
  const either = { anyOf: [{ type: "object", properties: { id: text } }, { allOf: [{ properties: { id: text } }] }] };

  test.each([
    ["of both", ask({ id: integer }, payload), answer({ "id?": integer }, payload), field(["id"])],
    ["of the reply alone", ask({ id: integer }), answer({ id: integer }, payload), field(["id"])],
    ["of the request alone", ask({ id: integer }, payload), answer({ id: integer }), field(["id"])],
    [
      "in different places",
      ask(nested, at("$message.payload#/data/a~1b")),
      answer({ re: text }, at("$message.payload#/re")),
      field(["data", "a/b"], ["re"], "string"),
    ],
    ["that only branches declare", ask({ id: text }), { payload: either, ...payload }, field(["id"], ["id"], "string")],
    [
      "that is a UUID",
      ask({ id: text }),
      answer({ id: { ...text, format: "uuid" } }, payload),
      field(["id"], ["id"], "uuid"),
    ],
    [
      "that may be text or a number",
      ask({ id: { type: ["string", "integer", "null"] } }),
      answer({ id: {} }, payload),
      field(["id"], ["id"], "string"),
    ],
    [
      "that is a UUID by its pattern",
      ask({ id: { ...text, pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$" } }),
      answer({ id: text }, payload),
      field(["id"], ["id"], "uuid"),
    ],
    [
      "that is a number where it can be no text of ours",
      ask({ id: { type: ["string", "integer"], maxLength: 6 } }),
      answer({ id: {} }, payload),
      field(["id"], ["id"], "integer"),
    ],
    [
      "whose limits any id of ours keeps",
      ask({ id: { ...text, pattern: "^[a-z0-9]+$", maxLength: 36 } }),
      answer({ id: { ...text, format: "password" } }, payload),
      field(["id"], ["id"], "string"),
    ],
    [
      "that is a number within limits",
      ask({ id: { ...integer, minimum: 1, maximum: 2147483647, format: "int32" } }),
      answer({ id: { type: "number" } }, payload),
      field(["id"]),
    ],
    ["of a trait", ask({ id: integer }), { ...answer({ id: integer }), traits: [payload] }, field(["id"])],
    [
      "in the headers, which payloads declare",
      ask({ id: integer }),
      answer({ id: integer }, at("$message.header#/id")),
      field(["id"]),
    ],
  ])("%s tells whose the reply is", async (_, question, reply, wanted) => {
    const read = await replyOf(asked(question, reply));
    expect(read.reply).toMatchObject(wanted);
    expect(read.warnings.filter(({ rule }) => rule !== "look-alike" && rule !== "implied-type")).toEqual([]);
  });

  test.each([
    [
      "in headers",
      ask({}),
      answer({}, at("$message.header#/id")),
      "frames of a WebSocket have no headers, and the payload of ask declares no /id",
    ],
    ["that the request lacks", ask({}), answer({ id: text }, payload), "the payload of ask declares no /id"],
    ["that the reply lacks", ask({ id: text }, payload), answer({}), "the payload of answer declares no /id"],
    [
      "of two types",
      ask({ id: text }),
      answer({ id: integer }, payload),
      "/id in the payload of answer has another type than in the request",
    ],
    [
      "that is an object",
      ask({ id: { type: "object" } }),
      answer({ id: text }, payload),
      "/id in the payload of ask can be no id",
    ],
    [
      "that is fixed",
      ask({ id: { const: "x" } }),
      answer({ id: text }, payload),
      "/id in the payload of ask can be no id",
    ],
    ...(
      [
        ["a pattern", { ...text, pattern: "^req_" }],
        ["a length", { ...text, maxLength: 8 }],
        ["a format", { ...text, format: "date-time" }],
        ["a minimum", { ...integer, minimum: 1000 }],
        ["a maximum", { ...integer, maximum: 255 }],
        ["a multiple", { ...integer, multipleOf: 10 }],
        [
          "choices of limits",
          {
            oneOf: [
              { ...text, maxLength: 3 },
              { ...integer, exclusiveMaximum: 0 },
            ],
          },
        ],
      ] as const
    ).map(([limit, id]): [string, object, object, string] => [
      `that no id of ours has: ${limit}`,
      ask({ id }),
      answer({ id: {} }, payload),
      "/id in the payload of ask takes no id that a client makes",
    ]),
    [
      "that no id of ours has in the reply",
      ask({ id: text }),
      answer({ id: { allOf: [{ ...text, maxLength: 2 }] } }, payload),
      "/id in the payload of answer takes no id that a client makes",
    ],
    ["that is no expression", ask({ id: text }), answer({ id: text }, at("id")), '"id" is no place in a message'],
  ])("%s is a warning with its place, and replies come in order", async (_, question, reply, words) => {
    const { reply: read, warnings } = await replyOf(asked(question, reply));
    expect(read).toMatchObject({ by: "order", actions: ["answer"] });
    const told = warnings.filter(({ rule }) => rule !== "reply-order");
    expect(told).toMatchObject([{ rule: "correlation-id", message: expect.stringContaining(words) }]);
    expect(told[0]?.place?.path.at(-1)).toBe("location");
  });

  test("tells an answer from messages that look like it, so that the request has its own type", async () => {
    const alike = { ...message({ id: text, x: text }), ...payload };
    const document = asyncapi3({ receive: { ask: ask({ id: text }) }, send: { answer: alike, push: alike } }).replace(
      '"action": "receive",',
      '"action": "receive", "reply": { "channel": { "$ref": "#/channels/main" }, "messages": [{ "$ref": "#/channels/main/messages/answer" }] },',
    );
    const own = { actions: ["answer"], doors: ["answerOrPush"], types: ["Answer"] };
    expect((await replyOf(document)).reply).toMatchObject(own);
  });

  test("whose member is all there is to give makes a request that nothing is given to", async () => {
    expect((await replyOf(asked(ask({ "id?": integer }), answer({ id: integer }, payload)))).reply).toHaveProperty(
      "bare",
      true,
    );
    expect(
      (await replyOf(asked(ask({ id: integer, x: text }), answer({ id: integer }, payload)))).reply,
    ).not.toHaveProperty("bare");
  });
});

describe("x-response of a message", () => {
  const document = (type: string) => `
asyncapi: 2.6.0
info: { title: T, version: "1" }
channels:
  /:
    publish: { message: { $ref: "#/components/messages/ask" } }
    subscribe: { message: { $ref: "#/components/messages/answer" } }
components:
  messages:
    ask:
      correlationId: { location: "$message.payload#/id" }
      payload: { type: object, required: [t, id], properties: { t: { const: ask }, id: { type: string } } }
      x-response: { $ref: "#/components/messages/answer" }
      ${type}
    answer: { payload: { type: object, required: [t], properties: { t: { const: answer }, id: { type: string } } } }`;

  test("names its reply, in AsyncAPI 2 as well", async () => {
    expect((await replyOf(document(""))).reply).toMatchObject({ by: "field", request: ["id"], actions: ["answer"] });
    expect((await replyOf(document("x-response-type: simple-rpc"))).reply).toBeDefined();
  });

  test("that is the first of many is no reply", async () => {
    expect((await replyOf(document("x-response-type: server-streaming"))).reply).toBeUndefined();
  });
});

describe("payloads that look as if they carried an id", () => {
  /** Requests and the replies to them, by names in order. */
  const pairs = (...all: readonly (readonly [asked: object, answer: object])[]): string => {
    const messages = Object.fromEntries(
      all.flatMap(([asked, answer], index) => [
        [
          `ask${index}`,
          {
            ...message({ ...tag(`ask${index}`), ...asked }),
            "x-response": { $ref: `#/components/messages/answer${index}` },
          },
        ],
        [`answer${index}`, message({ ...tag(`answer${index}`), ...answer })],
      ]),
    );
    const said = (name: string) => ({
      message: { oneOf: all.map((_, index) => ({ $ref: `#/components/messages/${name}${index}` })) },
    });
    const info = { title: "T", version: "1" };
    return JSON.stringify({
      asyncapi: "2.6.0",
      info,
      channels: { "/": { publish: said("ask"), subscribe: said("answer") } },
      components: { messages },
    });
  };
  const ordersIn = async (document: string, replies: ContractOptions["replies"] = {}) => {
    const { contract, warnings } = await readOf(document, { replies });
    return {
      by: contract.connections[0]?.toServer.actions.map(({ reply }) => reply?.by),
      warnings: warnings.filter(({ rule }) => rule === "reply-order"),
      contract,
    };
  };
  const hint = (line: string) => `To match by it, configure "replies": ${line}`;

  test.each([
    ["of one name", { requestId: text }, { requestId: text }, '{"*":{"by":"/requestId"}}'],
    [
      "of one name, before a thing's own",
      { id: text, nonce: text },
      { id: text, nonce: text },
      '{"*":{"by":"/nonce"}}',
    ],
    ["a bare id", { "id?": text }, { "id?": text }, '{"*":{"by":"/id"}}'],
    [
      "an id that the reply calls the request's",
      { id: integer },
      { id: integer, req_id: integer },
      '{"*":{"by":{"request":"/id","reply":"/req_id"}}}',
    ],
  ])("%s are told with the line that matches by it, which does", async (_, asked, answer, line) => {
    const { by, warnings } = await ordersIn(pairs([asked, answer]));
    expect(by).toEqual(["order"]);
    expect(warnings).toMatchObject([{ hint: hint(line) }]);
    const configured = await ordersIn(pairs([asked, answer]), JSON.parse(line) as ContractOptions["replies"]);
    expect([configured.by, configured.warnings]).toEqual([["field"], []]);
  });

  test.each([
    ["no such member", { x: text }, { x: text }],
    ["one in the request alone", { id: text }, { x: text }],
    ["one in the reply alone", { x: text }, { req_id: text }],
    ["one of another type", { id: integer }, { id: text }],
    ["one that is fixed", { id: text }, { id: { const: "x" } }],
  ])("are not those with %s", async (_, asked, answer) => {
    expect((await ordersIn(pairs([asked, answer]))).warnings).toEqual([]);
  });

  test("are told once for a connection, with how many more there are", async () => {
    const one = [{ id: text }, { req_id: text }] as const;
    const { warnings } = await ordersIn(pairs([{}, {}], one, [{ seq: text }, { seq: text }], one, one));
    expect(warnings).toHaveLength(1);
    expect(warnings[0]?.message).toMatch(
      /^replies to ask1 are matched in the order of asking, as are those to 2 more,/,
    );
    expect(warnings[0]?.place?.path).toEqual(["components", "messages", "ask1"]);
  });

  test("are told with an entry of its own, where all others are matched by another", async () => {
    const { warnings } = await ordersIn(pairs([{ id: text }, { req_id: text }], [{ seq: text }, { seq: text }]), {
      "*": { by: "seq" },
    });
    expect(warnings).toMatchObject([
      { hint: hint('{"ask0":{"actions":["answer0"],"by":{"request":"/id","reply":"/req_id"}}}') },
    ]);
  });

  test("are not told of who says in the configuration that replies come in order", async () => {
    const document = pairs([{ id: text }, { req_id: text }]);
    const { by, warnings } = await ordersIn(document, { ask0: { actions: ["answer0"] } });
    expect([by, warnings]).toEqual([["order"], []]);
  });

  describe("and are matched by what the configuration says of all", () => {
    const both = { "*": { by: { request: "/id", reply: "/req_id" } } };
    const ids = [{ id: text }, { req_id: text }] as const;

    test("where they have the places; others come in order, silently", async () => {
      const { contract, warnings } = await readOf(pairs(ids, [{}, { req_id: text }], ids), { replies: both });
      const replies = contract.connections[0]?.toServer.actions.map(({ reply }) => reply);
      const field = { by: "field", request: ["id"], reply: ["req_id"] };
      expect(replies).toMatchObject([field, { by: "order" }, field]);
      expect(warnings).toEqual([]);
    });

    test("unless they have an entry of their own", async () => {
      const { by } = await ordersIn(pairs(ids, ids), { ...both, ask1: { actions: ["answer1"] } });
      expect(by).toEqual(["field", "order"]);
    });

    test("with a warning for an id that can be none", async () => {
      const { contract, warnings } = await readOf(pairs(ids, [{ id: { const: "x" } }, { req_id: text }]), {
        replies: both,
      });
      expect(contract.connections[0]?.toServer.actions.map(({ reply }) => reply?.by)).toEqual(["field", "order"]);
      expect(warnings).toMatchObject([{ rule: "replies", message: expect.stringContaining("can be no id") }]);
    });

    test("or it is an error, where nothing has them", async () => {
      const problems = await errorsOf(pairs(ids), { "*": { by: { request: "/idd", reply: "/req_id" } } });
      expect(problems.filter(({ severity }) => severity === "error")).toMatchObject([
        { rule: "replies", message: expect.stringContaining("declares no /idd"), hint: 'did you mean "id"?' },
      ]);
    });
  });
});

describe("replies in the configuration", () => {
  const document = asyncapi3({
    receive: { "get-time": message({ ...tag("ask"), id: integer }), other: message(tag("other")) },
    send: {
      time: message({ ...tag("time"), "re?": integer, "id?": integer }),
      no: message({ ...tag("no"), id: integer }),
      short: message({ ...tag("short"), no: { ...integer, maximum: 99 } }),
    },
  });

  test.each([
    ["in order", { actions: ["time"] }, { by: "order", actions: ["time"] }],
    [
      "by a member",
      { actions: ["time", "no"], by: "id" },
      { by: "field", request: ["id"], reply: ["id"], actions: ["time", "no"] },
    ],
    ["by a pointer", { actions: ["time"], by: "/id" }, { by: "field", request: ["id"], reply: ["id"] }],
    [
      "by two places",
      { actions: ["time"], by: { request: "id", reply: "/re" } },
      { by: "field", request: ["id"], reply: ["re"] },
    ],
  ])("pair what the document does not: %s", async (_, option, wanted) => {
    expect((await replyOf(document, { replies: { "get-time": option } })).reply).toMatchObject(wanted);
    expect((await replyOf(document, { replies: { getTime: option } })).reply).toMatchObject(wanted);
  });

  test("win over the document", async () => {
    const said = asked(message({ ...tag("ask"), id: text }), message({ ...tag("answer"), id: text }));
    expect((await replyOf(said)).reply).toMatchObject({ by: "order" });
    expect((await replyOf(said, { replies: { ask: { actions: ["answer"], by: "id" } } })).reply).toMatchObject({
      by: "field",
    });
  });

  test.each([
    [
      "an action there is not",
      { getTimes: { actions: ["time"] } },
      'nothing to the server is called "getTimes"',
      "getTime",
    ],
    ["an answer there is not", { getTime: { actions: ["tim"] } }, 'nothing to the client is called "tim"', "time"],
    [
      "an answer of the wrong direction",
      { getTime: { actions: ["other"] } },
      'nothing to the client is called "other"',
      undefined,
    ],
    [
      "a place that the request lacks",
      { getTime: { actions: ["time"], by: "idd" } },
      "the payload of get-time declares no /idd",
      "id",
    ],
    [
      "a place that takes no id of ours",
      { getTime: { actions: ["short"], by: { request: "id", reply: "no" } } },
      "/no in the payload of short takes no id that a client makes, like 1",
      undefined,
    ],
    [
      "a place that a reply lacks",
      { getTime: { actions: ["time", "no"], by: { request: "id", reply: "re" } } },
      "the payload of no declares no /re",
      undefined,
    ],
  ])("that name %s are an error that says so", async (_, replies, words, near) => {
    const [problem, ...others] = await errorsOf(document, replies as Readonly<Record<string, ReplyOption>>);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ rule: "replies", severity: "error", message: expect.stringContaining(words) });
    expect(problem?.hint).toBe(near === undefined ? undefined : `did you mean "${near}"?`);
  });

  test("that name no answers are an error", async () => {
    expect(await errorsOf(document, { getTime: { by: "id" } })).toMatchObject([
      { rule: "replies", message: "no actions that answer getTime are named" },
    ]);
  });

  test("whose `by` is misspelt are one error, which says what is meant", async () => {
    const here = folder({
      "actionwire.json":
        '{ "replies": { "getTime": { "actions": ["time"], "by": { "request": "/id", "replay": "/id" } } } }',
      "every.json": '{ "replies": { "*": { "by": { "request": "/id" } } } }',
    });
    const problems = async (name: string) =>
      ((await readConfig(join(here, name)).catch((error: unknown) => error)) as InputError).problems; // as is expected
    expect(await problems("actionwire.json")).toMatchObject([{ rule: "unknown-key", hint: 'did you mean "reply"?' }]);
    expect(await problems("every.json")).toMatchObject([{ rule: "missing-key", message: '"by" lacks "reply"' }]);
  });

  test("whose answer is said on another connection are an error", async () => {
    const two = `
asyncapi: 2.6.0
info: { title: T, version: "1" }
channels:
  /a: { publish: { message: { name: ask, payload: {} } } }
  /b: { subscribe: { message: { name: answer, payload: {} } } }`;
    expect(await errorsOf(two, { ask: { actions: ["answer"] } })).toMatchObject([
      { rule: "replies", message: "what answers ask is not said on its connection" },
    ]);
  });

  test("are read from the file, and what is wrong with them is shown in it", async () => {
    const config = '{ "replies": { "getTime": {\n  "actions": ["time"],\n  "by": "idd"\n} } }';
    const here = folder({ "api.yaml": document, "actionwire.json": config });
    const { config: options, written } = await readConfig(join(here, "actionwire.json"));
    const error = await readContract(join(here, "api.yaml"), { ...options, written }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InputError);
    const { place } = (error as InputError).problems[0] ?? {};
    expect([place?.file.path, place?.file.position(place.path).line]).toEqual(["actionwire.json", 3]);
  });
});
