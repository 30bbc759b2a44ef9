import { describe, expect, test } from "vitest";
import type { Connection } from "../generator/index.js";
import { readContract } from "../generator/index.js";
import { asyncapi3, contractOf, folder, message, readOf } from "./support/documents.js";

const text = { type: "string" };
const ids = ({ toServer, toClient }: Connection) => ({
  toServer: toServer.actions.map(({ id }) => id),
  toClient: toClient.actions.map(({ id }) => id),
});

async function only(document: string, options = {}): Promise<Connection> {
  const [connection, ...others] = (await contractOf(document, options)).connections;
  expect(others).toEqual([]);
  if (!connection) throw new Error("no connection");
  return connection;
}

/** An AsyncAPI 2 document with one channel; `said` is YAML for its publish and subscribe. */
const asyncapi2 = (said: string, more = "") => `
asyncapi: 2.6.0
info: { title: Two, version: "2" }
servers: { s: { url: example.com/ws, protocol: wss } }
channels:
  /chat:
${said.replaceAll(/^/gm, "    ")}
${more}`;

describe("directions", () => {
  const three = asyncapi3({ receive: { ask: message({ a: text }) }, send: { tell: message({ b: text }) } });
  const two = asyncapi2(`
publish: { message: { name: ask, payload: { type: object } } }
subscribe: { message: { name: tell, payload: { type: object } } }`);

  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject
  // https://www.asyncapi.com/docs/reference/specification/v2.6.0#channelItemObject
  test.each([
    ["3: what the server receives goes to the server", three, "server", { toServer: ["ask"], toClient: ["tell"] }],
    ["3: what the client receives goes to the client", three, "client", { toServer: ["tell"], toClient: ["ask"] }],
    ["2: what others publish goes to the server", two, "server", { toServer: ["ask"], toClient: ["tell"] }],
    ["2: turned round for a document of the client", two, "client", { toServer: ["tell"], toClient: ["ask"] }],
  ] as const)("%s", async (_, document, perspective, wanted) => {
    expect(ids(await only(document, { perspective }))).toEqual(wanted);
  });

  test("that names contradict are a warning with a way out", async () => {
    const document = three.replace('"tell": {\n      "action"', '"onTell": {\n      "action"');
    const { warnings } = await readOf(document);
    expect(warnings).toMatchObject([{ rule: "perspective", hint: expect.stringContaining("--perspective client") }]);
    const odd = asyncapi3({
      receive: { loginResponse: message({ a: text }) },
      send: { loginRequest: message({ b: text }) },
    });
    expect((await readOf(odd)).warnings).toMatchObject([{ rule: "perspective" }]);
    expect((await readOf(odd, { perspective: "client" })).warnings).toEqual([]);
  });

  test.each([
    ["publish: { summary: Messages sent from server to client, message: { payload: {} } }"],
    ["publish: { description: Server messages, message: { payload: {} } }"],
    ["subscribe: { summary: Client → Server, message: { payload: {} } }"],
  ])("that an operation's words contradict are a warning, and none the other way round: %s", async (said) => {
    expect((await readOf(asyncapi2(said))).warnings).toMatchObject([{ rule: "perspective" }]);
    expect((await readOf(asyncapi2(said), { perspective: "client" })).warnings).toEqual([]);
  });
});

describe("an action is called", () => {
  test("by its message's name, else by its key, else by its operation", async () => {
    const named = asyncapi3({ receive: { key: { name: "the name", payload: {} } } });
    expect(ids(await only(named)).toServer).toEqual(["theName"]);
    expect(ids(await only(asyncapi3({ receive: { the_key: message({ a: text }) } }))).toServer).toEqual(["theKey"]);
    const inline = asyncapi2("publish: { operationId: doIt, message: { payload: { type: object } } }");
    expect(ids(await only(inline)).toServer).toEqual(["doIt"]);
  });

  test("as the configuration pins it, by name or by place", async () => {
    const document = asyncapi3({ receive: { a: message({ a: text }), b: message({ b: text }) } });
    const names = { a: "first", "api.yaml#/components/messages/b": "second" };
    expect(ids(await only(document, { names })).toServer).toEqual(["first", "second"]);
  });

  test("the same whatever is appended after it", async () => {
    const before = { join_room: message({ a: text }), "join-room": message({ b: text }) };
    const after = { ...before, joinRoom: message({ c: text }) };
    expect(ids(await only(asyncapi3({ receive: before }))).toServer).toEqual(["joinRoom", "joinRoom2"]);
    expect(ids(await only(asyncapi3({ receive: after }))).toServer).toEqual(["joinRoom", "joinRoom2", "joinRoom3"]);
  });
});

describe("connections", () => {
  const channels = (...addresses: string[]) => `
asyncapi: 2.6.0
info: { title: Many, version: "1" }
servers: { s: { url: "wss://example.com", protocol: wss } }
channels:
${addresses.map((address, index) => `  "${address}": { subscribe: { message: { name: m${index}, payload: { type: object, required: [t], properties: { t: { const: ${index} } } } } } }`).join("\n")}`;

  test("are one for each URL path", async () => {
    const { connections } = await contractOf(channels("/a", "/b/{id}"));
    expect(connections.map(({ path, names, parameters }) => [path, names.client, parameters])).toEqual([
      ["/a", "ManyAClient", []],
      ["/b/{id}", "ManyBClient", [{ name: "id" }]],
    ]);
  });

  test("are one for all topics", async () => {
    expect((await only(channels("trades", "books.{pair}"))).toClient.actions).toHaveLength(2);
  });

  test("follow the option where the document's writing misleads", async () => {
    expect((await contractOf(channels("a", "b"), { channels: "paths" })).connections.map(({ path }) => path)).toEqual([
      "/a",
      "/b",
    ]);
    expect(
      (await contractOf(channels("/a", "/b"), { channels: "topics" })).connections.map(({ path }) => path),
    ).toEqual([""]);
  });

  test("take a message that several topics share as one action", async () => {
    const shared = `
asyncapi: 2.6.0
info: { title: Shared, version: "1" }
channels:
  a: { subscribe: { message: { $ref: "#/components/messages/m" } } }
  b: { subscribe: { message: { $ref: "#/components/messages/m" } } }
components: { messages: { m: { payload: { type: object } } } }`;
    expect(ids(await only(shared)).toClient).toEqual(["m"]);
  });
});

describe("the opening request", () => {
  test.each([
    ["bearer", "{ type: http, scheme: bearer }", { in: "header", name: "Authorization", prefix: "Bearer " }],
    ["basic", "{ type: http, scheme: basic }", { in: "header", name: "Authorization", basic: "login" }],
    ["a key in the query", "{ type: httpApiKey, in: query, name: key }", { in: "query", name: "key" }],
    ["a key in a header", "{ type: httpApiKey, in: header, name: X-Key }", { in: "header", name: "X-Key" }],
  ])("carries the token as the document says: %s", async (_, scheme, token) => {
    const document = `
asyncapi: 2.6.0
info: { title: T, version: "1" }
servers: { s: { url: example.com, protocol: wss, security: [ { it: [] } ] } }
channels: { /: { subscribe: { message: { payload: {} } } } }
components: { securitySchemes: { it: ${scheme} } }`;
    expect((await only(document)).security[0]?.[0]?.place).toEqual(token);
  });

  test("has the servers' variables, a scheme from the protocol, and no server that speaks something else", async () => {
    const { contract, warnings } = await readOf(`
asyncapi: 3.0.0
info: { title: T, version: "1" }
servers:
  live: { host: "{region}.example.com:{port}", pathname: /ws/, protocol: wss, variables: { region: { enum: [eu, us], default: eu }, port: { default: "443" } } }
  bus: { host: example.com, protocol: kafka }
channels: { c: { address: /c, messages: { m: { payload: {} } } } }
operations: { o: { action: send, channel: { $ref: "#/channels/c" } } }`);
    expect(contract.connections[0]?.servers).toEqual([
      {
        key: "live",
        url: "wss://{region}.example.com:{port}/ws",
        variables: [
          { name: "region", default: "eu", values: ["eu", "us"] },
          { name: "port", default: "443" },
        ],
      },
    ]);
    expect(warnings).toMatchObject([{ rule: "not-websocket" }]);
  });
});

describe("what cannot be a WebSocket's", () => {
  const protocols = (url: string, protocol: string) => `
asyncapi: 2.6.0
info: { title: T, version: "1" }
servers: { s: { url: "${url}", protocol: ${protocol} } }
channels: { /: { subscribe: { message: { payload: {} } } } }`;

  test.each([
    ["example.com", "ws", "ws://example.com"],
    ["wss://example.com", "ws", "wss://example.com"],
    ["ws://example.com", "wss", "wss://example.com"],
    ["https://example.com/", "https", "wss://example.com"],
  ])("a server at %s that speaks %s is %s: the secure word holds", async (url, protocol, wanted) => {
    expect((await only(protocols(url, protocol))).servers[0]?.url).toBe(wanted);
  });

  test("a channel on servers of another protocol alone is left out, with a warning", async () => {
    const { contract, warnings } = await readOf(`
asyncapi: 2.6.0
info: { title: T, version: "1" }
servers: { w: { url: "ws://a", protocol: ws }, k: { url: "a:1", protocol: kafka } }
channels:
  heard: { servers: [w], subscribe: { message: { name: heard, payload: {} } } }
  elsewhere: { servers: [k], subscribe: { message: { name: elsewhere, payload: {} } } }`);
    expect(contract.connections.map(ids)).toEqual([{ toServer: [], toClient: ["heard"] }]);
    expect(warnings.map(({ rule }) => rule)).toEqual(["not-websocket", "not-websocket"]);
  });

  test("a message without a payload is an empty text, one whose schema is empty any value", async () => {
    const { toServer } = await only(
      asyncapi3({ receive: { nothing: {}, any: { payload: {} }, all: { payload: true } } }),
    );
    expect(toServer.actions).toMatchObject([
      { id: "nothing", labels: [], frame: "text", bare: true, constant: "" },
      { id: "any", labels: [] },
      { id: "all", labels: [] },
    ]);
    expect(toServer.actions.map(({ bare }) => bare)).toEqual([true, undefined, undefined]);
    expect(toServer.dispatch).toMatchObject({ by: "frame", text: { by: "value", at: [], cases: [["", "nothing"]] } });
  });
});

test("types by another name are what they mean, and foreign ones any value", async () => {
  const properties = {
    a: { type: "Int" },
    b: { type: ["string", null] },
    c: { type: "function" },
    d: { type: "LIST" },
  };
  const { types } = await contractOf(asyncapi3({ receive: { m: { payload: { properties } } } }));
  expect(types[0]?.schema).toEqual({
    properties: { a: { type: "integer" }, b: { type: ["string", "null"] }, c: {}, d: { type: "array" } },
  });
});

test("what no validator checks is a warning at its place in the document, whatever file it stands in", async () => {
  const here = folder({
    "api.yaml": asyncapi3({ receive: { m: { payload: { $ref: "s.yaml#/S" } } } }),
    "s.yaml": `S:
  type: object
  properties:
    a: { $ref: "#/A", minLength: 2 }
    b: { type: string, pattern: "(?i)x" }
  patternProperties: { "\\\\Ax": { type: string } }
A: { type: string }`,
  });
  const { warnings } = await readContract(`${here}/api.yaml`);
  const places = warnings.map(({ rule, place }) => [rule, place?.file.path, place?.file.position(place.path)]);
  expect(places).toEqual([
    ["bad-pattern", "s.yaml", { line: 5, column: 24 }],
    ["beside-ref", "s.yaml", { line: 4, column: 23 }],
    ["bad-pattern", "s.yaml", { line: 6, column: 24 }],
  ]);
});

describe("words", () => {
  test("of an operation stand in for those a message has not", async () => {
    const said = "publish: { summary: Do it., message: { name: doIt, payload: {} } }";
    expect((await only(asyncapi2(said))).toServer.actions[0]?.doc).toEqual({ text: "Do it." });
  });

  test("and nullability beside a reference are kept", async () => {
    const { types } = await contractOf(`
actionwire: 1
title: T
actions: { a: { from: client, payload: { type: object, properties: { v: { $ref: "#/schemas/V", description: Here., nullable: true } } } } }
schemas: { V: { type: string } }`);
    expect(types[0]?.schema).toMatchObject({
      properties: { v: { $ref: "#/$defs/V", description: "Here.", nullable: true } },
    });
  });
});

describe("requests", () => {
  test("come from a reply's messages, and are answered in order", async () => {
    const document = asyncapi3({
      receive: { ask: message({ t: { const: "a" } }) },
      send: { answer: message({ t: { const: "b" } }) },
    }).replace(
      '"action": "receive",',
      '"action": "receive", "reply": { "channel": { "$ref": "#/channels/main" }, "messages": [{ "$ref": "#/channels/main/messages/answer" }] },',
    );
    const { toServer, toClient } = await only(document);
    expect(toServer.actions[0]).toMatchObject({
      names: { request: "requestAsk" },
      reply: { by: "order", actions: ["answer"], types: ["Answer"] },
    });
    expect(toClient.actions.map(({ id }) => id)).toEqual(["answer"]);
  });

  test("whose answer looks like another message are answered by their union", async () => {
    const alike = message({ x: text });
    const document = asyncapi3({
      receive: { ask: message({ t: { const: "a" } }) },
      send: { answer: alike, push: alike },
    });
    const { toServer } = await only(
      document.replace(
        '"action": "receive",',
        '"action": "receive", "reply": { "channel": { "$ref": "#/channels/main" }, "messages": [{ "$ref": "#/channels/main/messages/answer" }] },',
      ),
    );
    expect(toServer.actions[0]?.reply).toEqual({ by: "order", actions: ["answerOrPush"], types: ["AnswerOrPush"] });
  });

  test("whose answer arrives alone or in a union are answered by either, and lend it no words", async () => {
    const ok = { payload: { type: "object", properties: { t: { const: "ok" }, v: text } } };
    const no = { payload: { type: "object", properties: { t: { const: "no" }, v: text } } };
    const document = asyncapi3({ receive: { ask: message({ a: { const: "ask" } }) }, send: { ok, no } }).replace(
      '"action": "receive",',
      '"action": "receive", "summary": "Ask.", "reply": { "channel": { "$ref": "#/channels/main" }, "messages": [{ "$ref": "#/channels/main/messages/ok" }] },',
    );
    const { toServer, toClient } = await only(document);
    expect(toServer.actions[0]?.reply).toEqual({ by: "order", actions: ["ok", "okOrNo"], types: ["Ok", "OkOrNo"] });
    expect(toServer.actions[0]?.doc).toEqual({ text: "Ask." });
    expect(toClient.actions[0]?.doc).toBeUndefined();
  });

  test("whose correlation id leads nowhere are a warning", async () => {
    const document = asyncapi3({
      receive: { ask: message({ t: { const: "a" } }) },
      send: { answer: { ...message({ id: text }), correlationId: { location: "$message.payload#/id" } } },
    }).replace(
      '"action": "receive",',
      '"action": "receive", "reply": { "channel": { "$ref": "#/channels/main" }, "messages": [{ "$ref": "#/channels/main/messages/answer" }] },',
    );
    expect((await readOf(document)).warnings).toMatchObject([{ rule: "correlation-id" }]);
  });

  test("of an actions file are answered by id, in an envelope", async () => {
    const { toServer, envelope } = await only(`
actionwire: 1
title: T
actions:
  greet: { from: client, payload: { type: string }, reply: { type: number } }
  told: { from: server }`);
    expect(envelope).toEqual({ action: "action", payload: "payload", id: "id", error: "error" });
    expect(toServer.actions[0]).toMatchObject({ id: "greet", reply: { by: "id", types: ["GreetReply"] } });
  });
});

describe("the contract", () => {
  test("is read over several files, each type once, recursion by name", async () => {
    const here = folder({
      "api.yaml": asyncapi3({ receive: { a: { payload: { $ref: "schemas/tree.yaml#/Tree" } } } }),
      "schemas/tree.yaml":
        "Tree: { type: object, properties: { left: { $ref: '#/Tree' }, leaf: { $ref: 'leaf.json' } } }",
      "schemas/leaf.json": '{ "type": "string" }',
    });
    const { contract } = await readContract(`${here}/api.yaml`);
    expect(contract.types.map(({ name, at }) => [name, at])).toEqual([
      ["Tree", "schemas/tree.yaml#/Tree"],
      ["Leaf", "schemas/leaf.json#"],
    ]);
    expect(contract.types[0]?.schema).toMatchObject({ properties: { left: { $ref: "#/$defs/Tree" } } });
  });

  test("is frozen, and is JSON", async () => {
    const contract = await contractOf(asyncapi3({ receive: { a: message({ a: text }) } }));
    expect(Object.isFrozen(contract.connections[0]?.toServer.actions)).toBe(true);
    expect(JSON.parse(JSON.stringify(contract))).toEqual(contract);
  });

  test("has a hash that reordering and prose leave alone, and that a change on the wire does not", async () => {
    const a = message({ x: text, y: { type: "number" } });
    const b = message({ y: { type: "number" }, x: { ...text, description: "in other words" } });
    const hash = async (receive: Record<string, object>) => (await contractOf(asyncapi3({ receive }))).hash;
    expect(await hash({ a })).toBe(await hash({ a: b }));
    expect(await hash({ a, z: message({ q: text }) })).toBe(await hash({ z: message({ q: text }), a }));
    expect(await hash({ a: message({ x: text }) })).not.toBe(await hash({ a: message({ "x?": text }) }));
    expect(await hash({ a: message({ x: text }) })).not.toBe(await hash({ a: message({ x: { const: "title" } }) }));
  });

  test("lets a client accept members that the document forbids, and holds a server to them", async () => {
    const closed = { payload: { type: "object", properties: { a: text }, additionalProperties: false } };
    const { toServer, toClient } = await only(asyncapi3({ receive: { ask: closed }, send: { tell: closed } }));
    expect(toServer.actions[0]?.accepts).toBeUndefined();
    expect(toClient.actions[0]?.accepts).toBe("TellTolerant");
  });

  test("opens no schema below a not, since that would accept less", async () => {
    const payload = { type: "object", not: { properties: { a: text }, required: ["a"], additionalProperties: false } };
    expect((await only(asyncapi3({ send: { tell: { payload } } }))).toClient.actions[0]?.accepts).toBeUndefined();
  });
});
