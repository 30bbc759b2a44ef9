/**
 * The printed types accept every valid value.
 */
import { expect, test } from "vitest";
import type { Json, Schema } from "../generator/contract.js";
import { typesText } from "../generator/types/types.js";
import { complaints } from "./support/typecheck.js";

test.each<[string, Schema, Json[]]>([
  ["an open object", { properties: { a: { type: "string" } } }, [{}, { a: "x", b: 1 }]],
  ["an open tuple", { items: [{ type: "string" }] }, [[], ["a"], ["a", 1, null]]],
  [
    "a dictionary",
    { properties: { n: { type: "number" } }, additionalProperties: { type: "string" } },
    [{}, { n: 1, m: "x" }],
  ],
  ["inherited members", { properties: { constructor: { type: "number" } } }, [{}, { a: 1, constructor: 5 }]],
  [
    "what a condition says",
    { properties: { a: {} }, if: { required: ["a"] }, then: { required: ["b"] } },
    [{ a: 1, b: 2 }, {}],
  ],
  [
    "alternatives beside members",
    { properties: { a: {} }, oneOf: [{ required: ["b"] }, { required: ["c"] }] },
    [{ b: 1 }, { c: 1, a: 2 }],
  ],
  ["null", { nullable: true, properties: { a: {} } }, [null, { a: 1 }]],
])("valid values have the type: %s", async (_, schema, values) => {
  const text = typesText([{ name: "T", schema, at: "a#/" }]);
  const uses = values.map((value, index) => {
    return `declare const value${index}: ${JSON.stringify(value)};\nexport const use${index}: T = value${index};`;
  });
  expect(complaints(`${text}${uses.join("\n")}`)).toEqual([]);
});
