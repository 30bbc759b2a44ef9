import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { readOf } from "./support/documents.js";
import { complaints } from "./support/typecheck.js";

/** Channels `a` and `b` at these addresses, each with more of its own. */
const two = (a: object, b: object, addresses: readonly [string, string] = ["/s/{id}", "/s/{id}"]): string =>
  JSON.stringify({
    asyncapi: "3.0.0",
    info: { title: "Shop", version: "1" },
    channels: {
      a: { address: addresses[0], messages: { m: { payload: { const: 1 } } }, ...a },
      b: { address: addresses[1], messages: { n: { payload: { const: 2 } } }, ...b },
    },
    operations: {
      a: { action: "receive", channel: { $ref: "#/channels/a" } },
      b: { action: "receive", channel: { $ref: "#/channels/b" } },
    },
  });

const object = (properties: object, required: readonly string[] = []) => ({ type: "object", properties, required });
const bound = (part: "query" | "headers", schema: object) => ({ bindings: { ws: { [part]: schema } } });
const text = { type: "string" };

async function opened(document: string, options = {}) {
  const { contract, warnings } = await readOf(document, options);
  const [connection] = contract.connections;
  const schema = (name = "") => contract.types.find((type) => type.name === name)?.schema;
  return { contract, connection, schema, warnings };
}

// https://github.com/asyncapi/bindings/tree/master/websockets#channel
describe("channels that share a connection", () => {
  test.each(["query", "headers"] as const)("share its %s: all that any of them asks for", async (part) => {
    const a = bound(part, object({ y: text }));
    const b = bound(part, object({ z: { type: "integer" } }, ["z"]));
    const { connection, contract, schema, warnings } = await opened(two(a, b));
    expect(warnings).toEqual([]);
    expect(connection?.[part]).toEqual({ type: part === "query" ? "ShopQuery" : "ShopHeaders", optional: false });
    expect(schema(connection?.[part]?.type)).toMatchObject({ allOf: [{}, {}] });
    const types = (await emit(contract)).get("types.ts") ?? "";
    const use = (value: string) => `${types}\nexport const given: ${connection?.[part]?.type} = ${value};`;
    expect(complaints(use("{ y: 'a', z: 1 }"))).toEqual([]);
    expect(complaints(use("{ y: 'a' }"))).not.toEqual([]);
  });

  test("ask once for what several say in the same words, or only one says", async () => {
    const same = bound("query", object({ y: text }));
    expect((await opened(two(same, same))).schema("ShopQuery")).toEqual(object({ y: text }));
    expect((await opened(two({}, same))).schema("ShopQuery")).toEqual(object({ y: text }));
  });

  test.each([
    ["members that are required", object({ v: { const: 1 } }, ["v"]), object({ v: { const: 2 } }, ["v"])],
    ["members that may be left out", object({ v: { const: 1 } }), object({ v: { const: 2 } })],
  ])("and contradict each other in %s take what one of them asks for, with a warning", async (_, one, other) => {
    const { schema, warnings } = await opened(two(bound("query", one), bound("query", other)));
    expect(schema("ShopQuery")).toMatchObject({ anyOf: [{}, {}] });
    expect(warnings.map(({ rule, place }) => [rule, place?.path.slice(0, 2)])).toEqual([
      ["opening", ["channels", "b"]],
    ]);
  });

  test.each([
    ["values of both", { enum: ["x"] }, { enum: ["x", "y"], description: "Which." }, ["x", "y"]],
    ["any text where one takes any", { enum: ["x"] }, { description: "Which." }, undefined],
  ])("share its parameters: %s", async (_, a, b, values) => {
    const { connection } = await opened(two({ parameters: { id: a } }, { parameters: { id: b } }));
    expect(connection?.parameters).toEqual([{ name: "id", doc: "Which.", ...(values && { values }) }]);
  });
});

test("an object in a query is a warning at its place: nothing says how it travels", async () => {
  const query = object({ o: object({ a: text }), list: { type: "array", items: text }, y: text });
  const { warnings } = await opened(two(bound("query", query), {}));
  expect(warnings.map(({ rule, place }) => [rule, place?.path.at(-1)])).toEqual([["query-object", "o"]]);
});

describe("a parameter", () => {
  test("that its channel's address has not is a warning at its place", async () => {
    const { warnings } = await opened(two({ parameters: { other: {} } }, {}));
    expect(warnings.map(({ rule, place }) => [rule, place?.path.at(-1)])).toEqual([["unused-parameter", "other"]]);
  });

  test("of a topic is filled in by nobody, which is said once for a connection", async () => {
    const document = two({ parameters: { sym: {} } }, {}, ["trade.{sym}", "book.{sym}"]);
    const { connection, warnings } = await opened(document);
    expect(connection?.parameters).toEqual([]);
    expect(warnings.map(({ rule, message }) => [rule, message.includes("(and 1 more)")])).toEqual([
      ["topic-parameters", true],
    ]);
    expect((await opened(document, { channels: "paths" })).warnings).toEqual([]);
  });
});
