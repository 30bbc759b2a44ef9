/**
 * What breaks a rule and is read all the same: with a warning that says where, and an error only where no meaning is left.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main } from "../generator/cli/main.js";
import { type ContractOptions, emit, generate, InputError, type Problem, readContract } from "../generator/index.js";
import { asyncapi3, contractOf, folder, message, readOf } from "./support/documents.js";
import { complaints } from "./support/typecheck.js";

const info = "info: { title: T, version: '1' }\n";
const say = "{ action: receive, channel: { $ref: '#/channels/c' } }";
const said = `channels: { c: { messages: { m: { payload: { type: object } } } } }\noperations: { o: ${say} }\n`;

/** `rule line:column` of every warning. */
function places(warnings: readonly Problem[]): string[] {
  return warnings.map(({ rule, place }) => {
    const at = place?.file.position(place.path);
    return `${rule} ${at?.line}:${at?.column}`;
  });
}

async function refusalOf(text: string, options: ContractOptions = {}): Promise<readonly Problem[]> {
  const error: unknown = await readOf(text, options).catch((error: unknown) => error);
  if (error instanceof InputError) return error.problems;
  throw new Error("the document was read");
}

describe("a part that nothing depends on is a warning with its place", () => {
  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#componentsObject: no effect unless referenced
  test.each([
    ["a component that nobody uses", "components: { schemas: { Odd: { properties: 5 } } }", "bad-schema 5:33"],
    ["a dangling reference in it", "components: { schemas: { Odd: { $ref: '#/nowhere' } } }", "dangling-ref 5:33"],
    ["a component of a wrong kind", "components: { schemas: 5 }", "wrong-type 5:15"],
    ["servers that are no map", "servers: [ { host: a, protocol: ws } ]", "wrong-type 5:1"],
    ["a title that is no text", "tags: {}\nx-a: { $ref: '#/nowhere' }", undefined],
  ])("%s", async (_, more, warning) => {
    const { contract, warnings } = await readOf(`asyncapi: 3.0.0\n${info}${said}${more}`);
    expect(contract.connections).toHaveLength(1);
    expect(places(warnings)).toEqual(warning === undefined ? [] : [warning]);
  });

  test("and the same defect where it is used is an error", async () => {
    const used = said.replace("{ type: object }", "{ $ref: '#/components/schemas/Odd' }");
    const problems = await refusalOf(
      `asyncapi: 3.0.0\n${info}${used}components: { schemas: { Odd: { properties: 5 } } }`,
    );
    expect(problems).toMatchObject([{ rule: "bad-schema", severity: "error" }]);
  });

  test("in another file as well: only what is referred to there counts", async () => {
    const here = folder({
      "api.yaml": `asyncapi: 2.6.0\n${info}channels: { c: { publish: { message: { $ref: 'messages.yaml#/good' } } } }`,
      "messages.yaml": "good: { payload: { type: string } }\nbad: { payload: { $ref: '#/nowhere' } }",
    });
    const { contract, warnings } = await readContract(join(here, "api.yaml"));
    expect(contract.connections[0]?.toServer.actions).toMatchObject([{ id: "good" }]);
    expect(warnings).toMatchObject([
      { rule: "dangling-ref", message: expect.stringContaining("nothing that is generated depends on it") },
    ]);
  });

  test("but a file that is needed and broken is an error", async () => {
    const here = folder({
      "api.yaml": `asyncapi: 2.6.0\n${info}channels: { c: { publish: { message: { $ref: 'messages.yaml#/good' } } } }`,
      "messages.yaml": "good: { payload: { type: string }",
    });
    const error: unknown = await readContract(join(here, "api.yaml")).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InputError);
  });

  // https://github.com/asyncapi/bindings/tree/master/websockets#channel: query and headers are schema objects
  test("query and headers of the opening request that are no schemas are left out", async () => {
    const { contract, warnings } = await readOf(`asyncapi: 2.6.0
${info}channels:
  /c:
    bindings: { ws: { query: 5, headers: { type: string } } }
    publish: { message: { headers: wrong, payload: { type: object } } }`);
    expect(contract.connections[0]).not.toHaveProperty("query");
    expect(contract.connections[0]).not.toHaveProperty("headers");
    expect(places(warnings)).toEqual(["wrong-type 5:23", "unknown-value 5:44", "bad-schema 6:27"]);
  });

  test("parameters may be declared and not used, used and not declared, or no map at all", async () => {
    const path = (parameters: string) =>
      contractOf(`asyncapi: 2.6.0
${info}channels: { "/c/{id}": { parameters: ${parameters}, publish: { message: { payload: {} } } } }`);
    for (const parameters of ["{ other: {} }", "{}", "[ { name: id } ]", "{ id: { schema: 5 } }"]) {
      expect((await path(parameters)).connections[0]?.parameters).toEqual([{ name: "id" }]);
    }
  });
});

describe("servers that speak no WebSocket", () => {
  const kafka = (more = "") => `asyncapi: 2.6.0
${info}servers: { k: { url: "a:1", protocol: kafka }${more} }
channels: { c: { servers: [k], publish: { message: { name: m, payload: {} } } } }`;

  test("stand behind a gateway of the user's own where there is no other: no address is known", async () => {
    const { contract, warnings } = await readOf(kafka());
    expect(contract.connections[0]).toMatchObject({ servers: [], toServer: { actions: [{ id: "m" }] } });
    expect(places(warnings)).toEqual(["not-websocket 3:1"]);
    expect((await emit(contract)).get("client.ts")).toContain("  url: string | (() => ");
  });

  test.each([
    ["protcol: wss", ["unknown-key 3:29"]],
    ['protcol: wss }, w: { url: "b:1", protocol: ws', ["unknown-key 3:29"]],
    ["x-protocol: wss", ["missing-key 3:12", "not-websocket 3:1"]],
    ["protocol: ''", ["not-websocket 3:1"]],
    ["description: none", ["missing-key 3:12", "not-websocket 3:1"]],
  ])("are told of where their protocol is said so, and a misspelt one once: { %s }", async (said, told) => {
    const { warnings } = await readOf(`asyncapi: 2.6.0
${info}servers: { k: { url: "a:1", ${said} } }
channels: { c: { publish: { message: { name: m, payload: {} } } } }`);
    expect(places(warnings)).toEqual(told);
  });

  test("are left out with their channels where there is another", async () => {
    const { contract, warnings } = await readOf(kafka(", w: { url: 'ws://a', protocol: ws }"));
    expect(contract.connections).toEqual([]);
    expect(places(warnings)).toEqual(["not-websocket 3:12", "not-websocket 4:13", "nothing-said 4:1"]);
  });
});

describe("a channel that no operation speaks of", () => {
  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject
  test("has its messages said by both sides, with one warning", async () => {
    const { contract, warnings } = await readOf(`asyncapi: 3.0.0
${info}channels:
  c: { messages: { m: { payload: { type: object } } } }
  d: { messages: { n: { payload: { type: string } } } }`);
    const [connection] = contract.connections;
    for (const way of [connection?.toServer, connection?.toClient]) {
      expect(way?.actions.map(({ id }) => id)).toEqual(["m", "n"]);
    }
    expect(places(warnings).filter((line) => !line.startsWith("look-alike"))).toEqual(["no-operations 4:3"]);
  });

  test("keeps quiet where another operation's reply comes on it", async () => {
    const { contract, warnings } = await readOf(`asyncapi: 3.0.0
${info}channels:
  c: { messages: { m: { payload: { type: object } } } }
  d: { messages: { n: { payload: { type: object } } } }
operations: { o: { action: receive, channel: { $ref: "#/channels/c" }, reply: { channel: { $ref: "#/channels/d" } } } }`);
    expect(warnings.map(({ rule }) => rule)).not.toContain("no-operations");
    expect(contract.connections[0]?.toServer.actions.map(({ id }) => id)).toEqual(["m"]);
  });
});

describe("a document that says nothing", () => {
  const silent = `asyncapi: 3.0.0
${info}components:
  messages: { m: { name: told, payload: { $ref: '#/components/schemas/Told' } } }
  schemas: { Told: { type: object, properties: { a: { type: string } } }, Spare: { type: integer } }`;

  test("gives the types and validators of its components, and modules that are empty", async () => {
    const { contract, warnings } = await readOf(silent);
    expect(contract.connections).toEqual([]);
    expect(contract.types.map(({ name }) => name)).toEqual(["Told", "Spare"]);
    expect(places(warnings)).toEqual(["nothing-said 1:1"]);
    const files = await emit(contract);
    expect(files.get("types.ts")).toContain("export interface Told {");
    expect(files.get("validators.ts")).toMatch(/export const Told: Validate = .*\nexport const Spare: Validate = /);
    for (const name of ["client.ts", "server.ts", "wire.ts"]) {
      expect(files.get(name)?.split("\n").slice(1)).toEqual(["", "export {};", ""]);
    }
  });

  test("and holds nothing either gives empty modules that compile", async () => {
    for (const text of [
      `asyncapi: 3.0.0\n${info}`,
      `asyncapi: 2.6.0\n${info}channels: { /c: { publish: {} }, /d: {} }`,
    ]) {
      const { contract, warnings } = await readOf(text);
      expect(warnings.map(({ rule }) => rule)).toEqual(["nothing-said"]);
      expect(warnings[0]?.message).toMatch(/; what is generated is empty$/);
      for (const [name, printed] of await emit(contract)) {
        if (name !== "index.ts") expect(complaints(printed)).toEqual([]);
      }
    }
  });

  test("is said to say nothing, and drafts no routes", async () => {
    const here = folder({ "api.yaml": silent });
    let words = "";
    const terminal = { print: () => {}, say: (text: string) => (words += `${text}\n`), color: false };
    const args = ["generate", join(here, "api.yaml"), "--out", join(here, "g"), "--routes", join(here, "routes.ts")];
    expect(await main(args, terminal)).toBe(0);
    expect(words).toContain("no connection: nothing is said; 2 types for others to use");
    expect(readdirSync(here).sort()).toEqual(["api.yaml", "g"]);
    expect(readFileSync(join(here, "g/index.ts"), "utf8")).toContain('export * from "./client.js";');
  });
});

describe("strict", () => {
  const odd = asyncapi3({ receive: { a: message({ v: { type: "string", pattern: "(?i)x" } }) } });

  test("counts warnings as errors, and writes nothing", async () => {
    const here = folder({ "api.json": odd });
    expect((await readContract(join(here, "api.json"))).warnings).toHaveLength(1);
    const options = { out: join(here, "g"), strict: true };
    await expect(generate(join(here, "api.json"), options)).rejects.toMatchObject({
      problems: [{ rule: "bad-pattern", severity: "error" }],
    });
    expect(readdirSync(here)).toEqual(["api.json"]);
  });

  test("is a flag and a word of the configuration", async () => {
    const here = folder({ "api.json": odd, "c.json": JSON.stringify({ strict: true, out: "g" }) });
    let words = "";
    const terminal = { print: () => {}, say: (text: string) => (words += `${text}\n`), color: false };
    expect(await main(["generate", join(here, "api.json"), "--config", join(here, "c.json")], terminal)).toBe(2);
    expect(await main(["generate", join(here, "api.json"), "--out", join(here, "g"), "--strict"], terminal)).toBe(2);
    expect(words.match(/^.* error bad-pattern /gm)).toHaveLength(2);
    expect(words).not.toContain("warning");
  });

  test("has nothing to say of a document without warnings", async () => {
    const clean = asyncapi3({ receive: { a: message({ v: { type: "string" } }) } });
    expect((await readOf(clean, { strict: true })).warnings).toEqual([]);
  });
});
