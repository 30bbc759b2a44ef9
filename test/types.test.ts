/**
 * The printed types: read well, compile under the strictest flags, accept every valid value, are left alone by
 * TypeScript's formatter.
 */
import { Project } from "ts-morph";
import { expect, test } from "vitest";
import type { Schema } from "../generator/contract.js";
import { typesText } from "../generator/types/types.js";
import { complaints } from "./support/typecheck.js";

async function print(schemas: Readonly<Record<string, Schema>>): Promise<string> {
  const text = typesText(Object.entries(schemas).map(([name, schema]) => ({ name, schema, at: "a#/" })));
  expect(complaints(text)).toEqual([]);
  expect(formatted(text)).toBe(text);
  expect(text.replaceAll(/\/\*\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, "")).not.toMatch(/\bany\b/);
  return text;
}

function formatted(text: string): string {
  const file = new Project({ useInMemoryFileSystem: true }).createSourceFile("types.ts", text);
  file.formatText({ indentSize: 2 });
  return file.getFullText();
}

/** What comes after the equals sign, or the interface's body. */
async function one(schema: Schema): Promise<string> {
  return (await print({ T: schema }))
    .replace(/^(?:\/\*\*.*\*\/\n)?export (?:type T =|interface T) ?/, "")
    .replace(/;?\n$/, "");
}

test("declarations have their names and order, and refer to each other by name", async () => {
  const text = await print({
    JoinRoom: {
      type: "object",
      title: "Join in",
      description: "Enter a room.\n\n* one */ `x` ${y}\n  two",
      properties: {
        action: { const: "joinRoom" },
        room: { $ref: "#/$defs/RoomName", description: "Which one." },
        mode: { enum: ["loud", null], default: "loud", deprecated: true, examples: ["loud"] },
        tags: { type: "array", items: { type: ["string", "null"] }, minItems: 1, maxItems: 4 },
        "a b": { nullable: true, type: "integer" },
        place: { properties: { x: { type: "number" }, y: { type: "number" } }, required: ["x"] },
        more: {
          properties: { deep: { type: "object", properties: { er: { description: "Words.", type: "string" } } } },
        },
      },
      required: ["action", "room", "undeclared"],
    },
    RoomName: { type: "string", pattern: "^a", description: "Lower-case letters." },
    Ünï: { oneOf: [{ $ref: "#/$defs/JoinRoom" }, { $ref: "#/$defs/RoomName" }] },
  });
  expect(text).toBe(`/**
 * Join in
 *
 * Enter a room.
 *
 * * one *\\/ \`x\` \${y}
 *   two
 */
export interface JoinRoom {
  action: "joinRoom";
  /** Which one. */
  room: RoomName;
  /**
   * @deprecated
   * @example "loud"
   * @default "loud"
   */
  mode?: "loud" | null;
  tags?: [string | null, (string | null)?, (string | null)?, (string | null)?];
  "a b"?: number | null;
  place?: { x: number; y?: number };
  more?: {
    deep?: {
      /** Words. */
      er?: string;
    };
  };
  undeclared: unknown;
}

/** Lower-case letters. */
export type RoomName = string;

export type Ünï = JoinRoom | RoomName;
`);
});

test("what does not fit a line is broken where TypeScript's formatter would break it", async () => {
  const long = ["first", "second", "third", "fourth"].map((word) => word.padEnd(30, "."));
  const text = await print({
    A: { enum: long },
    B: {
      type: "object",
      properties: {
        a: { enum: long },
        b: { type: "array", items: { enum: long } },
        c: { anyOf: [{ properties: { a: { description: "x" } } }, { type: "null" }] },
        d: { items: [{ enum: long }, { properties: { a: { description: "x" } } }] },
      },
      additionalProperties: { type: "boolean" },
    },
    C: { allOf: [{ $ref: "#/$defs/A" }, { oneOf: [{ enum: long }, { properties: { a: { description: "x" } } }] }] },
    D: { allOf: [{ $ref: "#/$defs/B" }, { properties: { [long.join("").slice(0, 100)]: {}, b: {} } }] },
    E: { type: "array", items: { $ref: "#/$defs/A" } },
    F: { anyOf: [{ properties: { z: {} }, additionalProperties: { $ref: "#/$defs/F" } }, { enum: long }] },
  });
  expect(text.split("\n").filter((line) => line.length > 120)).toEqual([]);
  expect(text).toContain('export type A =\n  | "first');
  expect(text).toContain('  a?: (\n    | "first');
  expect(text).toContain("  )[];\n  c?: {\n    /** x */\n    a?: unknown;\n  } | null;\n");
});

test.each<[string, Schema, string]>([
  ["no schema", true, "unknown"],
  ["a schema that says nothing", { description: "" }, "unknown"],
  ["nothing", false, "never"],
  ["an object of which nothing is said", { type: "object" }, "Record<string, unknown>"],
  ["an object open by declaration", { type: "object", additionalProperties: true }, "Record<string, unknown>"],
  ["an object without members", { type: "object", additionalProperties: false }, "Record<string, never>"],
  [
    "an open object",
    { properties: { a: true }, additionalProperties: true },
    "{\n  a?: unknown;\n  [key: string]: unknown;\n}",
  ],
  ["a dictionary", { type: "object", additionalProperties: { type: "number" } }, "{\n  [key: string]: number;\n}"],
  [
    "a dictionary with members of its own",
    { properties: { a: { type: "string" } }, additionalProperties: { type: "number" } },
    "{\n  a?: string;\n  [key: string]: number | string | undefined;\n}",
  ],
  ["patterns beside a rest", { patternProperties: { a$: { type: "number" } } }, "Record<string, unknown>"],
  [
    "names that begin alike",
    { patternProperties: { "^x-": { type: "number" } } },
    "{\n  [key: `x-${string}`]: number;\n}",
  ],
  [
    "patterns alone",
    { patternProperties: { a$: { type: "number" } }, additionalProperties: false },
    "{\n  [key: string]: number;\n}",
  ],
  ["a list of anything", { type: "array" }, "unknown[]"],
  ["a list without a type", { items: { type: "string" } }, "string[]"],
  ["a list of at least two", { items: { type: "string" }, minItems: 2 }, "[string, string, ...string[]]"],
  ["a list of at least many", { items: { type: "string" }, minItems: 9 }, "string[]"],
  ["a list that holds something", { type: "array", contains: { type: "string" } }, "[unknown, ...unknown[]]"],
  ["a huge list", { type: "array", items: {}, maxItems: 1e9 }, "unknown[]"],
  ["an open tuple", { items: [{ type: "string" }, true], minItems: 1 }, "[string, unknown?, ...unknown[]]"],
  ["a closed tuple", { prefixItems: [{ type: "string" }], items: false }, "[string?]"],
  ["a tuple of alternatives", { items: [{ enum: [1, 2] }], additionalItems: false, minItems: 1 }, "[1 | 2]"],
  ["a default of another type", { type: "boolean", default: "false" }, "boolean"],
  ["a default alone", { default: 5 }, "unknown"],
  ["literals of the schema's type", { type: "string", enum: ["a", 1, "b\u2028"] }, '"a" | "b\\u2028"'],
  [
    "composite literals",
    { const: { a: [1, { "b c": null }], d: {} } },
    '{\n  a: [1, { "b c": null }];\n  d: Record<string, never>;\n}',
  ],
  ["a type beside its values", { type: "string", oneOf: [{ const: "a" }, { const: "b" }] }, '"a" | "b"'],
  ["one of members required", { properties: { a: {} }, anyOf: [{ required: ["a"] }] }, "{\n  a: unknown;\n}"],
  ["object beside references", { type: "object", oneOf: [{ type: "string" }, { type: "number" }] }, "never"],
  [
    "a kind beside its alternatives",
    { type: "object", anyOf: [{ properties: { a: {} } }, { type: "object" }] },
    "Record<string, unknown>",
  ],
  [
    "conditions",
    { type: "object", if: { required: ["a"] }, then: { required: ["b"] } },
    "{ a: unknown; b: unknown } | { a?: never }",
  ],
  ["negation", { not: { type: "string" } }, "number | boolean | Record<string, unknown> | unknown[] | null"],
  ["dependencies", { type: "object", dependencies: { a: ["b"] } }, "{ a?: never } | { a: unknown; b: unknown }"],
  ["an unknown type", { type: "function" }, "unknown"],
  [
    "inherited members",
    { properties: { toString: { type: "string" } } },
    '{\n  toString?: string | Object["toString"];\n}',
  ],
])("%s", async (_, schema, type) => {
  expect(await one(schema)).toBe(type.startsWith("{\n") || !type.includes("\n") ? type : `\n${type}`);
});

test("recursion goes by name, and a type that would be itself compiles", async () => {
  const ref = (name: string) => ({ $ref: `#/$defs/${name}` });
  const text = await print({
    Tree: { properties: { kids: { items: ref("Tree") } } },
    Deep: { type: "array", items: ref("Deep") },
    Map: { type: "object", additionalProperties: ref("Map") },
    Self: ref("Self"),
    One: { anyOf: [ref("Two"), { type: "string" }] },
    Two: { anyOf: [ref("One"), { type: "number" }] },
    Json: { oneOf: [{ type: "null" }, { items: ref("Json") }, { type: "object", additionalProperties: ref("Json") }] },
  });
  expect(text).toContain("export type Deep = Deep[];");
  expect(text).toContain("export type Two = number;");
  expect(text).toContain("export type Json = null | Json[] | { [key: string]: Json };");
});

test("a type that is merged into itself goes by its name, however it is written", async () => {
  const tree = { $ref: "#/$defs/Tree" };
  const text = await print({
    Tree: {
      type: "object",
      additionalProperties: false,
      properties: { id: { type: "string" }, kids: { items: { allOf: [tree, { required: ["id"] }] } } },
    },
    Lists: {
      type: "array",
      dependentRequired: { a: ["b"] },
      items: { type: "array", maxItems: 2, allOf: [{ $ref: "#/$defs/Lists" }] },
    },
  });
  expect(text).toContain("kids?: (Tree & { id: unknown })[];");
  expect(text).toContain("export type Lists = Lists[];");
});

test("names of members cannot break anything", async () => {
  const names = [
    "hasOwnProperty",
    "constructor",
    "$ref",
    "$id",
    "length",
    "type",
    "properties",
    "tsType",
    "1",
    "",
    "a-b",
    '"',
    "\n",
  ];
  const text = await print({
    T: { properties: Object.fromEntries(names.map((name) => [name, { type: "string" }])), required: names },
  });
  const members = text.split("\n").slice(1, -2);
  expect(members.map((line) => line.trim())).toEqual([
    ...[
      '"1": string;',
      "hasOwnProperty: string;",
      "constructor: string;",
      "$ref: string;",
      "$id: string;",
      "length: string;",
    ],
    ...[
      "type: string;",
      "properties: string;",
      "tsType: string;",
      '"": string;',
      '"a-b": string;',
      '"\\"": string;',
      '"\\n": string;',
    ],
  ]);
});

test("types without a declaration are left out", async () => {
  expect(typesText([{ name: "A", schema: true, untyped: true, at: "a#/" }])).toBe("");
});
