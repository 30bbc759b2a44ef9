/**
 * Which members and payloads are said to have no value at all, and where.
 */
import { describe, expect, test } from "vitest";
import { asyncapi3, message, readOf } from "./support/documents.js";

const text = { type: "string" };
const array = { type: "array", items: text };
const ADDS = "What stands in `allOf` adds to the rest and replaces nothing of it.";

/** Warnings of a document of one message, `it`, and the pointers they stand at. */
async function saidOf(it: object, schemas: object = {}): Promise<(readonly string[])[]> {
  const document = JSON.parse(asyncapi3({ receive: { it } })) as { components: object };
  const all = JSON.stringify({ ...document, components: { ...document.components, schemas } });
  const { warnings } = await readOf(all);
  return warnings
    .filter(({ rule }) => rule === "impossible")
    .map(({ message, place, hint }) => [`/${place?.path.join("/")}`, message, ...(hint ? [hint] : [])]);
}

const heirOf = (base: string, properties: object, required: readonly string[] = []) => ({
  allOf: [{ $ref: `#/components/schemas/${base}` }, { type: "object", properties, required }],
});
const Base = { type: "object", properties: { data: { type: "object" } } };
const ofHeir = { payload: { $ref: "#/components/schemas/Heir" } };

describe("what can have no value is said", () => {
  test("of a member that a base and its heir say differently, at the heir's", async () => {
    expect(await saidOf(ofHeir, { Base, Heir: heirOf("Base", { data: array }) })).toEqual([
      [
        "/components/schemas/Heir/allOf/1/properties/data",
        "no value can be both an object and an array, so data can have none; whatever is sent there is refused",
        ADDS,
      ],
    ]);
  });

  test("where the member stands, not where its reference leads", async () => {
    const schemas = { Base, List: array, Heir: heirOf("Base", { data: { $ref: "#/components/schemas/List" } }) };
    expect((await saidOf(ofHeir, schemas)).map(([at]) => at)).toEqual([
      "/components/schemas/Heir/allOf/1/properties/data",
    ]);
  });

  test("of a payload, too, that cannot do without such a member", async () => {
    const said = await saidOf(ofHeir, { Base, Heir: heirOf("Base", { data: array }, ["data"]) });
    expect(said.map(([at]) => at)).toEqual([
      "/components/schemas/Heir/allOf/1/properties/data",
      "/components/messages/it",
    ]);
    expect(said[1]?.[1]).toBe("no payload fits it; whatever is sent as one is refused");
  });

  test("once, of a payload that contradicts itself as a whole", async () => {
    const said = await saidOf({ payload: { type: "object", enum: ["a"] } });
    expect(said).toEqual([
      [
        "/components/messages/it/payload",
        'no value can be both an object and "a", so It can have none; whatever is sent there is refused',
      ],
    ]);
  });

  const contradictions: readonly (readonly [object, string])[] = [
    [{ type: "integer", oneOf: [text, { type: "null" }] }, "an integer and a string or null"],
    [{ allOf: [{ const: "a" }, { enum: ["b", "c"] }] }, '"a" and "b" or "c"'],
    [{ allOf: [{ type: "string", maxLength: 2 }, { const: "abc" }] }, 'a string whose length is at most 2 and "abc"'],
    [{ type: "number", minimum: 3, maximum: 2 }, "a number that is at least 3 and a number that is at most 2"],
  ];
  test.each(contradictions)("of %j, in words: %s", async (schema, words) => {
    const [first] = await saidOf(message({ "x?": schema }));
    expect(first?.[1]).toContain(`no value can be both ${words}, so x can have none`);
  });

  test("once per place, however many messages come by it, below lists and members of members", async () => {
    const inner = { type: "object", properties: { x: { type: "string", enum: [1] } } };
    const Deep = { type: "object", properties: { a: { type: "array", items: inner } } };
    const of = { $ref: "#/components/schemas/Deep" };
    const said = await saidOf(message({ one: of, other: of, "third?": { allOf: [of, {}] } }), { Deep });
    expect(said.map(([at]) => at)).toEqual(["/components/schemas/Deep/properties/a/items/properties/x"]);
  });
});

describe("nothing is said of", () => {
  test.each([
    ["a member that a schema refuses on purpose", heirOf("Base", { data: false })],
    ["a branch of a choice that others stand beside", { type: "object", anyOf: [{ type: "string" }, {}] }],
    ["an heir that narrows", heirOf("Base", { data: { type: "object", properties: { x: text } } })],
    ["a text that may be null", { type: "object", properties: { data: { type: "string", nullable: true } } }],
  ])("%s", async (_, Heir) => {
    expect(await saidOf(ofHeir, { Base, Heir })).toEqual([]);
  });

  test("schemas that refer to each other in circles, in no time", async () => {
    const names = Array.from({ length: 5 }, (_, index) => `T${index}`);
    const refs = Object.fromEntries(names.map((name) => [name, { $ref: `#/components/schemas/${name}` }]));
    const schemas = Object.fromEntries(
      names.map((name, index) => [
        name,
        { allOf: [{ $ref: `#/components/schemas/T${(index + 1) % 5}` }, { type: "object", properties: refs }] },
      ]),
    );
    const start = performance.now();
    expect(await saidOf({ payload: { $ref: "#/components/schemas/T0" } }, schemas)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(8_000);
  });
});
