/**
 * One reading of a schema for its type and its validator.
 */
import { expect, test } from "vitest";
import type { Schema } from "../generator/contract.js";
import { normalise } from "../generator/normalise/normalise.js";
import { flagsFor } from "../generator/normalise/pattern.js";

function read(schema: Schema, others: Readonly<Record<string, Schema>> = {}) {
  const declared = Object.entries({ T: schema, ...others }).map(([name, one]) => ({ name, schema: one, at: "a#/" }));
  const { types, warnings } = normalise(declared);
  return {
    schema: types[0]?.schema,
    warnings: warnings.map(({ type, path, message }) => `${type}${path}: ${message}`),
  };
}

test.each<[string, Schema, Schema]>([
  ["properties imply an object", { properties: {} }, { properties: {}, type: "object" }],
  ["required implies an object", { required: ["a"] }, { required: ["a"], type: "object" }],
  ["items imply an array", { items: {} }, { items: {}, type: "array" }],
  ["both imply both", { items: {}, properties: {} }, { items: {}, properties: {}, type: ["object", "array"] }],
  ["nothing is implied below not", { not: { required: ["a"] } }, { not: { required: ["a"] } }],
  ["nothing is implied below if", { if: { properties: {} } }, { if: { properties: {} } }],
  ["nothing is implied beside constants", { enum: [1], properties: {} }, { enum: [1], properties: {} }],
  ["nullable", { type: "string", nullable: true }, { type: ["string", "null"] }],
  [
    "a nullable choice",
    { description: "d", enum: ["a"], nullable: true },
    { description: "d", anyOf: [{ enum: ["a"] }, { type: "null" }] },
  ],
  ["draft-04 exclusive", { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
  ["draft-04 inclusive", { maximum: 1, exclusiveMaximum: false }, { maximum: 1 }],
  [
    "tuples before 2020-12",
    { items: [{}], additionalItems: false },
    { prefixItems: [{}], items: false, type: "array" },
  ],
  ["additionalItems without a list", { items: {}, additionalItems: false }, { items: {}, type: "array" }],
  [
    "dependencies before 2019-09",
    { dependencies: { a: ["b"], c: {} }, dependentRequired: { d: ["e"] } },
    { dependentRequired: { d: ["e"] }, allOf: [{ dependentRequired: { a: ["b"] } }], dependentSchemas: { c: {} } },
  ],
  ["no value at all", { enum: [] }, false],
  [
    "extensions and identifiers",
    { "x-a": 1, $id: "i", $comment: "c", discriminator: "d", type: "null" },
    { type: "null" },
  ],
  ["an unquoted null in YAML", { type: null }, { type: "null" }],
  ["a property with nothing behind it", { properties: { a: null } }, { properties: { a: true }, type: "object" }],
])("%s", (_, schema, expected) => {
  expect(read(schema)).toEqual({ schema: expected, warnings: [] });
});

test.each<[Schema, Schema, string]>([
  [{ type: "function" }, {}, 'T/type: "function" is no type; any value is accepted here'],
  [{ minLength: "3" }, {}, 'T/minLength: minLength cannot be "3"; it is not checked'],
  [{ pattern: "(?i)a" }, {}, 'T/pattern: "(?i)a" is no regular expression of JavaScript; it is not checked'],
  [{ $ref: "#/nowhere" }, {}, 'T: $ref "#/nowhere" leads nowhere; any value is accepted here'],
  [
    { patternProperties: { "\\Aa": {} }, additionalProperties: false },
    { patternProperties: {}, type: "object" },
    'T/patternProperties/\\Aa: "\\\\Aa" is no regular expression of JavaScript; it is not checked',
  ],
  [
    { properties: { a: 5 } },
    { properties: { a: true }, type: "object" },
    "T/properties/a: is no schema; any value is accepted here",
  ],
])("what cannot be checked accepts more, and is said: %j", (schema, expected, warning) => {
  expect(read(schema)).toEqual({ schema: expected, warnings: [warning] });
});

test("beside a reference only words count, and null", () => {
  const { schema, warnings } = read({ $ref: "#/$defs/O", title: "t", minLength: 3, nullable: true }, { O: {} });
  expect(schema).toEqual({ title: "t", anyOf: [{ $ref: "#/$defs/O" }, { type: "null" }] });
  expect(warnings).toEqual(["T/minLength: minLength beside $ref says nothing (draft-07)"]);
});

test("a type that is itself by way of alternatives loses that way", () => {
  const tree = { anyOf: [{ type: "string" }, { $ref: "#/$defs/U" }] };
  const { schema, warnings } = read(tree, {
    U: { oneOf: [true, { $ref: "#/$defs/T" }, { items: { $ref: "#/$defs/T" } }] },
  });
  expect(schema).toEqual(tree);
  expect(warnings).toEqual(["U: the type is defined as itself, by way of T; that way is cut"]);
  expect(read({ $ref: "#/$defs/T" }).schema).toBe(true);
  expect(read({ not: { $ref: "#/$defs/T" }, type: "string" }).schema).toEqual({ type: "string" });
});

test.each<[string, "u" | "" | undefined]>([
  ["^\\p{L}+$", "u"],
  ["^\\d+\\-\\d+$", ""],
  ["(?:a|b)", "u"],
  ["[(?i:]", "u"],
  ["(?<y>a)", "u"],
  ["(?i:a)", undefined],
  ["(?P<y>a)", undefined],
  ["\\A[a-z]\\Z", undefined],
  ["[[:alpha:]]+", undefined],
  ["\\\\A\\-", ""],
  ["(", undefined],
])("%s compiles with the flags %j", (pattern, flags) => {
  expect(flagsFor(pattern)).toBe(flags);
});
