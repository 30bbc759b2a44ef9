/**
 * What people are told of a value that does not fit: where, what was expected, what was found; and of a union, the branch
 * that was meant.
 */
import { Ajv2019 } from "ajv/dist/2019.js";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import type { Validate, ValidateError } from "../runtime/api.js";
import { problemsOf, sayProblems } from "../runtime/validation.js";

type Schema = boolean | { readonly [keyword: string]: unknown };

const TEXT = { type: "string" };
const NUMBER = { type: "number" };
const CARD = { number: TEXT, currency: { enum: ["EUR", "USD"] } };
const SEPA = { iban: { type: "string", pattern: "^[A-Z]{2}" } };

/** Types that refer to each other, each with a validator of its own. */
const TYPES: Readonly<Record<string, Schema>> = {
  Order: {
    type: "object",
    properties: {
      orderId: { type: "string", minLength: 3 },
      items: { type: "array", items: { $ref: "Item" }, minItems: 1 },
      payment: { $ref: "Payment" },
      shape: { $ref: "Shape" },
    },
    required: ["orderId"],
  },
  Item: { type: "object", properties: { price: { type: "number", minimum: 0 }, sku: { format: "uuid" } } },
  // What tells branches apart is looked at before anything else in these ...
  Payment: { oneOf: [{ $ref: "Card" }, { $ref: "Sepa" }] },
  Card: { ...closed({ kind: { const: "card" }, ...CARD }, ["kind", "number"]), allOf: [tag("card")] },
  Sepa: { ...closed({ kind: { const: "sepa" }, ...SEPA }, ["kind", "iban"]), allOf: [tag("sepa")] },
  Shape: { anyOf: [{ type: "null" }, { $ref: "Round" }, { $ref: "Payment" }] },
  Round: { type: "object", required: ["kind", "r"], properties: { kind: { enum: ["circle", "ball"] }, r: NUMBER } },
  // ... and where ajv looks in these.
  LatePayment: { oneOf: [{ $ref: "LateCard" }, { $ref: "LateSepa" }] },
  LateCard: closed({ kind: { const: "card" }, ...CARD }, ["kind", "number"]),
  LateSepa: closed({ kind: { const: "sepa" }, ...SEPA }, ["kind", "iban"]),
  Tree: { anyOf: [TEXT, { type: "array", items: { $ref: "Tree" } }] },
  Name: { pattern: "^[a-z]+$" },
};

function closed(properties: Readonly<Record<string, Schema>>, required: readonly string[]): { [k: string]: unknown } {
  return { type: "object", properties, required, additionalProperties: false };
}

function tag(kind: string): Schema {
  return { required: ["kind"], properties: { kind: { const: kind } } };
}

function compiled(schema: Schema, allErrors = false): Validate {
  const ajv = new Ajv2019({ allErrors, strict: false, inlineRefs: false, ownProperties: true, logger: false });
  addFormats.default(ajv);
  ajv.addKeyword({ keyword: "bigint", error: { message: "must be a 64-bit integer" }, validate: isInt64 });
  for (const [$id, type] of Object.entries(TYPES)) ajv.addSchema({ ...(type as object), $id });
  return ajv.compile(schema) as Validate; // ajv's own type also allows asynchronous ones
}

function isInt64(_: unknown, value: unknown): boolean {
  return typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}

function say(schema: Schema, value: unknown, allErrors = false): string {
  return sayProblems(problemsOf(compiled(schema, allErrors), value));
}

/** A validator that failed with these errors, as generated code might. */
function failed(errors: readonly ValidateError[]): Validate {
  return Object.assign(() => false, { errors });
}

function error(instancePath: string, schemaPath: string, params: object = {}): ValidateError {
  const keyword = schemaPath.split("/").at(-1) ?? "";
  return { instancePath, schemaPath, keyword, params: { ...params } };
}

const members = (properties: Readonly<Record<string, Schema>>): { [keyword: string]: unknown } => ({ properties });
const order = (rest: object): object => ({ orderId: "abc", ...rest });
const ORDER = { $ref: "Order" };

describe("one error says where, what was expected, and what was found", () => {
  test.each<[Schema, unknown, string]>([
    [ORDER, {}, 'must have the member "orderId"'],
    [ORDER, { orderId: 7 }, "/orderId: must be a string, but is 7 (a number)"],
    [ORDER, { orderId: "a" }, '/orderId: must have at least 3 characters, but is "a"'],
    [ORDER, order({ items: [] }), "/items: must have at least 1 item, but is a list of 0"],
    [
      ORDER,
      order({ items: [{}, {}, {}, { price: "12.5" }] }),
      '/items/3/price: must be a number, but is "12.5" (a string)',
    ],
    [ORDER, order({ items: [{ price: -1 }] }), "/items/0/price: must be at least 0, but is -1"],
    [ORDER, order({ items: [{ sku: "no" }] }), '/items/0/sku: must match the format uuid, but is "no"'],
    [{ type: ["string", "null"] }, [1, 2, 3], "must be a string or null, but is a list of 3"],
    [{ type: ["array", "object", "boolean"] }, null, "must be a list, an object or a boolean, but is null"],
    [{ type: "integer" }, 1.5, "must be an integer, but is 1.5 (a number)"],
    [TEXT, true, "must be a string, but is true (a boolean)"],
    [TEXT, { a: 1 }, "must be a string, but is an object"],
    [TEXT, Number.NaN, "must be a string, but is NaN (a number)"],
    [{ const: "on" }, "off", 'must be "on", but is "off"'],
    [{ const: { a: 1 } }, 5, "must be a certain object, but is 5"],
    [{ enum: ["a", 1, null, [1]] }, "b", 'must be "a", 1, null or a certain list, but is "b"'],
    [{ enum: "abcdefghij".split("") }, "x", 'must be one of "a", "b", "c", "d", "e", "f", "g", "h", …, but is "x"'],
    [{ pattern: "^\\d+$" }, "x\ny", 'must match the pattern ^\\d+$, but is "x\\ny"'],
    [{ pattern: "a".repeat(50) }, "b", `must match the pattern ${"a".repeat(40)}…, but is "b"`],
    [{ maximum: 3 }, 4, "must be at most 3, but is 4"],
    [{ exclusiveMinimum: 3 }, 3, "must be more than 3, but is 3"],
    [{ exclusiveMaximum: 3 }, 3, "must be less than 3, but is 3"],
    [{ multipleOf: 2 }, 3, "must be multiple of 2, but is 3"],
    [{ maxLength: 1 }, "ab", 'must have at most 1 character, but is "ab"'],
    [{ maxItems: 1 }, [1, 2], "must have at most 1 item, but is a list of 2"],
    [{ minProperties: 2 }, { a: 1 }, "must have at least 2 members, but is an object"],
    [{ items: [TEXT, NUMBER], additionalItems: false }, ["a", "b"], '/1: must be a number, but is "b" (a string)'],
    [{ items: [TEXT, NUMBER], additionalItems: false }, ["a", 1, 2], "must have at most 2 items, but is a list of 3"],
    [{ items: [{}], unevaluatedItems: false }, [1, 2], "must have at most 1 item, but is a list of 2"],
    [{ uniqueItems: true }, [1, 2, 1], "must have no equal items, but items 0 and 2 are equal"],
    [{ contains: { const: 1 } }, [2, 3], "must contain at least 1 valid item(s), but is a list of 2"],
    [closed({ a: TEXT }, []), { extra: 1 }, "/extra: is a member nobody expects"],
    [closed({}, []), { "a/b~": 1 }, "/a~1b~0: is a member nobody expects"],
    [{ ...members({ a: {} }), unevaluatedProperties: false }, { b: 1 }, "/b: is a member nobody expects"],
    [{ propertyNames: { pattern: "^[a-z]+$" } }, { X: 1 }, "/X: its name must match the pattern ^[a-z]+$"],
    [{ propertyNames: { $ref: "Name" } }, { X: 1 }, "/X: its name must match the pattern ^[a-z]+$"],
    [{ not: TEXT }, "s", 'must be something else, but is "s"'],
    [{ if: { required: ["a"] }, then: { required: ["b"] } }, { a: 1 }, 'must have the member "b"'],
    [{ dependentRequired: { a: ["b"] } }, { a: 1 }, 'must have the member "b", as it has "a"'],
    [members({ a: false }), { a: 1 }, "/a: must be absent, but is 1"],
    [false, 1, "must be absent, but is 1"],
    [members({ n: { bigint: true } }), { n: "1" }, '/n: must be a 64-bit integer, but is "1" (a string)'],
    [
      members({ n: { format: "int64", type: "number" } }),
      { n: 2 ** 60 + 0.5 },
      '/n: must match the format int64; a number holds integers up to 2^53 exactly, for larger ones generate with int64: "bigint", but is 1152921504606847000',
    ],
  ])("%j: %j", (schema, value, text) => {
    const int64 = JSON.stringify(schema).includes("int64");
    const format = error("/n", "#/properties/n/format", { format: "int64" });
    const validate = int64 ? failed([format]) : compiled(schema); // ajv-formats has another idea of int64
    expect(sayProblems(problemsOf(validate, value))).toBe(text);
  });

  test.each<[unknown, string]>([
    [12n, "12n (an integer)"],
    [2n ** 64n, "18446744073709551616n (an integer)"],
    [10n ** 5000n, "an integer"],
    [new Date(0), "a Date"],
    [new Uint8Array(5), "5 bytes"],
    [() => 1, "a function"],
    [Symbol("s"), "a symbol"],
    [new Map(), "an object"],
    [Object.create(null), "an object"],
    ["x".repeat(1e6), `"${"x".repeat(40)}…" (a string)`],
    [`${"x".repeat(39)}\u{1f600}`, `"${"x".repeat(39)}…" (a string)`],
  ])("values that JSON has no word for, or too many", (value, found) => {
    const validate = failed([error("/a", "#/properties/a/type", { type: "null" })]);
    expect(problemsOf(validate, { a: value })).toEqual([
      { path: "/a", message: `must be null, but is ${found}`, expected: "null", found },
    ]);
  });

  test("in parts", () => {
    expect(problemsOf(compiled(ORDER), {})).toEqual([
      { path: "", message: 'must have the member "orderId"', expected: 'the member "orderId"' },
    ]);
    expect(problemsOf(compiled(ORDER), order({ items: [] }))).toEqual([
      {
        path: "/items",
        message: "must have at least 1 item, but is a list of 0",
        expected: "at least 1 item",
        found: "a list of 0",
      },
    ]);
    expect(problemsOf(compiled(closed({}, [])), { a: "x" })).toEqual([
      { path: "/a", message: "is a member nobody expects", expected: "absent" },
    ]);
  });

  test("errors in words of the validator's own, or without any", () => {
    const own = { instancePath: "", keyword: "mine", params: {} };
    const told = (errors: readonly ValidateError[]) => sayProblems(problemsOf(failed(errors), 1));
    expect(told([{ ...own, message: "must be mine" }])).toBe("must be mine, but is 1");
    expect(told([{ ...own, message: "is another's" }])).toBe("is another's");
    expect(told([own])).toBe("must fit mine, but is 1");
    expect(told([{ ...own, keyword: "type", message: "must be string" }])).toBe("must be string, but is 1 (a number)");
    expect(told([error("", "#/anyOf")])).toBe("must fit one of its alternatives, but is 1");
    expect(told([error("", "#/uniqueItems")])).toBe("must have no equal items, but is 1");
    expect(told([])).toBe("does not fit its schema");
    expect(
      problemsOf(
        Object.assign(() => false, { errors: null }),
        1,
      ),
    ).toEqual([{ path: "", message: "does not fit its schema" }]);
  });
});

describe("a secret's value is not told", () => {
  test.each([
    "password",
    "userPassword",
    "accessToken",
    "client_secret",
    "Authorization",
    "api_key",
    "apiKey",
    "X-API-Key",
  ])("%s", (name) => {
    expect(say(members({ [name]: NUMBER }), { [name]: "hunter2" })).toBe(`/${name}: must be a number, but is a string`);
    expect(say(members({ [name]: { items: { maxLength: 1 } } }), { [name]: ["hunter2"] })).toBe(
      `/${name}/0: must have at most 1 character, but is a string`,
    );
  });

  test("an author is none", () => {
    expect(say(members({ author: NUMBER }), { author: "me" })).toContain('"me"');
  });
});

describe("of a union only the branch that was meant is told", () => {
  const paid = (payment: unknown): object => order({ payment });
  const drawn = (shape: unknown): object => order({ shape });

  test.each<[unknown, string]>([
    [paid({ kind: "crad", number: "1" }), '/payment/kind: must be "card" or "sepa", but is "crad"'],
    [paid({}), '/payment: must have the member "kind"'],
    [paid({ kind: "card" }), '/payment: must have the member "number"'],
    [paid({ kind: "card", number: 1 }), "/payment/number: must be a string, but is 1 (a number)"],
    [paid({ kind: "card", number: "1", currency: "XXX" }), '/payment/currency: must be "EUR" or "USD", but is "XXX"'],
    [paid({ kind: "sepa", iban: "de" }), '/payment/iban: must match the pattern ^[A-Z]{2}, but is "de"'],
    [paid({ kind: "sepa", iban: "DE", bic: 1 }), "/payment/bic: is a member nobody expects"],
    [paid("card"), '/payment: must be an object, but is "card" (a string)'],
    [drawn({ kind: "ball", r: "1" }), '/shape/r: must be a number, but is "1" (a string)'],
    [drawn({ kind: "sepa", iban: 1 }), "/shape/iban: must be a string, but is 1 (a number)"],
    [drawn(5), "/shape: must be null or an object, but is 5 (a number)"],
  ])("behind references: %j", (value, text) => {
    expect(say(ORDER, value)).toBe(text);
  });

  const late = { $ref: "LatePayment" };
  const inline = {
    anyOf: [closed({ k: { const: "a" }, x: TEXT }, ["k"]), closed({ k: { const: "b" }, y: TEXT }, ["k"])],
  };
  const untagged = { anyOf: [closed({ text: TEXT }, ["text"]), closed({ image: TEXT }, ["image"])] };

  test.each<[Schema, unknown, string]>([
    [late, { kind: "sepa", iban: 5 }, "/iban: must be a string, but is 5 (a number)"],
    [
      late,
      { kind: "sepa" },
      'matches none of 2 alternatives: must have the member "number", or must have the member "iban"',
    ],
    [inline, { k: "c" }, '/k: must be "a" or "b", but is "c"'],
    [inline, { k: "b", y: 1 }, "/y: must be a string, but is 1 (a number)"],
    [untagged, { image: 5 }, "/image: must be a string, but is 5 (a number)"],
    [untagged, {}, 'matches none of 2 alternatives: must have the member "text", or must have the member "image"'],
    [{ anyOf: [{ const: "auto" }, NUMBER] }, "aut", 'must be "auto" or a number, but is "aut" (a string)'],
    [{ anyOf: [TEXT, false] }, 1, "must be a string, but is 1 (a number)"],
    [
      { anyOf: [{ type: "null" }, { type: "string", maxLength: 1 }] },
      "ab",
      'must have at most 1 character, but is "ab"',
    ],
    [
      { anyOf: [members({ a: TEXT }), members({ a: NUMBER })] },
      { a: [] },
      "/a: must be a string or a number, but is a list of 0",
    ],
    [
      { anyOf: [members({ a: TEXT }), members({ b: members({ c: NUMBER }) })] },
      { a: 1, b: { c: "x" } },
      '/b/c: must be a number, but is "x" (a string)',
    ],
    [{ anyOf: [{ if: { required: ["a"] }, then: { required: ["b"] } }, TEXT] }, { a: 1 }, 'must have the member "b"'],
    [
      { anyOf: [{ contains: { $ref: "Name" } }, TEXT] },
      ["A"],
      "must contain at least 1 valid item(s), but is a list of 1",
    ],
    [
      { propertyNames: { anyOf: [{ pattern: "^a" }, { maxLength: 1 }] } },
      { bb: 1 },
      "/bb: its name matches none of 2 alternatives: must match the pattern ^a, or must have at most 1 character",
    ],
    [{ oneOf: [{ minimum: 1 }, { multipleOf: 2 }, TEXT] }, 4, "fits alternatives 1 and 2, but must fit exactly one"],
    [{ oneOf: [TEXT, { minimum: 1 }, { multipleOf: 2 }] }, 4, "fits alternatives 2 and 3, but must fit exactly one"],
    [{ $ref: "Tree" }, ["a", ["b", 5]], "/1/1: must be a string or a list, but is 5 (a number)"],
    [
      { anyOf: [{ $ref: "Tree" }, { $ref: "Item" }] },
      { price: "1" },
      '/price: must be a number, but is "1" (a string)',
    ],
  ])("%j: %j", (schema, value, text) => {
    expect(say(schema, value)).toBe(text);
  });

  test("of many that ask for different things, a few are told", () => {
    const anyOf = Array.from({ length: 6 }, (_, index) => ({ required: [`m${index}`] }));
    const four = anyOf.slice(0, 4).map(({ required }) => `must have the member "${required}"`);
    expect(say({ anyOf }, {})).toBe(`matches none of 6 alternatives: ${four.join(", or ")}, or …`);
  });
});

describe("a validator that does not stop at the first error", () => {
  test("has all places told, by place, once each", () => {
    const items = [{ price: "a" }, ...Array.from({ length: 10 }, () => ({})), { price: "b" }, { sku: "c", price: -1 }];
    expect(say(ORDER, { items }, true).split("; ")).toEqual([
      'must have the member "orderId"',
      '/items/0/price: must be a number, but is "a" (a string)',
      '/items/11/price: must be a number, but is "b" (a string)',
      "/items/12/price: must be at least 0, but is -1",
      '/items/12/sku: must match the format uuid, but is "c"',
    ]);
    expect(say({ allOf: [TEXT, TEXT, { allOf: [TEXT] }] }, 1, true)).toBe("must be a string, but is 1 (a number)");
  });

  test("has at most twenty told", () => {
    expect(problemsOf(compiled({ items: TEXT }, true), Array(500).fill(1))).toHaveLength(20);
  });

  test("has all told that is wrong with the branch that was meant", () => {
    const branch = (kind: string, name: string): Schema =>
      closed({ kind: { const: kind }, [name]: NUMBER, other: TEXT }, ["kind", name]);
    const schema = { anyOf: [branch("a", "x"), branch("b", "y")] };
    expect(say(schema, { kind: "b", y: "1", other: 2, more: 3 }, true).split("; ")).toEqual([
      "/more: is a member nobody expects",
      "/other: must be a string, but is 2 (a number)",
      '/y: must be a number, but is "1" (a string)',
    ]);
    expect(say(schema, { kind: "c" }, true)).toBe('/kind: must be "a" or "b", but is "c"');
    expect(say({ propertyNames: { maxLength: 1 }, minProperties: 3 }, { ab: 1, cd: 2 }, true).split("; ")).toEqual([
      "must have at least 3 members, but is an object",
      "/ab: its name must have at most 1 character",
      "/cd: its name must have at most 1 character",
    ]);
  });

  // Behind references only generated code can say where a branch's errors end.
  test("behind references too, where the union's error counts its branches'", () => {
    const card = [
      error("/pay", "#/required", { missingProperty: "number" }),
      error("/pay/kind", "#/properties/kind/const", { allowedValue: "card" }),
    ];
    const sepa = [
      error("/pay/iban", "#/properties/iban/type", { type: "string" }),
      error("/pay", "#/required", { missingProperty: "name" }),
    ];
    const before = error("/pay", "#/minProperties", { limit: 9 });
    const union = error("/pay", "#/oneOf", { passingSchemas: null, branches: [2, 2] });
    const value = { pay: { kind: "sepa", iban: 5 } };
    const told = sayProblems(problemsOf(failed([before, ...card, ...sepa, union]), value));
    expect(told.split("; ")).toEqual([
      "/pay: must have at least 9 members, but is an object",
      '/pay: must have the member "name"',
      "/pay/iban: must be a string, but is 5 (a number)",
    ]);
    const outer = error("", "#/anyOf", { branches: [1, 0, 5] });
    const inner = [error("", "#/type", { type: "null" }), ...card, ...sepa, union];
    expect(sayProblems(problemsOf(failed([...inner, outer]), value)).split("; ")).toEqual(told.split("; ").slice(1));
    expect(union.params["branches"]).toEqual([2, 2]);
  });
});

describe("whatever a stranger sends", () => {
  test("only own members are followed", () => {
    const type = { type: "null" };
    for (const path of ["/constructor/name", "/__proto__/x", "/toString", "/a/length", "//"])
      expect(problemsOf(failed([error(path, "#/type", type)]), { a: "text" })).toEqual([
        { path, message: "must be null", expected: "null" },
      ]);
    const own: unknown = JSON.parse('{"__proto__":{"x":1}}');
    expect(sayProblems(problemsOf(failed([error("/__proto__/x", "#/type", type)]), own))).toContain("but is 1");
  });

  test("long names are cut in what is told", () => {
    const [problem] = problemsOf(compiled(closed({}, [])), { ["n".repeat(1e5)]: 1 });
    expect(problem?.path).toBe(`/${"n".repeat(499)}…`);
    const names = { dependentRequired: { a: ["b".repeat(1e5)] } };
    expect(say(names, { a: 1 }).length).toBeLessThan(120);
  });

  test("neither many errors nor deep unions are too much", () => {
    const many = Array.from({ length: 300_000 }, (_, index) => error(`/${index}`, "#/items/type", { type: "null" }));
    expect(problemsOf(failed([...many, error("", "#/anyOf")]), [])).toHaveLength(1);
    expect(problemsOf(failed(many), [])).toHaveLength(20);
    const places = Array.from({ length: 3000 }, (_, depth) => "/0".repeat(depth)).reverse();
    const deep = places.flatMap((path) => [error(path, "#/anyOf/0/type", { type: "string" }), error(path, "#/anyOf")]);
    const start = performance.now();
    expect(problemsOf(failed(deep), [])).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(1000);
    // Counts that cannot be: generated code is trusted, and yet nothing breaks.
    const bad = places
      .slice(-50)
      .flatMap((path) => [error(path, "#/type"), error("", "#/oneOf", { branches: [1e9, -1] })]);
    expect(problemsOf(failed(bad), []).length).toBeGreaterThan(0);
  });
});
