/**
 * What the readers make of each clause of the specifications: one row per clause, with its address.
 */
import { describe, expect, test } from "vitest";
import type { Action, Connection, Contract } from "../generator/index.js";
import { contractOf } from "./support/documents.js";

const V2 = "https://www.asyncapi.com/docs/reference/specification/v2.6.0";
const V3 = "https://www.asyncapi.com/docs/reference/specification/v3.0.0";
const WS = "https://github.com/asyncapi/bindings/tree/master/websockets";

type Row = readonly [
  clause: string,
  says: string,
  document: string,
  look: (contract: Contract) => unknown,
  is: unknown,
];

const first = ({ connections }: Contract): Connection => {
  const [connection] = connections;
  if (!connection) throw new Error("no connection");
  return connection;
};
const heard = (contract: Contract): readonly Action[] => first(contract).toServer.actions;
const said = (contract: Contract): readonly Action[] => first(contract).toClient.actions;
const titles = (actions: readonly Action[]): string[] => actions.map(({ title }) => title);
const schema = (contract: Contract, name: string): unknown => contract.types.find((type) => type.name === name)?.schema;

/** An AsyncAPI 2 document whose one channel is as given. */
const two = (channel: string, more = ""): string => `
asyncapi: 2.6.0
info: { title: Two, version: "2", description: Words. }
servers: { s: { url: "wss://example.com/base", protocol: wss, description: Live. } }
channels: { /c: ${channel} }
${more}`;

/** An AsyncAPI 3 document of one channel with the messages a and b. */
const three = (operations: string, more = "", channel = ""): string => `
asyncapi: 3.0.0
info: { title: Three, version: "3" }
servers: { s: { host: "example.com:8080", pathname: /base, protocol: wss } }
channels:
  c:
    address: /c
    messages:
      a: { payload: { type: object, required: [t], properties: { t: { const: a } } } }
      b: { payload: { type: object, required: [t], properties: { t: { const: b } } } }
    ${channel}
operations: ${operations}
${more}`;

const receive = '{ o: { action: receive, channel: { $ref: "#/channels/c" } } }';
const message = (text: string): string =>
  two(`{ publish: { operationId: op, message: { name: m, payload: { type: object }, ${text} } } }`);

const secured = (requirements: string): string =>
  two(
    "{ publish: { message: { payload: {} } } }",
    "components: { securitySchemes: { key: { type: httpApiKey, in: query, name: k, description: Yours. }, " +
      "login: { type: http, scheme: basic }, bearer: { type: http, scheme: bearer } } }",
  ).replace("protocol: wss,", `protocol: wss, security: ${requirements},`);

const rows: readonly Row[] = [
  // The document
  [
    `${V2}#infoObject`,
    "title, version and description",
    two("{ publish: { message: { payload: {} } } }"),
    (c) => [c.title, c.version, c.doc],
    ["Two", "2", "Words."],
  ],
  [`${V2}#A2SVersionString`, "the version", message(""), (c) => c.source, { format: "asyncapi", version: "2.6.0" }],
  [`${V3}#infoObject`, "title and version", three(receive), (c) => [c.title, c.version], ["Three", "3"]],
  // Servers
  [
    `${V2}#serverObject`,
    "url, protocol, description",
    message(""),
    (c) => first(c).servers,
    [{ key: "s", url: "wss://example.com/base", doc: "Live.", variables: [] }],
  ],
  [
    `${V3}#serverObject`,
    "host, pathname, protocol",
    three(receive),
    (c) => first(c).servers,
    [{ key: "s", url: "wss://example.com:8080/base", variables: [] }],
  ],
  [
    `${V3}#serverVariableObject`,
    "default and enum",
    three(receive).replace(
      '"example.com:8080"',
      '"{r}.example.com", variables: { r: { enum: [eu, us], default: eu, description: Where. } }',
    ),
    (c) => first(c).servers[0]?.variables,
    [{ name: "r", doc: "Where.", default: "eu", values: ["eu", "us"] }],
  ],
  [
    `${V2}#serverVariableObject`,
    "default, enum and description",
    message("").replace(
      'url: "wss://example.com/base"',
      'url: "wss://{r}.example.com", variables: { r: { enum: [eu, us], default: eu, description: Where. } }',
    ),
    (c) => first(c).servers[0]?.variables,
    [{ name: "r", doc: "Where.", default: "eu", values: ["eu", "us"] }],
  ],
  // Security
  [
    `${V2}#securityRequirementObject`,
    "a list of names by scheme: all of one requirement, one of several",
    secured("[ { key: [], login: [] }, { bearer: [] } ]"),
    (c) => first(c).security.map((way) => way.map(({ key }) => key)),
    [["key", "login"], ["bearer"]],
  ],
  [
    `${V2}#securitySchemeObject`,
    "type, in, name, scheme and description",
    secured("[ { key: [], login: [], bearer: [] } ]"),
    (c) => first(c).security[0],
    [
      { key: "key", doc: "Yours.", place: { in: "query", name: "k" } },
      { key: "login", place: { in: "header", name: "Authorization", basic: "login" } },
      { key: "bearer", place: { in: "header", name: "Authorization", prefix: "Bearer " } },
    ],
  ],
  [
    `${V3}#securitySchemeObject`,
    "a list of schemes, of which one is needed",
    three(
      receive,
      "components: { securitySchemes: { key: { type: httpApiKey, in: header, name: X-Key }, bearer: { type: http, scheme: bearer } } }",
    ).replace(
      "protocol: wss }",
      'protocol: wss, security: [ { $ref: "#/components/securitySchemes/key" }, { $ref: "#/components/securitySchemes/bearer" } ] }',
    ),
    (c) => first(c).security.map((way) => way.map(({ place }) => place)),
    [[{ in: "header", name: "X-Key" }], [{ in: "header", name: "Authorization", prefix: "Bearer " }]],
  ],
  // Channels
  [`${V2}#channelsObject`, "the key is the address", message(""), (c) => first(c).path, "/c"],
  [
    `${V2}#channelItemObject`,
    "servers: a subset",
    two("{ servers: [s], publish: { message: { payload: {} } } }").replace(
      "protocol: wss,",
      "protocol: wss }, other: { url: ws://o, protocol: ws,",
    ),
    (c) => first(c).servers.map(({ key }) => key),
    ["s"],
  ],
  [
    `${V2}#parameterObject`,
    "description, and enum and default of its schema",
    two(
      "{ parameters: { id: { description: Which., schema: { type: string, enum: [x, y], default: x } } }, publish: { message: { payload: {} } } }",
    ).replace("/c:", '"/c/{id}":'),
    (c) => first(c).parameters,
    [{ name: "id", doc: "Which.", default: "x", values: ["x", "y"] }],
  ],
  [`${V3}#channelObject`, "address", three(receive), (c) => first(c).path, "/c"],
  [
    `${V3}#channelObject`,
    "address: null, one that is not known, is the server's own",
    three(receive).replace("address: /c", "address: null"),
    (c) => [first(c).path, c.addresses],
    ["", "topics"],
  ],
  [
    `${V3}#channelObject`,
    "servers: a subset",
    three(receive, "", 'servers: [ { $ref: "#/servers/s" } ]').replace(
      "protocol: wss }",
      "protocol: wss }, o: { host: o, protocol: ws }",
    ),
    (c) => first(c).servers.map(({ key }) => key),
    ["s"],
  ],
  [
    `${V3}#parameterObject`,
    "enum, default and description",
    three(receive, "", "parameters: { id: { enum: [x], default: x, description: Which. } }").replace(
      "address: /c",
      'address: "/c/{id}"',
    ),
    (c) => first(c).parameters,
    [{ name: "id", doc: "Which.", default: "x", values: ["x"] }],
  ],
  [
    `${WS}#channel`,
    "query and headers",
    two(
      "{ bindings: { ws: { query: { type: object, properties: { q: { type: string } } }, headers: { type: object, required: [h], properties: { h: { type: string } } } } }, publish: { message: { payload: {} } } }",
    ),
    (c) => [first(c).query, first(c).headers],
    [
      { type: "TwoQuery", optional: true },
      { type: "TwoHeaders", optional: false },
    ],
  ],
  [
    `${WS}#channel`,
    "query and headers, under AsyncAPI 3",
    three(
      receive,
      "",
      "bindings: { ws: { query: { type: object, properties: { q: { type: string } } }, headers: { type: object, required: [h], properties: { h: { type: string } } } } }",
    ),
    (c) => [first(c).query, first(c).headers],
    [
      { type: "ThreeQuery", optional: true },
      { type: "ThreeHeaders", optional: false },
    ],
  ],
  // Operations
  [
    `${V2}#operationObject`,
    "publish: what the server hears",
    two("{ publish: { message: { name: m, payload: {} } } }"),
    (c) => titles(heard(c)),
    ["m"],
  ],
  [
    `${V2}#operationObject`,
    "subscribe: what the server says",
    two("{ subscribe: { message: { name: m, payload: {} } } }"),
    (c) => titles(said(c)),
    ["m"],
  ],
  [
    `${V2}#operationObject`,
    "message: oneOf several",
    two(
      "{ publish: { message: { oneOf: [ { name: m, payload: { const: 1 } }, { name: n, payload: { const: 2 } } ] } } }",
    ),
    (c) => titles(heard(c)),
    ["m", "n"],
  ],
  [
    `${V2}#operationObject`,
    "operationId names a message without a name",
    two("{ publish: { operationId: op, message: { payload: {} } } }"),
    (c) => titles(heard(c)),
    ["op"],
  ],
  [`${V3}#operationObject`, "receive: what the server hears", three(receive), (c) => titles(heard(c)), ["a", "b"]],
  [
    `${V3}#operationObject`,
    "send: what the server says",
    three(receive.replace("receive", "send")),
    (c) => titles(said(c)),
    ["a", "b"],
  ],
  [
    `${V3}#operationObject`,
    "messages: a subset of the channel's",
    three(
      '{ o: { action: receive, channel: { $ref: "#/channels/c" }, messages: [ { $ref: "#/channels/c/messages/b" } ] } }',
    ),
    (c) => titles(heard(c)),
    ["b"],
  ],
  [
    `${V3}#operationTraitObject`,
    "traits never override the operation",
    three(
      `{ o: { action: receive, channel: { $ref: "#/channels/c" }, messages: [ { $ref: "#/channels/c/messages/a" } ], summary: Mine., traits: [ { summary: Theirs., description: More. } ] } }`,
    ),
    (c) => heard(c)[0]?.doc?.text,
    "Mine.\n\nMore.",
  ],
  [
    `${V3}#operationReplyObject`,
    "messages: what answers",
    three(
      '{ o: { action: receive, channel: { $ref: "#/channels/c" }, messages: [ { $ref: "#/channels/c/messages/a" } ], reply: { messages: [ { $ref: "#/channels/c/messages/b" } ] } } }',
    ),
    (c) => [heard(c)[0]?.reply, titles(said(c))],
    [{ by: "order", actions: ["b"], types: ["B"] }, ["b"]],
  ],
  [
    `${V3}#correlationIdObject`,
    "location: what a request and its reply have in common",
    three(
      '{ o: { action: receive, channel: { $ref: "#/channels/c" }, messages: [ { $ref: "#/channels/c/messages/a" } ], reply: { messages: [ { $ref: "#/channels/c/messages/b" } ] } } }',
    )
      .replaceAll("payload: {", 'correlationId: { location: "$message.payload#/id" }, payload: {')
      .replaceAll("properties: {", "properties: { id: { type: integer },"),
    (c) => heard(c)[0]?.reply,
    { by: "field", request: ["id"], reply: ["id"], id: "integer", actions: ["b"], types: ["B"], bare: true },
  ],
  // Messages
  [`${V2}#messageObject`, "name", message(""), (c) => titles(heard(c)), ["m"]],
  [
    `${V2}#messageObject`,
    "messageId names a message without a name",
    two("{ publish: { message: { messageId: id, payload: {} } } }"),
    (c) => titles(heard(c)),
    ["id"],
  ],
  [
    `${V2}#messageObject`,
    "summary and description",
    message("summary: Short., description: Long."),
    (c) => heard(c)[0]?.doc,
    { text: "Short.\n\nLong." },
  ],
  [
    `${V2}#messageExampleObject`,
    "payload of examples",
    message("examples: [ { name: one, payload: { x: 1 } }, { headers: { h: 1 } } ]"),
    (c) => heard(c)[0]?.doc?.examples,
    [{ x: 1 }],
  ],
  [
    `${V2}#messageObject`,
    "contentType: how it becomes a frame",
    message("contentType: application/cbor"),
    (c) => [heard(c)[0]?.frame, first(c).codec],
    ["codec", "application/cbor"],
  ],
  [
    `${V2}#defaultContentTypeString`,
    "the content type of messages that give none",
    two("{ publish: { message: { payload: { type: object } } } }", "defaultContentType: application/cbor"),
    (c) => [heard(c)[0]?.frame, first(c).codec],
    ["codec", "application/cbor"],
  ],
  [
    `${V3}#defaultContentTypeString`,
    "the content type of messages that give none",
    three(receive, "defaultContentType: application/cbor"),
    (c) => heard(c).map(({ frame }) => frame),
    ["codec", "codec"],
  ],
  [
    `${V3}#messageObject`,
    "without a payload: an empty frame",
    three(receive, "defaultContentType: application/json").replace(/a: \{ payload.*/, "a: {}"),
    (c) => heard(c).map(({ frame, constant }) => [frame, constant]),
    [
      ["text", ""],
      [undefined, undefined],
    ],
  ],
  [
    `${V2}#messageTraitObject`,
    "traits are merged over the message",
    message("summary: Mine., traits: [ { summary: Before. }, { summary: Theirs., name: named } ]"),
    (c) => [titles(heard(c)), heard(c)[0]?.doc?.text],
    [["named"], "Theirs."],
  ],
  [
    `${V2}#operationTraitObject`,
    "traits are merged over the operation",
    two("{ publish: { traits: [ { operationId: theirs, summary: Theirs. } ], message: { payload: {} } } }"),
    (c) => [titles(heard(c)), heard(c)[0]?.doc?.text],
    [["theirs"], "Theirs."],
  ],
  [
    `${V3}#messageObject`,
    "the key names a message without a name",
    three(receive),
    (c) => heard(c).map(({ id }) => id),
    ["a", "b"],
  ],
  [
    `${V3}#messageTraitObject`,
    "traits never override the message",
    three(receive).replace(
      "a: { payload:",
      "a: { summary: Mine., traits: [ { summary: Theirs., description: More. } ], payload:",
    ),
    (c) => heard(c)[0]?.doc?.text,
    "Mine.\n\nMore.",
  ],
  [
    `${V3}#multiFormatSchemaObject`,
    "schema, in a language that is JSON Schema",
    three(receive)
      .replace("a: { payload: {", 'a: { payload: { schemaFormat: "application/schema+json;version=draft-07", schema: {')
      .replace("const: a } } } }", "const: a } } } } }"),
    (c) => schema(c, "A"),
    { type: "object", required: ["t"], properties: { t: { const: "a" } } },
  ],
  [
    `${V3}#referenceObject`,
    "anywhere it stands for what it leads to",
    three(
      '{ o: { $ref: "#/components/operations/o" } }',
      'components: { operations: { o: { action: receive, channel: { $ref: "#/channels/c" } } } }',
    ),
    (c) => titles(heard(c)),
    ["a", "b"],
  ],
];

describe("AsyncAPI", () => {
  test.each(rows)("%s: %s", async (_, __, document, look, wanted) => {
    expect(look(await contractOf(document))).toEqual(wanted);
  });
});
