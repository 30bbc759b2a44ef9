import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { check, type Kind } from "../generator/check/check.js";
import { schemaFile } from "../generator/check/schema-files.js";
import { load } from "../generator/load/load.js";
import { InputError, type Problem, Problems } from "../generator/problem.js";
import { readOf } from "./support/documents.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "actionwire-check-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function checked(path: string): Promise<{ kind?: Kind; problems: readonly Problem[] }> {
  const problems = new Problems();
  const root = await load(path, {}, problems);
  try {
    return { kind: await check(root, problems), problems: problems.all };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { problems: error.problems };
  }
}

/** `severity rule file:line:column hint` of every problem. */
async function report(path: string): Promise<string[]> {
  const { problems } = await checked(path);
  return problems.map(({ severity, rule, place, hint }) => {
    const at = place?.file.position(place.path);
    return [`${severity} ${rule}`, at && `${place?.file.path}:${at.line}:${at.column}`, hint]
      .filter(Boolean)
      .join(" | ");
  });
}

async function reportText(text: string): Promise<string[]> {
  const path = join(await mkdtemp(join(folder, "doc-")), "a.yaml");
  await writeFile(path, text);
  return report(path);
}

test("the kind of a document is its format and version", async () => {
  const example = fileURLToPath(new URL("../examples/chat/chat.yaml", import.meta.url));
  expect(await checked(example)).toEqual({ kind: { format: "asyncapi", major: 3, version: "3.0.0" }, problems: [] });
});

test("an actions file with all that it may say is accepted", async () => {
  const text = `
actionwire: 1
title: Tiny
version: 1.0.0
description: All of it.
servers:
  local: ws://localhost:8080
  live: { url: "wss://{region}.example.com", variables: { region: { default: eu, values: [eu, us] } } }
path: /tiny/{room}
token: { in: query, name: access_token }
actions:
  greet:
    from: client
    summary: Says hello.
    deprecated: true
    examples: [{ name: Ann }]
    payload: { $ref: "#/schemas/Greeting" }
    reply: { type: string }
  bye: { from: server }
schemas:
  Greeting: { type: object, properties: { name: { type: string } } }
`;
  expect(await reportText(text)).toEqual([]);
});

const info = "info: { title: A, version: 1.0.0 }\n";

test("a $ref directly in a map of schemas is no reference: a warning, and it is left out", async () => {
  const hint = (key: string) => `to add what it leads to, write "allOf: [{ $ref: … }]" beside "${key}"`;
  const text = `asyncapi: 2.6.0
${info}channels:
  a:
    publish:
      message:
        payload:
          type: object
          properties:
            $ref: "#/components/schemas/Base"
            data: { type: stirng }
          patternProperties: { $ref: "#/components/schemas/Base" }
          additionalProperties: { properties: { $ref: { type: string } } }
          $defs: { $ref: "#/components/schemas/Base" }
components: { schemas: { Base: { type: object } } }
`;
  expect(await reportText(text)).toEqual([
    `warning misplaced-ref | a.yaml:10:13 | ${hint("properties")}`,
    `warning misplaced-ref | a.yaml:12:32 | ${hint("patternProperties")}`,
    `warning misplaced-ref | a.yaml:14:20 | ${hint("$defs")}`,
    'error unknown-type | a.yaml:11:21 | did you mean "string"?',
  ]);
  const { contract } = await readOf(text.replace("stirng", "string"));
  expect(contract.types.map(({ schema }) => schema)).toEqual([
    {
      type: "object",
      properties: { data: { type: "string" } },
      patternProperties: {},
      additionalProperties: { properties: { $ref: { type: "string" } } },
    },
  ]);
});

test("what generation does not depend on is silent or a warning", async () => {
  const text = `asyncapi: 2.6.0
info: { title: A, version: 1.0 }
x-any: 1
whatever: true
channels:
  a:
    parameters: { unused: { schema: { type: string } } }
    publish:
      message:
        examples: [wrong]
        payload:
          type: object
          nullable: true
          format: nobody-knows
          pattern: "(?i)perl"
          properties:
            any: { type: function }
            old: { type: string, required: true }
            typo: { type: string, descriptoin: x }
`;
  expect(await reportText(text)).toEqual([
    'warning wrong-type | a.yaml:2:19 | put it in quotes: "1"',
    "warning bad-pattern | a.yaml:15:11",
    "warning unknown-type | a.yaml:17:20",
    'warning old-required | a.yaml:18:34 | list the property\'s name under "required" of the map around it',
    'warning unknown-key | a.yaml:19:35 | did you mean "description"?',
    "warning unknown-format | a.yaml:14:11",
  ]);
});

const payload = (schema: string) =>
  reportText(`asyncapi: 2.6.0\n${info}channels: { c: { publish: { message: { payload: ${schema} } } } }`);

// https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.1
test.each([
  ["another case", "String", 'warning unknown-type | a.yaml:3:51 | write "string"'],
  ["another language's", "int", 'warning unknown-type | a.yaml:3:51 | write "integer"'],
  ["a null of YAML in a list", "[string, null]", 'warning unknown-type | a.yaml:3:66 | put it in quotes: "null"'],
  ["a wholly foreign word", "function", "warning unknown-type | a.yaml:3:51"],
  ["a misspelt one", "strnig", 'error unknown-type | a.yaml:3:51 | did you mean "string"?'],
  ["a null of YAML alone", "null", 'error unknown-type | a.yaml:3:51 | put it in quotes, if it is the type "null"'],
])("a type by another name: %s", async (_, type, expected) => {
  expect(await payload(`{ type: ${type} }`)).toEqual([expected]);
});

// https://json-schema.org/draft-07/json-schema-validation#rfc.section.7.1: implementations may know formats of their own
test.each([
  ["dateTime", 'warning unknown-format | a.yaml:3:98 | did you mean "date-time"?'],
  ['"^[a-z]+$"', 'warning unknown-format | a.yaml:3:98 | a regular expression is a "pattern"'],
  ["float", undefined],
])("a format of the author's own is said once, at its first place: %s", async (format, expected) => {
  const text = `{ type: string, format: ${format} }`;
  const found = await payload(`{ type: object, properties: { a: ${text}, b: ${text} } }`);
  expect(found).toEqual(expected === undefined ? [] : [expected]);
});

// https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
describe("what a dynamic reference leads to is checked, and needed, as what others lead to", () => {
  const document = (schema: string, node: string) => `asyncapi: 3.0.0
${info}channels: { c: { messages: { m: { payload: { schemaFormat: "application/schema+json;version=draft-2020-12", schema: ${schema} } } } } }
components: { schemas: { Node: ${node} } }
`;

  test.each([
    ["$dynamicRef", '{ $dynamicRef: "#/components/schemas/Node" }'],
    ["$recursiveRef", '{ $recursiveRef: "#/components/schemas/Node" }'],
    ["$dynamicRef inside of it", '{ type: object, properties: { a: { $dynamicRef: "#/components/schemas/Node" } } }'],
  ])("%s", async (_, schema) => {
    expect(await reportText(document(schema, "{ type: object }"))).toEqual([]);
    expect(await reportText(document(schema, "{ properties: 5 }"))).toEqual(["error bad-schema | a.yaml:4:34"]);
  });

  test("and where it is not needed, what is wrong is a warning", async () => {
    expect(await reportText(document("{ type: object }", "{ properties: { a: { type: strnig } } }"))).toEqual([
      expect.stringMatching(/^warning unknown-type /),
    ]);
  });
});

test("a limit that is no number is a warning: it bounds nothing", async () => {
  expect(await payload("{ minimum: yes, pattern: 5 }")).toEqual([
    "warning bad-keyword | a.yaml:3:51",
    "warning bad-keyword | a.yaml:3:65",
  ]);
});

test("payloads in other schema languages are left alone", async () => {
  const v3 = `asyncapi: 3.0.0\n${info}components: { messages: { m: { payload: { schemaFormat: application/vnd.apache.avro, schema: { type: record } } } } }`;
  const v2 = `asyncapi: 2.6.0\n${info}channels: {}\ncomponents: { messages: { m: { schemaFormat: application/vnd.apache.avro, payload: { type: record } } } }`;
  expect(await reportText(v3)).toEqual([]);
  expect(await reportText(v2)).toEqual([]);
});

test("schemas that refer to themselves are walked once", async () => {
  const tree =
    "{ type: object, properties: { kids: { type: array, items: { $ref: '#/components/schemas/Tree' } }, bad: { type: strin } } }";
  const text = `asyncapi: 3.0.0\n${info}components: { schemas: { Tree: ${tree} }, messages: { m: { payload: { $ref: '#/components/schemas/Tree' } } } }`;
  expect(await reportText(text)).toHaveLength(1);
});

test("a version newer than known is read, with a warning; one that is no text is an error", async () => {
  expect(await reportText(`asyncapi: 3.7.0\n${info}`)).toEqual(["warning newer-version | a.yaml:1:1"]);
  expect(await reportText(`asyncapi: 3.0\n${info}`)).toEqual([
    'error unsupported-version | a.yaml:1:1 | put it in quotes: asyncapi: "3.0.0"',
  ]);
});

test("the published schemas are JSON Schemas, draft-07", () => {
  const ajv = new Ajv({ strict: false });
  for (const name of ["asyncapi-2", "asyncapi-3", "actions", "frame", "config"] as const) {
    expect(ajv.validateSchema(schemaFile(name)), name).toBe(true);
  }
});

test.each([
  [true, { action: "greet" }],
  [true, { action: "greet", id: "1", payload: { name: "Ann" } }],
  [true, { action: "error", id: "1", payload: { code: "INVALID_PAYLOAD", message: "no", problems: [] } }],
  [false, { action: "error", payload: { message: "no code" } }],
  [false, { action: "greet", id: 1 }],
  [false, ["greet"]],
])("that it is %s a frame: %j", (valid, frame) => {
  expect(new Ajv({ strict: false }).validate(schemaFile("frame"), frame)).toBe(valid);
});
