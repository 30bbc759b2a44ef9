/**
 * Which languages a payload's schema may be written in, and that each keeps its meaning.
 */
import { Type } from "avsc";
import { describe, expect, test } from "vitest";
import type { Schema } from "../generator/contract.js";
import { type Contract, emit, InputError, type Problem, readContract } from "../generator/index.js";
import { asyncapi3, contractOf, folder, readOf } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";

const info = "info: { title: T, version: '1' }\n";

/** AsyncAPI 2 names the language beside the payload, AsyncAPI 3 around it. */
const two = (format: string, payload: unknown) => `asyncapi: 2.6.0
${info}channels: { c: { publish: { message: { name: said, schemaFormat: "${format}", payload: ${JSON.stringify(payload)} } } } }`;
const three = (format: string, schema: unknown) => `asyncapi: 3.0.0
${info}channels: { c: { messages: { said: { payload: { schemaFormat: "${format}", schema: ${JSON.stringify(schema)} } } } } }
operations: { o: { action: receive, channel: { $ref: "#/channels/c" } } }`;

async function refusalOf(text: string): Promise<readonly Problem[]> {
  const error: unknown = await readOf(text).catch((error: unknown) => error);
  if (error instanceof InputError) return error.problems;
  throw new Error("the document was read");
}

async function validatorsOf(contract: Contract) {
  return runPrinted((await emit(contract)).get("validators.ts") ?? "");
}

// https://www.asyncapi.com/docs/reference/specification/v3.0.0#multiFormatSchemaFormatTable
describe("JSON Schema of any draft", () => {
  const beside = { properties: { a: { $ref: "#/$defs/A", minLength: 2 } }, $defs: { A: { type: "string" } } };
  const old = { $ref: "#/$defs/A", minLength: 2 };
  const later = { allOf: [{ $ref: "#/$defs/A" }], minLength: 2 };

  // https://json-schema.org/draft-07/json-schema-core#rfc.section.8.3 and draft/2019-09/json-schema-core#section-8.2.4.1
  test.each<[string, Schema]>([
    ["application/vnd.aai.asyncapi;version=2.6.0", old],
    ["application/schema+json;version=draft-04", old],
    ["application/schema+yaml;version=draft-07", old],
    ["application/vnd.oai.openapi;version=3.0.0", old],
    ["application/vnd.oai.openapi+json;version=3.1.0", later],
    ["application/schema+json;version=2019-09", later],
    ["application/schema+json;version=draft/2020-12", later],
  ])("says what counts beside a reference: %s", async (format, wanted) => {
    for (const document of [two, three]) {
      const root = document(format, { $ref: "s.json#/S" });
      const here = folder({
        "api.yaml": root,
        "s.json": JSON.stringify({ S: beside }).replace("#/$defs/A", "#/S/$defs/A"),
      });
      const { contract } = await readContract(`${here}/api.yaml`);
      expect(contract.types[0]?.schema).toEqual({ properties: { a: wanted } });
    }
  });

  test("is what $schema says, of a schema or of the file that is one", async () => {
    const own = { $schema: "https://json-schema.org/draft/2020-12/schema", ...beside };
    const here = folder({
      "api.yaml": two("application/schema+json;version=draft-07", { $ref: "s.json#/S" }),
      "s.json": JSON.stringify({ S: own }).replace("#/$defs/A", "#/S/$defs/A"),
      "b.yaml": two("application/schema+json;version=draft-07", { $ref: "t.json" }),
      "t.json": JSON.stringify(own),
    });
    for (const name of ["api.yaml", "b.yaml"]) {
      const { contract } = await readContract(`${here}/${name}`);
      expect(contract.types[0]?.schema).toEqual({ properties: { a: later } });
    }
  });

  test("holds in validators and types", async () => {
    const contract = await contractOf(
      two("application/schema+json;version=2020-12", {
        type: "object",
        required: ["pair", "kind"],
        properties: {
          pair: { prefixItems: [{ type: "string" }, { type: "number" }], items: false, minItems: 2 },
          kind: { enum: ["a", "b"] },
          extra: {},
        },
        dependentRequired: { extra: ["kind"] },
        unevaluatedProperties: false,
      }),
    );
    const { Said } = await validatorsOf(contract);
    expect(
      [
        { pair: ["a", 1], kind: "a" },
        { pair: ["a", 1, 2], kind: "a" },
        { pair: ["a", 1], kind: "a", z: 1 },
      ].map((value) => Said?.(value)),
    ).toEqual([true, false, false]);
    expect((await emit(contract)).get("types.ts")).toContain("pair: [string, number];");
  });

  // https://json-schema.org/draft-04/json-schema-validation#rfc.section.5.1.3 and https://spec.openapis.org/oas/v3.0.3#schema-object
  test("has the x-nullable of OpenAPI 2's tools, beside a reference too, unless nullable says otherwise", async () => {
    const properties = {
      a: { type: "string", "x-nullable": true },
      b: { $ref: "#/components/schemas/S", "x-nullable": true },
      c: { type: "string", "x-nullable": true, nullable: false },
      d: { type: "string", "x-nullable": false },
    };
    const document = JSON.parse(asyncapi3({ receive: { m: { payload: { type: "object", properties } } } })) as {
      components: object;
    };
    Object.assign(document.components, { schemas: { S: { type: "string" } } });
    const { contract, warnings } = await readOf(JSON.stringify(document));
    const types = (await emit(contract)).get("types.ts");
    for (const line of ["a?: string | null;", "b?: S | null;", "c?: string;", "d?: string;"])
      expect(types).toContain(line);
    expect(warnings).toEqual([]);
  });

  test("has draft-04's exclusive limits and OpenAPI's nullable", async () => {
    const contract = await contractOf(
      three("application/vnd.oai.openapi;version=3.0.0", {
        type: "object",
        properties: { n: { type: "number", minimum: 0, exclusiveMinimum: true, nullable: true, example: 3 } },
      }),
    );
    const { Said } = await validatorsOf(contract);
    expect([{ n: 1 }, { n: null }, { n: 0 }].map((value) => Said?.(value))).toEqual([true, true, false]);
  });

  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#componentsObject: schemas may be wrapped there, too
  test("is read through the wrapper of a component", async () => {
    const { types } = await contractOf(`asyncapi: 3.0.0
${info}channels: { c: { messages: { said: { payload: { type: object, properties: { w: { $ref: "#/components/schemas/W" } } } } } } }
operations: { o: { action: receive, channel: { $ref: "#/channels/c" } } }
components: { schemas: { W: { schemaFormat: "application/schema+json;version=draft-07", schema: { type: integer } } } }`);
    expect(types.map(({ name, schema }) => [name, schema])).toEqual([
      ["Said", { type: "object", properties: { w: { $ref: "#/$defs/W" } } }],
      ["W", { type: "integer" }],
    ]);
  });
});

describe("Avro", () => {
  const FORMAT = "application/vnd.apache.avro;version=1.9.0";
  const user = {
    type: "record",
    name: "User",
    namespace: "com.example",
    doc: "Somebody.",
    fields: [
      { name: "name", type: "string", doc: "As said." },
      { name: "age", type: ["null", "int"], default: null },
      { name: "kind", type: { type: "enum", name: "Kind", symbols: ["A", "B"] } },
      { name: "hash", type: { type: "fixed", name: "Hash", size: 2 } },
      { name: "raw", type: "bytes" },
      { name: "tags", type: { type: "map", values: { type: "array", items: "double" } } },
      { name: "friend", type: ["null", "User", "Kind"] },
      { name: "constructor", type: { type: "long", logicalType: "timestamp-millis" } },
    ],
  };

  test("is read beside a payload and around it, with its names and words", async () => {
    for (const document of [two, three]) {
      const contract = await contractOf(document(FORMAT, user));
      expect(contract.types.map(({ name }) => name)).toEqual(["User", "Kind", "Hash"]);
      expect(contract.connections[0]?.toServer.actions).toMatchObject([{ id: "said", payload: "User" }]);
      const types = (await emit(contract)).get("types.ts");
      expect(types).toContain("/** Somebody. */\nexport interface User {\n  /** As said. */\n  name: string;\n");
      expect(types).toContain("  age: null | { int: number };\n");
      expect(types).toContain('export type Kind = "A" | "B";\n');
    }
  });

  // https://avro.apache.org/docs/1.12.0/specification/#json-encoding
  test("frames have Avro's JSON encoding, as avsc writes it", async () => {
    const { User } = await validatorsOf(await contractOf(two(FORMAT, user)));
    const avro = Type.forSchema(user as never, { wrapUnions: true });
    for (let round = 0; round < 200; round++) {
      const value: unknown = JSON.parse(avro.toString(avro.random()));
      expect(User?.(value), JSON.stringify(value)).toBe(true);
    }
    const sample = JSON.parse(avro.toString(avro.random())) as object;
    const wrong = [{ name: 1 }, { age: 3 }, { age: { string: "3" } }, { kind: "C" }, { hash: "a" }, { raw: "\u0100" }];
    for (const part of wrong) expect(User?.({ ...sample, ...part }), JSON.stringify(part)).toBe(false);
    const { name: _, ...rest } = sample as { name: string };
    expect(User?.(rest)).toBe(false);
  });

  test("of a simple type is one, too", async () => {
    const { types } = await contractOf(two(FORMAT, ["null", "string"]));
    expect(types.map(({ name }) => name)).toEqual(["Said"]);
  });

  test("names of several namespaces are told apart", async () => {
    const fields = ["a", "b"].map((namespace) => ({
      name: namespace,
      type: { type: "enum", name: "X", namespace, symbols: ["S"] },
    }));
    const { types } = await contractOf(two(FORMAT, { type: "record", name: "R", fields }));
    expect(types.map(({ name }) => name)).toEqual(["R", "X", "BX"]);
  });

  test("that is none is an error with its place and reason", async () => {
    expect(
      await refusalOf(two(FORMAT, { type: "record", name: "R", fields: [{ name: "a", type: "nope" }] })),
    ).toMatchObject([
      { rule: "bad-schema", message: expect.stringContaining("undefined type name: nope"), place: expect.anything() },
    ]);
  });
});

test("a language nobody here knows is an error that names the message and a way out", async () => {
  const [problem, ...others] = await refusalOf(two("application/raml+yaml;version=1.0", { type: "object" }));
  expect(others).toEqual([]);
  expect(problem).toMatchObject({
    rule: "schema-format",
    message: "message said is described in application/raml+yaml;version=1.0, which is not supported",
    hint: expect.stringContaining("JSON Schema"),
  });
  const at = problem?.place?.file.position(problem.place.path);
  expect(at?.line).toBe(3);
});

test("and where no message uses it, nobody minds", async () => {
  const spare = "{ schemaFormat: application/raml+yaml;version=1.0, schema: { type: any } }";
  const { warnings } = await readOf(`${three("application/schema+json;version=draft-07", {})}
components: { schemas: { Spare: ${spare} } }`);
  expect(warnings).toEqual([]);
});
