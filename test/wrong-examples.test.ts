import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { asyncapi3, readOf } from "./support/documents.js";

const text = { type: "string" };

/** The message m with this payload, and examples of it. */
async function read(payload: unknown, examples: readonly unknown[] = [], more: object = {}) {
  const { contract, warnings } = await readOf(
    asyncapi3({ receive: { m: { payload, examples, ...more } }, send: { m: { payload, examples, ...more } } }),
  );
  const files = await emit(contract);
  const found = warnings.filter(({ rule }) => rule === "example");
  return {
    places: found.map(({ place }) => place?.path.slice(3).join("/")),
    messages: found.map(({ message }) => message),
    client: files.get("client.ts") ?? "",
    types: files.get("types.ts") ?? "",
    contract,
  };
}

describe("an example of a message that does not fit its schema", () => {
  const payload = { type: "object", required: ["a"], properties: { a: text } };
  const examples = [{ name: "none" }, { payload: { a: "right" } }, { payload: { a: 7 } }, { payload: {} }];

  test("is a warning at its place, with what is wrong with it, once for both directions", async () => {
    const { places, messages } = await read(payload, examples);
    expect(places).toEqual(["examples/2/payload", "examples/3/payload"]);
    expect(messages).toEqual([
      "the example of m does not fit its schema: /a must be string; it is left out",
      "the example of m does not fit its schema: it must have required property 'a'; it is left out",
    ]);
  });

  test("is not in the doc comment, where those that fit stay", async () => {
    const { client, contract } = await read(payload, examples);
    expect(client.match(/@example.*/g)).toEqual(expect.arrayContaining(['@example { a: "right" }']));
    expect(client).not.toContain("@example {}");
    expect(contract.connections[0]?.toServer.actions[0]?.doc?.examples).toEqual([{ a: "right" }]);
    expect(Object.isFrozen(contract.connections[0]?.toServer.actions)).toBe(true);
  });

  test("is said at the message where a trait brought it, and not of bytes", async () => {
    expect((await read({ type: "string", format: "binary" }, [{ payload: 5 }])).places).toEqual([]);
    const { places } = await read(payload, undefined, { examples: undefined, traits: [{ examples }] });
    expect(places).toEqual(["", ""]);
  });
});

describe("an example or a default of a schema that does not fit it", () => {
  test("is a warning at its place, and no tag; those that fit are", async () => {
    const properties = {
      a: { ...text, examples: ["one", 2], default: 3, description: "A." },
      "b/c": { type: "array", items: { type: "integer", example: "4" } },
      d: { $ref: "#/components/messages/m/payload/properties/e" },
      e: { enum: ["x"], default: "x", example: "y" },
      f: { ...text, "x-nullable": true, default: null },
      g: { anyOf: [{ type: "integer", default: "none" }, text] },
    };
    const { places, types } = await read({ type: "object", properties });
    expect(places.map((place) => place?.replace("payload/properties/", "")).sort()).toEqual([
      "a/default",
      "a/examples/1",
      "b/c/items/example",
      "e/example",
      "g/anyOf/0/default",
    ]);
    expect(types).toContain('A.\n   * @example "one"\n');
    expect(types).toContain('@default "x"');
    expect(types).toContain("@default null");
    expect(types).not.toMatch(/@default 3|@example 2|@example "y"|@example "4"|"none"/);
  });

  test("changes nothing on the wire", async () => {
    const hash = async (more: object) =>
      (await read({ type: "object", properties: { a: { ...text, ...more } } })).contract.hash;
    expect(await hash({ default: 5 })).toBe(await hash({}));
  });

  test("is looked at with draft-04's, OpenAPI's and later keywords as they are meant", async () => {
    const right = { type: "number", minimum: 1, exclusiveMinimum: true, nullable: true, examples: [2, null] };
    const properties = { right, wrong: { ...right, examples: [1] }, tuple: { prefixItems: [text], default: [1] } };
    expect((await read({ type: "object", properties })).places).toEqual([
      "payload/properties/wrong/examples/0",
      "payload/properties/tuple/default",
    ]);
  });
});
