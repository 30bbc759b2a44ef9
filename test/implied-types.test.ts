/**
 * Schemas that imply a type are taken for what they mean, which is noted, and by option for what they say.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { main } from "../generator/cli/main.js";
import { type ContractOptions, emit } from "../generator/index.js";
import { asyncapi3, folder, message, readOf } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";

const open = { properties: { a: { type: "string" } } };

/** What is noted of a message with these members, and where: keys below its payload. */
async function noted(members: Readonly<Record<string, object>>, options: ContractOptions = {}, more: object = {}) {
  const text = JSON.parse(asyncapi3({ receive: { m: message(members) } }));
  const components = { ...text.components, schemas: more };
  const { warnings } = await readOf(JSON.stringify({ ...text, components }), options);
  const notes = warnings.filter(({ rule }) => rule === "implied-type");
  expect(notes.every(({ severity }) => severity === "note")).toBe(true);
  return notes.map(({ message, place }) => `${place?.path.slice(-2).join("/")}: ${message}`);
}

test("is said once of a document, at the first place, with the count of others", async () => {
  expect(await noted({ x: open, y: { required: ["b"] }, z: { type: "array", items: open } })).toEqual([
    'properties/x: 3 schemas say "properties" or "required" and no type: they are taken for objects (here and in 2 other places)',
  ]);
});

test("arrays are noted apart, and what may be both", async () => {
  expect(await noted({ x: { items: {} }, y: { ...open, items: {} }, z: { prefixItems: [{}] } })).toEqual([
    'properties/x: 2 schemas say "items" or "prefixItems" and no type: they are taken for arrays (here and in 1 other place)',
    'properties/y: a schema says "properties" and no type: it is taken for an object or an array',
  ]);
});

test.each<[string, object]>([
  ["a type", { type: ["object", "null"], ...open }],
  ["constants", { enum: [{ a: "x" }], ...open }],
  ["below not", { not: open }],
  ["below if", { if: open }],
  ["a part of a schema with a type", { type: "object", allOf: [{ anyOf: [open, { required: ["b"] }] }] }],
  ["a branch of a condition beside a type", { type: "object", if: open, then: { required: ["b"] } }],
  ["a keyword with a value that it cannot have", { required: true }],
  ["items beyond a list that is not there", { additionalItems: false }],
])("is not said where nothing is implied, or the type is said: %s", async (_, schema) => {
  expect(await noted({ x: schema })).toEqual([]);
});

test("parts of a schema that implies a type are not counted again", async () => {
  expect(await noted({ x: { ...open, anyOf: [{ required: ["a"] }, { required: ["b"] }] } })).toHaveLength(1);
  expect((await noted({ x: { ...open, anyOf: [{ required: ["a"] }] } }))[0]).toMatch(/a schema says "properties" and/);
});

test("a schema that is only part of others which say the type is silent; one that is used alone is not", async () => {
  const Base = open;
  const ref = { $ref: "#/components/schemas/Base" };
  const derived = { type: "object", allOf: [ref, { required: ["b"] }] };
  expect(await noted({ x: derived }, {}, { Base })).toEqual([]);
  expect(await noted({ x: derived, y: ref }, {}, { Base })).toEqual([
    'schemas/Base: a schema says "properties" and no type: it is taken for an object',
  ]);
});

test("a note refuses nothing, also where warnings do", async () => {
  const here = folder({ "api.json": asyncapi3({ receive: { m: message({ x: open }) } }) });
  let words = "";
  const terminal = { print: () => {}, say: (text: string) => (words += `${text}\n`), color: false };
  expect(await main(["generate", join(here, "api.json"), "--out", join(here, "g"), "--strict"], terminal)).toBe(0);
  expect(words).toMatch(/api\.json:\d+:\d+ note implied-type {2}a schema says "properties"/);
  expect(words).toContain('hint: write "type: object", or generate with impliedTypes: false (--no-implied-types)');
  expect(words).toMatch(/^1 note$/m);
});

test("by the letter nothing is implied or noted: other values fit, and the type says so", async () => {
  expect(await noted({ x: open, y: { items: {} } }, { impliedTypes: false })).toEqual([]);
  const document = asyncapi3({ receive: { m: message({ x: open }) } });
  const fits = async (options: ContractOptions) => {
    const { M } = await runPrinted((await emit((await readOf(document, options)).contract)).get("validators.ts") ?? "");
    return [{ x: 5 }, { x: { a: "" } }, { x: { a: 5 } }].map((value) => M?.(value));
  };
  expect(await fits({})).toEqual([false, true, false]);
  expect(await fits({ impliedTypes: false })).toEqual([true, true, false]);
});

test.each([
  ["a flag", ["--no-implied-types"], {}],
  ["a word of the configuration", [], { impliedTypes: false }],
])("that is %s", async (_, flags, config) => {
  const document = asyncapi3({ receive: { m: message({ x: open }) } });
  const here = folder({ "api.json": document, "c.json": JSON.stringify(config) });
  let words = "";
  const terminal = { print: () => {}, say: (text: string) => (words += `${text}\n`), color: false };
  const argv = ["generate", join(here, "api.json"), "--out", join(here, "g"), "--config", join(here, "c.json")];
  expect(await main([...argv, ...flags], terminal)).toBe(0);
  expect(words).not.toContain("note");
  expect(readFileSync(join(here, "g/types.ts"), "utf8")).toMatch(/x: string \| number/);
});
