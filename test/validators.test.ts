/**
 * The printed validators are modules that need nothing but our runtime, and judge as ajv does.
 */
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { expect, test } from "vitest";
import type { Json, Schema, TypeDeclaration } from "../generator/contract.js";
import { validatorsText } from "../generator/validators/validators.js";
import { runPrinted } from "./support/printed-validators.js";
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
  expect(text.match(/\/\/ Count\n/g)).toHaveLength(1);
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
    'import { equal, ucs2length, uri } from "@actionwire/runtime/validators";',
    "",
    expect.stringMatching(/^export const Text: Validate = validate\d+;$/),
  ]);
  expect(text).not.toMatch(/\brequire\b|\beval\b|new Function/);
  expect(complaints(text)).toEqual([]);
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
