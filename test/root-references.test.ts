import { describe, expect, test } from "vitest";
import { type Contract, emit } from "../generator/index.js";
import { asyncapi3, contractOf } from "./support/documents.js";
import { runPrinted } from "./support/printed.js";

const E = { type: "object", required: ["a"], properties: { a: { type: "string" } } };
const toE = { $ref: "#/components/schemas/E" };

/** A document whose only message is said by the client. */
function document(payload: object, schemas: object = { E }, bindings?: object): string {
  const said = JSON.parse(asyncapi3({ receive: { evt: { payload } } })) as {
    components: object;
    channels: { main: object };
  };
  const channels = { main: { ...said.channels.main, ...(bindings && { bindings: { ws: bindings } }) } };
  return JSON.stringify({ ...said, channels, components: { ...said.components, schemas } });
}

const payloadOf = ({ connections }: Contract) => connections[0]?.toServer.actions[0]?.payload ?? "";

/** Which values the payload takes, and its type as printed. */
async function payload(contract: Contract, values: readonly unknown[]) {
  const files = await emit(contract);
  const validate = (await runPrinted(files.get("validators.ts") ?? ""))[payloadOf(contract)];
  const printed = new RegExp(`^export .*\\b${payloadOf(contract)}\\b.*$`, "m").exec(files.get("types.ts") ?? "")?.[0];
  return { takes: values.map((value) => validate?.(value)), printed };
}

// https://spec.openapis.org/oas/v3.0.3#schema-object and json-schema.org/draft/2019-09/json-schema-core#section-8.2.4.1
describe("what stands beside the reference that a payload is", () => {
  const values = [null, { a: "x" }, {}, 1];

  test.each<[string, object, object?]>([
    ["nullable", { ...toE, nullable: true }],
    ["x-nullable", { ...toE, "x-nullable": true }],
    [
      "nullable, within the name of its language",
      { schemaFormat: "application/vnd.oai.openapi;version=3.0.0", schema: { ...toE, nullable: true } },
    ],
  ])("counts: %s", async (_, said) => {
    const contract = await contractOf(document(said));
    expect(await payload(contract, values)).toEqual({
      takes: [true, true, false, false],
      printed: "export type Evt = E | null;",
    });
    expect(contract.connections[0]?.toServer.actions[0]?.frame).toBeUndefined();
  });

  test("counts on the way of several references, for members too", async () => {
    const N = { ...toE, nullable: true };
    const toN = { $ref: "#/components/schemas/N" };
    const direct = await contractOf(document(toN, { E, N }));
    expect(await payload(direct, values)).toEqual({
      takes: [true, true, false, false],
      printed: "export type N = E | null;",
    });
    const member = await contractOf(document({ type: "object", required: ["n"], properties: { n: toN } }, { E, N }));
    expect((await payload(member, [{ n: null }, { n: { a: "x" } }, { n: 1 }])).takes).toEqual([true, true, false]);
  });

  test("makes a text that may be null JSON, not a bare text", async () => {
    const contract = await contractOf(document({ ...toE, nullable: true }, { E: { type: "string" } }));
    expect(contract.connections[0]?.toServer.actions[0]?.frame).toBeUndefined();
    expect((await payload(contract, [null, "x", 1])).takes).toEqual([true, true, false]);
  });

  test.each<[string, boolean]>([
    ["application/schema+json;version=draft-07", true],
    ["application/schema+json;version=2019-09", false],
    ["application/schema+json;version=2020-12", false],
  ])("is a rule of its own as the language has it: %s", async (schemaFormat, isTaken) => {
    const schema = { ...toE, required: ["b"] };
    const { takes } = await payload(await contractOf(document({ schemaFormat, schema })), [
      { a: "x" },
      { a: "x", b: 1 },
    ]);
    expect(takes).toEqual([isTaken, true]);
  });

  test("makes no type of its own where it is only words", async () => {
    const contract = await contractOf(document({ ...toE, description: "Said beside it." }));
    expect(payloadOf(contract)).toBe("E");
    expect(contract.types).toHaveLength(1);
  });

  test("counts for a reply of an actions file", async () => {
    const here = { $ref: "#/schemas/E" };
    const contract = await contractOf(
      JSON.stringify({
        actionwire: 1,
        title: "Test",
        version: "1.0.0",
        actions: {
          ask: { from: "client", payload: { ...here, nullable: true }, reply: { ...here, nullable: true } },
        },
        schemas: { E },
      }),
    );
    const types = (await emit(contract)).get("types.ts");
    expect(types).toContain("export type Ask = E | null;");
    expect(types).toContain("export type AskReply = E | null;");
  });

  test("counts for what an address carries", async () => {
    const Query = { $schema: "https://json-schema.org/draft/2020-12/schema", ...toE, required: ["b"] };
    const contract = await contractOf(document(toE, { E }, { query: Query }));
    const { type = "" } = contract.connections[0]?.query ?? {};
    const validate = contract.types.find(({ name }) => name === type)?.schema;
    expect(JSON.stringify(validate)).toContain('{"required":["b"],"allOf":[');
  });
});
