import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { InputError, readContract } from "../generator/index.js";
import { asyncapi3, contractOf, folder, readOf } from "./support/documents.js";

async function typesOf(payload: object, more: object = {}): Promise<Record<string, unknown>> {
  const { types } = await contractOf(asyncapi3({ receive: { m: { payload, ...more } } }));
  return Object.fromEntries(types.map(({ name, schema }) => [name, schema]));
}

const text = { type: "string" };
const holder = (keyword: string) => ({
  type: "object",
  properties: { q: { $ref: `#/${keyword}/q` } },
  [keyword]: { q: { ...text, maxLength: 3 } },
});

// https://json-schema.org/draft/2020-12/json-schema-core#section-9.1.1
describe("a reference counts from the schema it stands in", () => {
  test.each([
    [
      "draft-04",
      { id: "http://example.com/q.json", $schema: "http://json-schema.org/draft-04/schema#" },
      "definitions",
    ],
    ["draft-07", { $id: "http://example.com/q.json" }, "definitions"],
    ["2019-09", { $id: "https://example.com/q" }, "$defs"],
    ["2020-12", { $schema: "https://json-schema.org/draft/2020-12/schema" }, "$defs"],
    ["a relative name", { $id: "q.json" }, "$defs"],
  ])("where that has a name or rules of its own: %s", async (_, head, keyword) => {
    expect(await typesOf({ ...head, ...holder(keyword) })).toEqual({
      M: { type: "object", properties: { q: { $ref: "#/$defs/Q" } } },
      Q: { ...text, maxLength: 3 },
    });
  });

  test.each([
    "application/schema+json;version=draft-07",
    "application/vnd.oai.openapi;version=3.0.0",
  ])("where its language is said to be %s", async (schemaFormat) => {
    expect(await typesOf({ schemaFormat, schema: holder("definitions") })).toHaveProperty("Q");
    expect(await typesOf(holder("definitions"), { schemaFormat })).toHaveProperty("Q");
  });

  test("and means that schema where it is nothing but #", async () => {
    const tree = { $id: "https://example.com/tree", properties: { next: { $ref: "#" } } };
    expect(await typesOf(tree)).toEqual({ M: { properties: { next: { $ref: "#/$defs/M" } } } });
  });

  test("the nearest of several", async () => {
    const inner = { $id: "https://example.com/inner", ...holder("$defs") };
    const outer = { $id: "https://example.com/outer", properties: { inner }, $defs: { q: { type: "number" } } };
    expect((await typesOf(outer))["Q"]).toEqual({ ...text, maxLength: 3 });
  });

  test("else from the document's root, as AsyncAPI has it", async () => {
    const document = JSON.parse(
      asyncapi3({
        receive: {
          m: { payload: { schemaFormat: "application/schema+json", schema: { $ref: "#/components/schemas/S" } } },
          n: { payload: { $id: "https://example.com/n", properties: { s: { $ref: "#/components/schemas/S" } } } },
        },
      }),
    ) as { components: object };
    Object.assign(document.components, { schemas: { S: text } });
    const { types } = await contractOf(JSON.stringify(document));
    expect(types.map(({ name, schema }) => [name, schema])).toEqual([
      ["S", text],
      ["N", { properties: { s: { $ref: "#/$defs/S" } } }],
    ]);
  });
});

test("schemas by their addresses become types as by their places", async () => {
  const user = { $id: "user.json", type: "object", properties: { tree: { $ref: "/tree" }, mail: { $ref: "#mail" } } };
  const payload = {
    schemaFormat: "application/schema+json;version=2020-12",
    schema: {
      $id: "https://example.com/api/root.json",
      properties: { user: { $ref: "user.json" } },
      $defs: {
        user: { ...user, $defs: { mail: { $anchor: "mail", ...text, maxLength: 9 } } },
        tree: { $id: "https://example.com/tree", properties: { next: { $ref: "tree" } } },
      },
    },
  };
  const types = await typesOf(payload);
  expect(types["User"]).toMatchObject({
    properties: { tree: { $ref: "#/$defs/Tree" }, mail: { $ref: "#/$defs/Mail" } },
  });
  expect(types["Tree"]).toMatchObject({ properties: { next: { $ref: "#/$defs/Tree" } } });
  expect(types["Mail"]).toEqual({ ...text, maxLength: 9 });
});

test("a meta-schema is a schema like any other", async () => {
  const types = await typesOf({ $ref: "http://json-schema.org/draft-07/schema#" });
  expect(types["NonNegativeInteger"]).toEqual({ type: "integer", minimum: 0 });
});

test("a reference to the whole document is an error at its place that says what is meant instead", async () => {
  const error = await readOf(asyncapi3({ receive: { m: { payload: { properties: { next: { $ref: "#" } } } } } })).catch(
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(InputError);
  const { problems } = error as InputError;
  expect(problems).toMatchObject([{ rule: "ref-to-document", hint: expect.stringContaining("$id") }]);
  expect(problems[0]?.place?.path.slice(-2)).toEqual(["next", "$ref"]);
});

test("a file that is a schema means itself by #", async () => {
  const here = folder({
    "tree.json": JSON.stringify({ properties: { next: { $ref: "#" } } }),
    "api.json": asyncapi3({ receive: { m: { payload: { $ref: "tree.json" } } } }),
  });
  const { types } = (await readContract(join(here, "api.json"))).contract;
  expect(types).toMatchObject([{ name: "Tree", schema: { properties: { next: { $ref: "#/$defs/Tree" } } } }]);
});
