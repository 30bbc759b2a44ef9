/**
 * The printed validators are modules that need nothing but our runtime, and judge as ajv does.
 */
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import type { Json, Schema, TypeDeclaration } from "../generator/contract.js";
import { validatorsText } from "../generator/validators/validators.js";
import { runPrinted } from "./support/printed.js";
import { complaints } from "./support/typecheck.js";

function declared(schemas: Readonly<Record<string, Schema>>): TypeDeclaration[] {
  return Object.entries(schemas).map(([name, schema]) => ({ name, schema, at: "a#/" }));
}

async function print(schemas: Readonly<Record<string, Schema>>, exported = Object.keys(schemas)) {
  const text = await validatorsText(declared(schemas), exported);
  return { text, validators: await runPrinted(text) };
}

const VALUES: Json[] = [
  ...[
    null,
    true,
    0,
    3,
    1.5,
    -7,
    1e300,
    "",
    "a",
    "ab",
    "abc",
    "a-b",
    "2020-01-01T00:00:00Z",
    "\u{1f600}",
    "\u{1f600}\u{1f600}x",
  ],
  ...[[], [1], ["a"], ["a", "a"], ["a", 1], [1, 2, 3], [{ a: 1 }, { a: 1 }], [[[["deep"]]]]],
  ...[{}, { a: 1 }, { a: "x" }, { a: "x", b: 2 }, { b: 2, c: null }, { a: { b: [1] } }, { kids: [{ kids: [] }] }],
  ...[{ kids: [{ kids: 5 }] }, { kind: "a", n: 1 }, { kind: "b", n: 1 }, { kind: "b", s: "x" }, { x: [] }],
  JSON.parse('{"__proto__":{"a":1}}'),
];

test.each<[string, Schema]>([
  ["types", { type: ["string", "null"] }],
  ["integers", { type: "integer", minimum: -7, exclusiveMaximum: 3 }],
  ["lengths in characters", { type: "string", minLength: 2, maxLength: 2 }],
  ["patterns", { type: "string", pattern: "^\\p{L}+$" }],
  ["patterns without u", { type: "string", pattern: "^a\\-b$" }],
  ["formats", { type: "string", format: "date-time" }],
  ["formats of numbers", { type: "number", format: "int32" }],
  ["unknown formats", { type: "string", format: "phone" }],
  ["constants", { const: { a: { b: [1] } } }],
  ["a constant called __proto__", { const: JSON.parse('{"__proto__":{"a":1}}') }],
  ["choices", { enum: ["a", 3, null, { a: 1 }, ["a"]] }],
  ["unique items", { type: "array", uniqueItems: true }],
  ["tuples", { type: "array", items: [{ type: "string" }, { type: "number" }], additionalItems: false }],
  ["contains", { type: "array", contains: { const: 1 } }],
  ["objects", { type: "object", properties: { a: { type: "string" } }, required: ["a"], additionalProperties: false }],
  ["patterns of names", { type: "object", patternProperties: { "^[ab]$": { type: "number" } } }],
  ["names", { type: "object", propertyNames: { maxLength: 1 } }],
  ["inherited members", { type: "object", properties: { toString: { type: "string" } }, required: ["toString"] }],
  ["dependencies", { type: "object", dependencies: { a: ["b"] } }],
  ["alternatives", { oneOf: [{ type: "string" }, { type: "string", minLength: 2 }, { type: "number" }] }],
  ["conditions", { type: "object", if: { required: ["a"] }, then: { required: ["b"] }, else: { minProperties: 1 } }],
  ["not", { not: { type: ["string", "object"] } }],
  ["anything", true],
  ["nothing", false],
])("%s are judged as ajv judges them", async (_, schema) => {
  const ajv = new Ajv({
    strict: false,
    ownProperties: true,
    logger: false,
    regexp: undefined,
    unicodeRegExp: false,
  } as object);
  addFormats.default(ajv);
  const peer = ajv.compile(
    JSON.stringify(schema).includes("\\\\p{") ? { pattern: "^[A-Za-z]+$", type: "string" } : schema,
  );
  const { T } = (await print({ T: schema })).validators;
  for (const value of VALUES) expect([value, T?.(value)]).toEqual([value, peer(value)]);
});

const KINDS: Readonly<Record<string, Schema>> = {
  Tree: { type: "object", properties: { kids: { type: "array", items: { $ref: "#/$defs/Tree" } } } },
  A: { type: "object", properties: { kind: { const: "a" }, n: { $ref: "#/$defs/Count" } }, required: ["kind"] },
  B: { type: "object", properties: { kind: { const: "b" }, n: { $ref: "#/$defs/Count" } }, required: ["kind", "n"] },
  Count: { type: "integer", minimum: 0, description: "words are not printed" },
  Either: { oneOf: [{ $ref: "#/$defs/A" }, { $ref: "#/$defs/B" }] },
};

test("what several types share is printed once, by name, without its words", async () => {
  const { text, validators } = await print(KINDS, ["Either", "Tree"]);
  expect(Object.keys(validators).sort()).toEqual(["Either", "Tree"]);
  expect(text.match(/^function isCount\(/gm)).toHaveLength(1);
  expect(text.match(/^function /gm)).toHaveLength(5);
  expect(text).not.toContain("words");
  expect(
    [{ kind: "a" }, { kind: "b" }, { kind: "b", n: 1 }, { kind: "a", n: -1 }].map((value) =>
      validators["Either"]?.(value),
    ),
  ).toEqual([...[true, false, true, false]]);
  expect(validators["Tree"]?.({ kids: [{ kids: [{}] }] })).toBe(true);
  expect(validators["Tree"]?.({ kids: [{ kids: [5] }] })).toBe(false);
  expect(validators["Tree"]?.errors?.[0]).toMatchObject({ instancePath: "/kids/0/kids/0", message: "must be object" });
});

test("the text is typed, deterministic, and takes nothing but our runtime", async () => {
  const schemas: Record<string, Schema> = {
    ...KINDS,
    Text: { type: "string", maxLength: 3, format: "uri" },
    Other: { type: "array", uniqueItems: true, items: {} },
  };
  const text = await validatorsText(declared(schemas), ["Text", "Other"]);
  expect(await validatorsText(declared(schemas), ["Text", "Other"])).toBe(text);
  expect(text.split("\n").slice(0, 5)).toEqual([
    "// @ts-nocheck",
    'import type { Validate } from "@actionwire/runtime";',
    'import { ucs2length, unique, uri } from "@actionwire/runtime/validators";',
    "",
    "export const Text: Validate = isText;",
  ]);
  expect(text).not.toMatch(/\brequire\b|\beval\b|new Function/);
  expect(complaints(text)).toEqual([]);
});

test("what contains finds is evaluated, and nothing else; it counts in lists shorter than a tuple, too", async () => {
  const list: Schema = { type: "array", contains: { type: "string" } };
  const { validators } = await print(
    {
      Found: { ...list, unevaluatedItems: false },
      Rest: { allOf: [{ $ref: "#/$defs/Strings" }], unevaluatedItems: { type: "number" } },
      Strings: list,
      Tuple: { ...list, prefixItems: [{ type: "number" }] },
    },
    ["Found", "Rest", "Tuple"],
  );
  const verdicts = (name: string, ...values: unknown[]) => values.map((value) => validators[name]?.(value));
  expect(verdicts("Found", ["a", "b"], ["a", 1], [1], [])).toEqual([true, false, false, false]);
  expect(verdicts("Rest", ["a", 1], ["a", true], [1])).toEqual([true, false, false]);
  expect(verdicts("Tuple", [1, "a"], [1], [])).toEqual([true, false, false]);
});

test("a choice by its tag, in a condition in a choice, refuses what has no members", async () => {
  const branch = (kind: string): Schema => ({
    type: "object",
    required: ["kind"],
    properties: { kind: { const: kind } },
  });
  const condition: Schema = {
    type: "object",
    if: { required: ["is"] },
    then: { properties: { own: { oneOf: [branch("a"), branch("b")] } } },
  };
  const { validators } = await print({ T: { anyOf: [{ type: "string" }, condition] } }, ["T"]);
  const verdicts = [null, 1, "a", {}, { kind: "a" }].map((own) => validators["T"]?.({ is: true, own }));
  expect(verdicts).toEqual([false, false, false, false, true]);
});

test("a member called __proto__ is checked like any other", async () => {
  const { validators } = await print({ T: JSON.parse('{"properties": {"__proto__": {"type": "number"}, "a": {}}}') }, [
    "T",
  ]);
  const verdicts = ['{"__proto__": 1}', '{"__proto__": "x", "a": 1}', "{}"].map((text) =>
    validators["T"]?.(JSON.parse(text)),
  );
  expect(verdicts).toEqual([true, false, true]);
});

test("contains is asked of each list in a list, of empty ones, too", async () => {
  const { validators } = await print(
    { T: { type: "array", items: { type: "array", contains: { type: "integer" } } } },
    ["T"],
  );
  expect([[[1], [2]], [[1], []], [[1], ["a"]], []].map((value) => validators["T"]?.(value))).toEqual([
    true,
    false,
    false,
    true,
  ]);
});

test("what a dependency looks at is evaluated only where it depends", async () => {
  const T: Schema = {
    type: "object",
    properties: { a: true, b: true },
    dependentSchemas: { b: { properties: { c: true } } },
    unevaluatedProperties: false,
  };
  const { validators } = await print({ T }, ["T"]);
  const verdicts = [{ a: 1 }, { b: 1, c: 1 }, { a: 1, c: 1 }, { b: 1, d: 1 }].map((value) => validators["T"]?.(value));
  expect(verdicts).toEqual([true, true, false, false]);
});

test("what contains finds is evaluated, however many references away it is said", async () => {
  const chain = (at: number): [string, Schema] => [`T${at}`, { allOf: [{ $ref: `#/$defs/T${at + 1}` }] }];
  const links = Object.fromEntries(Array.from({ length: 9 }, (_, at) => chain(at + 1)));
  const { validators } = await print(
    {
      T0: { allOf: [{ $ref: "#/$defs/T1" }], unevaluatedItems: { type: "string" } },
      ...links,
      T10: { type: "array", contains: { type: "integer" } },
    },
    ["T0"],
  );
  expect([[1, "a"], [1], [1, true]].map((value) => validators["T0"]?.(value))).toEqual([true, true, false]);
});

test("an object of thousands of members can be checked, in text that grows as they do", async () => {
  const members = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`m${at}`, { type: "string" } as Schema]));
  const closed = (count: number): Schema => ({
    type: "object",
    properties: members(count),
    additionalProperties: false,
  });
  const { text, validators } = await print({ T: closed(3_000) }, ["T"]);
  const { text: half } = await print({ T: closed(1_500) }, ["T"]);
  expect(text.length).toBeLessThan(half.length * 2.2);
  expect([{ m2999: "" }, { m2999: 1 }, { other: "" }].map((value) => validators["T"]?.(value))).toEqual([
    true,
    false,
    false,
  ]);
});

test("members that are called as constants of the code are members all the same", async () => {
  const text: Schema = { type: "string" };
  const { validators } = await print(
    {
      P: { type: "object", required: ["pattern0"], properties: { pattern0: { type: "string", pattern: "^a" } } },
      C: {
        type: "object",
        properties: { schema0: text, func0: text, x: { const: { schema0: 1 } }, k: { maxLength: 3 }, isC: text },
      },
    },
    ["P", "C"],
  );
  expect([{ pattern0: "a" }, { pattern0: "b" }, {}].map((value) => validators["P"]?.(value))).toEqual([
    true,
    false,
    false,
  ]);
  const wrong = [{ schema0: 1 }, { func0: 1 }, { isC: 1 }, { x: { schema0: 2 } }];
  expect(wrong.map((value) => validators["C"]?.(value))).toEqual(wrong.map(() => false));
  expect(validators["C"]?.({ schema0: "", func0: "", isC: "", x: { schema0: 1 } })).toBe(true);
});

test("one more type adds its own text and changes no other", async () => {
  const before = await validatorsText(declared(KINDS), Object.keys(KINDS));
  const more = { Before: { type: "string", pattern: "^a" }, ...KINDS, After: { enum: [{ a: 1 }], maxLength: 2 } };
  const after = await validatorsText(declared(more), Object.keys(more));
  const kept = before.split("\n").filter((line) => !line.startsWith("import "));
  expect(kept.filter((line) => !after.includes(line))).toEqual([]);
  const functions = before.split(/^(?=function |const )/m).filter((text) => text.startsWith("function "));
  expect(functions.length).toBeGreaterThan(4);
  expect(functions.filter((text) => !after.includes(text.trimEnd()))).toEqual([]);
});

test("of alternatives that a constant tells apart only the one that is meant is looked at, and told of", async () => {
  const branch = (kind: string, member: string): Schema => ({
    type: "object",
    required: ["kind", member],
    properties: { kind: { const: kind }, [member]: { type: "string" } },
  });
  const { text, validators } = await print(
    {
      Card: branch("card", "number"),
      Payment: { oneOf: [{ $ref: "#/$defs/Card" }, { allOf: [branch("sepa", "iban")], additionalProperties: true }] },
      Nested: { type: "object", properties: { by: { anyOf: [branch("a", "x"), branch("b", "y")] } } },
    },
    ["Payment", "Nested"],
  );
  expect(text).not.toMatch(/passing|oneOf|anyOf/);
  const told = (name: string, value: unknown) => {
    const isValid = validators[name]?.(value);
    return isValid || validators[name]?.errors?.map(({ instancePath, message }) => `${instancePath} ${message}`);
  };
  expect(told("Payment", { kind: "card", number: "1" })).toBe(true);
  expect(told("Payment", { kind: "sepa", iban: "1", number: 5 })).toBe(true);
  expect(told("Payment", { kind: "sepa", number: "1" })).toEqual([" must have required property 'iban'"]);
  expect(told("Payment", { kind: "card", number: 1 })).toEqual(["/number must be string"]);
  expect(told("Payment", { kind: "crad" })).toEqual(["/kind must be equal to one of the allowed values"]);
  expect(told("Payment", {})).toEqual([" must have required property 'kind'"]);
  expect(told("Payment", "card")).toEqual([" must be object"]);
  expect(told("Nested", { by: { kind: "b", y: "" } })).toBe(true);
  expect(told("Nested", { by: { kind: "b" } })).toEqual(["/by must have required property 'y'"]);
});

test("a pattern that could take exponential time is matched in linear time", async () => {
  const { text, validators } = await print({ Slow: { type: "string", pattern: "^(a+)+$" } }, ["Slow"]);
  expect(text).toContain("linearPattern(");
  expect(text).not.toContain("RegExp");
  expect(validators["Slow"]?.(`${"a".repeat(50_000)}!`)).toBe(false);
  expect(validators["Slow"]?.("a".repeat(50_000))).toBe(true);
});

test("an unevaluated rest is counted through references, and costs nothing where nobody asks", async () => {
  const ref = (name: string): Schema => ({ $ref: `#/$defs/${name}` });
  const { text, validators } = await print(
    {
      Closed: { allOf: [ref("Base")], properties: { b: {} }, unevaluatedProperties: false },
      Base: { type: "object", properties: { a: {} } },
      Apart: { type: "object", properties: { c: {} } },
    },
    ["Closed", "Apart"],
  );
  expect(validators["Closed"]?.({ a: 1, b: 2 })).toBe(true);
  expect(validators["Closed"]?.({ a: 1, c: 2 })).toBe(false);
  expect(text).toContain("isBase.evaluated");
  const object: Schema = { type: "object" };
  const called = await print(
    {
      D: object,
      Near: { ...object, properties: { x: { ...object, unevaluatedProperties: false } }, allOf: [ref("D")] },
      Patterned: { ...object, allOf: [ref("D")], patternProperties: { "^x-": true }, unevaluatedProperties: false },
      Either: {
        ...object,
        patternProperties: { "^x-": true },
        unevaluatedProperties: false,
        oneOf: [
          { required: ["k"], additionalProperties: true },
          { required: ["j"], properties: { j: true } },
        ],
      },
      NaN: { type: "number" },
      Count: { type: "integer" },
    },
    ["Near", "Patterned", "Either", "NaN", "Count"],
  );
  const fits = (name: string, value: unknown) => called.validators[name]?.(value);
  expect([fits("Near", { a: "x" }), fits("Near", { x: { y: 1 } })]).toEqual([true, false]);
  expect([fits("Patterned", { "x-a": 1 }), fits("Patterned", { y: 1 })]).toEqual([true, false]);
  expect([fits("Either", { k: 1, "x-a": 1 }), fits("Either", { j: 1, y: 1 })]).toEqual([true, false]);
  expect([fits("Count", 5), fits("Count", 5.5), fits("NaN", 1)]).toEqual([true, false, true]);
  expect(text).not.toContain("isApart.evaluated");
});

test("names that mean something to the printed code, or are not ASCII, can be exported", async () => {
  const names = ["Error", "Object", "Validate", "equal", "validate0", "schema0", "Ünï", "ucs2length", "$", "RegExp"];
  const { validators } = await print(
    Object.fromEntries(names.map((name) => [name, { type: "array", uniqueItems: true, items: {} }])),
  );
  for (const name of names)
    expect([name, validators[name]?.([[1], [1]]), validators[name]?.([1])]).toEqual([name, false, true]);
});

test("no text of a document becomes code", async () => {
  const hostile = '"); require("fs"); `${1}` */ \u2028 \\';
  const schema = {
    type: "object",
    properties: { [hostile]: { enum: [hostile, { [hostile]: hostile }] } },
    required: [hostile],
  };
  const { validators, text } = await print({ T: schema });
  expect(validators["T"]?.({ [hostile]: hostile })).toBe(true);
  expect(validators["T"]?.({ [hostile]: "x" })).toBe(false);
  expect(complaints(text)).toEqual([]);
});

test("keywords of later drafts are checked", async () => {
  const closed = { type: "object", allOf: [{ properties: { a: {} } }], unevaluatedProperties: false };
  const { validators } = await print({
    Closed: closed,
    Twice: { contains: { const: 1 }, minContains: 2, type: "array" },
  });
  expect([{ a: 1 }, { b: 1 }].map((value) => validators["Closed"]?.(value))).toEqual([true, false]);
  expect([[1], [1, 1]].map((value) => validators["Twice"]?.(value))).toEqual([false, true]);
});

test("a large choice", async () => {
  const values = Array.from({ length: 5000 }, (_, index) => `value ${index}`);
  const { validators } = await print({ T: { enum: values } });
  expect([validators["T"]?.("value 4999"), validators["T"]?.("value 5000")]).toEqual([true, false]);
});

test("an unknown name is refused", async () => {
  await expect(validatorsText([], ["Nobody"])).rejects.toThrow("no type is called Nobody");
});
