import { createServer } from "node:http";
import { type Api, Client, type ClientOptions } from "@actionwire/runtime";
import { mount, type UpgradeRequest } from "@actionwire/runtime/node";
import { Sender } from "@actionwire/runtime/server";
import { fakeClock, fakeLifecycle, memoryNetwork } from "@actionwire/runtime/testing";
import { wsTransport } from "@actionwire/runtime/ws";
import { describe, expect, onTestFinished, test } from "vitest";
import type { ExchangeOptions } from "../examples/exchange/generated/client.js";
import { emit } from "../generator/index.js";
import { readOf } from "./support/documents.js";
import { listen } from "./support/listen.js";

const SCHEMES = `
    bearer: { type: http, scheme: Bearer, description: A token. }
    digest: { type: http, scheme: Digest }
    basic: { type: http, scheme: basic }
    query: { type: httpApiKey, in: query, name: key }
    header: { type: httpApiKey, in: header, name: X-Key }
    cookie: { type: httpApiKey, in: cookie, name: sid }
    user: { type: apiKey, in: user }
    password: { type: apiKey, in: password }
    login: { type: userPassword }
    oauth: { type: oauth2, flows: {} }
    oidc: { type: openIdConnect, openIdConnectUrl: "https://example.com" }
    x509: { type: X509 }
    scram: { type: scramSha256 }
    nameless: { type: httpApiKey, in: header }`;

const two = (server: string, operation = "") => `
asyncapi: 2.6.0
info: { title: T, version: "1" }
servers: { s: { url: example.com, protocol: wss, ${server} } }
channels: { /: { subscribe: { ${operation} message: { payload: {} } } } }
components:
  securitySchemes:${SCHEMES}`;

const three = (server: string, operation = "") => `
asyncapi: 3.0.0
info: { title: T, version: "1" }
servers: { s: { host: example.com, protocol: wss, ${server} } }
channels: { c: { address: /, messages: { m: { payload: {} } } } }
operations: { o: { action: send, channel: { $ref: "#/channels/c" }, ${operation} } }
components:
  securitySchemes:${SCHEMES}`;

const listed = (...names: string[]) =>
  `security: [${names.map((name) => `{ $ref: "#/components/securitySchemes/${name}" }`).join(", ")}]`;

async function waysIn(document: string) {
  const { contract, warnings } = await readOf(document);
  const ways = contract.connections[0]?.security ?? [];
  return { ways, keys: ways.map((way) => way.map(({ key }) => key)), warnings };
}

describe("credentials that a document requires", () => {
  const words = "The document requires one of them, or a cookie.";
  const second = (security: string) =>
    two("security: [{ bearer: [] }]").replace(
      "servers: {",
      `servers: { t: { url: b.example, protocol: wss, ${security} },`,
    );

  test.each([
    ["2: every server asks", two("security: [{ bearer: [] }, { query: [] }]"), true],
    ["2: two servers do", second("security: [{ query: [] }]"), true],
    ["2: another server does not", second(""), false],
    ["2: one of the ways is to say nothing", two("security: [{ bearer: [] }, {}]"), false],
    ["2: one of the ways is nothing that can be sent", two("security: [{ bearer: [] }, { x509: [] }]"), false],
    ["2: only an operation asks", two("", "security: [{ query: [] }],"), false],
    ["3: every server asks", three(listed("bearer", "query")), true],
    ["3: one of the ways is nothing that can be sent", three(listed("bearer", "x509")), false],
    ["3: only an operation asks", three("", listed("query")), false],
  ])("are said to be, and stay optional: %s", async (_, document, isSaid) => {
    const client = (await emit((await readOf(document)).contract)).get("client.ts") ?? "";
    expect(client).toMatch(/^ {2}credentials\?: /m);
    expect(client.includes(words)).toBe(isSaid);
  });
});

describe("the schemes that a document asks for", () => {
  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#securitySchemeObject
  const authorization = { in: "header", name: "Authorization" };
  test.each([
    ["bearer", { ...authorization, prefix: "Bearer " }],
    ["digest", { ...authorization, prefix: "Digest " }],
    ["basic", { ...authorization, basic: "login" }],
    ["query", { in: "query", name: "key" }],
    ["header", { in: "header", name: "X-Key" }],
    ["cookie", { in: "header", name: "Cookie", prefix: "sid=" }],
    ["user", { ...authorization, basic: "user" }],
    ["password", { ...authorization, basic: "password" }],
    ["login", { ...authorization, basic: "login" }],
    ["oauth", { ...authorization, prefix: "Bearer " }],
    ["oidc", { ...authorization, prefix: "Bearer " }],
  ])("have their places in the opening request: %s", async (name, place) => {
    for (const document of [two(`security: [{ ${name}: [] }]`), three(listed(name))]) {
      const { ways, warnings } = await waysIn(document);
      expect(ways).toMatchObject([[{ key: name, place }]]);
      expect(warnings).toEqual([]);
    }
  });

  test.each([
    "x509",
    "scram",
    "nameless",
  ])("that no opening request carries are a warning with its place: %s", async (name) => {
    for (const document of [two(`security: [{ ${name}: [] }]`), three(listed(name))]) {
      const { keys, warnings } = await waysIn(document);
      expect(keys).toEqual([]);
      expect(warnings).toMatchObject([
        { rule: "security-scheme", place: { path: ["components", "securitySchemes", name] } },
      ]);
    }
  });

  // https://www.asyncapi.com/docs/reference/specification/v2.6.0#securityRequirementObject
  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#serverObject (security)
  // https://www.asyncapi.com/docs/reference/specification/v3.0.0#operationObject (security)
  test.each([
    [
      "2: several names in one requirement are all needed",
      two("security: [{ user: [], password: [] }]"),
      [["user", "password"]],
    ],
    ["2: of several requirements one is", two("security: [{ query: [] }, { login: [] }, {}]"), [["query"], ["login"]]],
    ["2: what cannot be sent leaves the rest", two("security: [{ x509: [], query: [] }]"), [["query"]]],
    ["2: an operation's, where servers ask for none", two("", "security: [{ query: [] }],"), [["query"]]],
    ["2: the servers', where both ask", two("security: [{ header: [] }]", "security: [{ query: [] }],"), [["header"]]],
    ["3: of several one is", three(listed("query", "login", "query")), [["query"], ["login"]]],
    ["3: an operation's, where servers ask for none", three("", listed("query")), [["query"]]],
    ["3: one that is written in place", three("security: [{ type: http, scheme: bearer }]"), [["bearer"]]],
  ])("%s", async (_, document, wanted) => {
    expect((await waysIn(document)).keys).toEqual(wanted);
  });

  test("and does not declare are a warning that knows better", async () => {
    const { warnings } = await waysIn(two("security: [{ baerer: [] }]"));
    expect(warnings).toMatchObject([{ rule: "security-scheme", hint: 'did you mean "bearer"?' }]);
  });

  test("a binding whose method opens no WebSocket is a warning", async () => {
    const document = two("").replace("/: { subscribe", "/: { bindings: { ws: { method: POST } }, subscribe");
    expect((await readOf(document)).warnings).toMatchObject([{ rule: "ws-method" }]);
    expect((await readOf(document.replace("POST", "GET"))).warnings).toEqual([]);
  });

  test("parts of an address are asked for, declared or not, and others are not", async () => {
    const { contract } = await readOf(
      two("variables: { unused: { default: x }, region: { enum: [eu, us] } }").replace(
        "example.com",
        '"{region}.example.com/{key}"',
      ),
    );
    expect(contract.connections[0]?.servers[0]?.variables).toEqual([
      { name: "region", values: ["eu", "us"] },
      { name: "key" },
    ]);
  });
});

const api: Api = {
  runtime: 1,
  title: "Vault",
  version: "1.0.0",
  hash: "0",
  servers: {},
  path: "/vault",
  security: {
    bearer: { in: "header", name: "Authorization", prefix: "Bearer " },
    key: { in: "header", name: "X-Key" },
    query: { in: "query", name: "key" },
    session: { in: "header", name: "Cookie", prefix: "sid=" },
    device: { in: "header", name: "Cookie", prefix: "did=" },
    login: { in: "header", name: "Authorization", basic: "login" },
    user: { in: "header", name: "Authorization", basic: "user" },
    password: { in: "header", name: "Authorization", basic: "password" },
  },
  toServer: { actions: {}, dispatch: null },
  toClient: { actions: {}, dispatch: null },
};

type Credentials = NonNullable<ClientOptions["credentials"]>;

/** What became of a first attempt. */
async function attempt(
  credentials: Credentials,
  { headers = true, ...more }: Omit<ClientOptions, "headers"> & { headers?: boolean } = {},
) {
  const network = memoryNetwork({ headers });
  const clock = fakeClock(0);
  const errors: unknown[] = [];
  const client = new Client(api, {
    url: "wss://test",
    transport: network.transport,
    clock,
    lifecycle: fakeLifecycle(),
    credentials,
    onError: (error, source) => void errors.push([error, source]),
    ...more,
  });
  client.connect();
  await clock.settle();
  return { dial: network.dials[0], errors, state: client.state };
}

describe("credentials", () => {
  const base64 = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

  test.each([
    ["a token", { bearer: "t" }, { Authorization: "Bearer t" }],
    ["cookies share one header", { session: "s", device: "d", key: "k" }, { Cookie: "sid=s; did=d", "X-Key": "k" }],
    [
      "a login, in UTF-8",
      { login: { username: "jürgen", password: "pä:ß" } },
      { Authorization: base64("jürgen:pä:ß") },
    ],
    ["a user and a password", { user: "ann", password: "p" }, { Authorization: base64("ann:p") }],
    ["a user alone", { user: "ann" }, { Authorization: base64("ann:") }],
    [
      "a key for the user that is a name and a secret in one",
      { user: "ann:s:3" },
      { Authorization: base64("ann:s:3") },
    ],
    ["nothing of what is undefined", { bearer: undefined, key: "k" }, { "X-Key": "k" }],
  ])("travel where the document says: %s", async (_, given, headers) => {
    expect((await attempt(() => given)).dial?.headers).toEqual(headers);
  });

  test("in the query are encoded, and need no headers", async () => {
    const { dial } = await attempt(async () => ({ query: "a&b=ü" }), { headers: false });
    expect(dial?.url).toBe("wss://test/vault?key=a%26b%3D%C3%BC");
  });

  test.each([
    [
      "a username with a colon",
      { login: { username: "secret:x", password: "" } },
      "credentials.login: a username with a colon",
    ],
    ["a text for a login", { login: "secret" }, "credentials.login: a username and a password are wanted"],
    ["a login for a text", { key: { username: "secret", password: "" } }, "credentials.key: a text is wanted"],
    ["a scheme there is not", { constructor: "secret" }, 'credentials.constructor: it is none of "bearer", "key"'],
    [
      "a cookie that would be two",
      { session: "secret; admin=1" },
      "credentials.session: it has characters that no cookie may have",
    ],
    [
      "a lone surrogate",
      { login: { username: "secret\ud800", password: "" } },
      "credentials: the login is not well-formed",
    ],
  ])("that cannot be meant stop the client without a word of them: %s", async (_, given, words) => {
    const { dial, errors, state } = await attempt(() => given as Awaited<ReturnType<Credentials>>);
    expect(dial).toBeUndefined();
    expect(state).toMatchObject({ at: "stopped", reason: { text: "the credentials cannot be used" } });
    expect(String((errors[0] as [Error])[0])).toContain(`[BAD_OPTION] ${words}`);
    expect(errors).toMatchObject([[{}, { during: "credentials" }]]);
    expect(JSON.stringify([String((errors[0] as [Error])[0]), state])).not.toContain("secret");
  });

  test("in headers are refused where none can be set, by the scheme's name", async () => {
    const { errors, state } = await attempt(() => ({ key: "secret" }), { headers: false });
    expect(state.at).toBe("stopped");
    expect(String((errors[0] as [Error])[0])).toMatch(
      /credentials\.key: it travels in a header, and this transport cannot/,
    );
    const keyed: Api = { ...api, security: { key: { in: "header", name: "X-Key" } } };
    const { transport } = memoryNetwork({ headers: false });
    const make = () => new Client(keyed, { url: "wss://test", transport, credentials: () => ({}) });
    expect(make).toThrow(/BAD_OPTION.*credentials\.key/);
  });

  test("beside a token, or where the document has no schemes, are refused at once", () => {
    const options = { url: "wss://test", transport: memoryNetwork().transport, credentials: () => ({}) };
    expect(() => new Client(api, { ...options, token: () => "t" })).toThrow(/BAD_OPTION.*token/);
    const { security, ...open } = api;
    expect(security).toBeDefined();
    expect(() => new Client(open, options)).toThrow(/BAD_OPTION.*no security scheme/);
  });

  test("are asked for before every attempt, and having none is a refusal", async () => {
    let asked = 0;
    const network = memoryNetwork();
    network.onDial = (dial) => dial.fail();
    const clock = fakeClock(0);
    const credentials = () => ({ key: `k${++asked}` });
    new Client(api, {
      url: "wss://test",
      transport: network.transport,
      clock,
      lifecycle: fakeLifecycle(),
      credentials,
    }).connect();
    await clock.advance(10_000);
    expect(network.dials.slice(0, 2).map(({ headers }) => headers)).toEqual([{ "X-Key": "k1" }, { "X-Key": "k2" }]);
  });
});

class Nobody extends Sender {}

describe("a server's authorize", () => {
  async function served(): Promise<{ port: number; asked: UpgradeRequest[] }> {
    const asked: UpgradeRequest[] = [];
    const server = createServer();
    const mounted = mount(server, api, Nobody, {}, { authorize: (request) => void asked.push(request) });
    const port = await listen(server);
    onTestFinished(async () => {
      await mounted.close();
      server.close();
    });
    return { port, asked };
  }

  test.each([
    [{ bearer: "t", query: "q ü", session: "s", device: "d" }, { token: "t" }],
    [{ login: { username: "jürgen", password: "pä:ß" }, key: "k" }, {}],
    [{ user: "ann", password: "p" }, {}],
  ])("gets what the client sent, by scheme: %j", async (given, more) => {
    const { port, asked } = await served();
    const client = new Client(api, {
      url: `ws://127.0.0.1:${port}`,
      transport: wsTransport(),
      credentials: () => given,
    });
    onTestFinished(() => void client.close());
    client.connect();
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    expect(asked[0]).toMatchObject({ ...more, credentials: given });
    expect(Object.getPrototypeOf(asked[0]?.credentials)).toBeNull();
  });

  test("gets a key that is a name and a secret in one as it was given", async () => {
    const keyed: Api = { ...api, security: { key: { in: "header", name: "Authorization", basic: "user" } } };
    const asked: UpgradeRequest[] = [];
    const server = createServer();
    const mounted = mount(server, keyed, Nobody, {}, { authorize: (request) => void asked.push(request) });
    const url = `ws://127.0.0.1:${await listen(server)}`;
    const client = new Client(keyed, { url, transport: wsTransport(), credentials: () => ({ key: "app.id:secret" }) });
    onTestFinished(async () => {
      client.close();
      await mounted.close();
      server.close();
    });
    client.connect();
    await expect.poll(() => asked[0]?.credentials).toEqual({ key: "app.id:secret" });
  });

  test.each([
    "Basic",
    "Basic ",
    "Basic !!!",
    "Basic YW5u",
    "Basic /////w==",
    "Bearer ",
    "\u00ff",
  ])("gets nothing for what is not legible: %j", async (authorization) => {
    const { port, asked } = await served();
    const headers = { Authorization: authorization, Cookie: "sid; =; did=" };
    const client = new Client(api, { url: `ws://127.0.0.1:${port}`, transport: wsTransport(), headers });
    onTestFinished(() => void client.close());
    client.connect();
    await expect.poll(() => asked.length).toBeGreaterThan(0);
    expect(Object.keys(asked[0]?.credentials ?? { none: 1 })).toEqual([]);
  });
});

test("an address with a part that only the application knows has to be given, or one of its own", () => {
  const given: ExchangeOptions[] = [
    {},
    { server: "local" },
    { server: "live", variables: { desk: "a" } },
    { url: "wss://x" },
  ];
  // @ts-expect-error the desk is missing
  given.push({ server: "live" });
  // @ts-expect-error there is no such server
  given.push({ server: "lvie" });
  // @ts-expect-error a login has a password
  given.push({ credentials: () => ({ trader: { username: "ada" } }) });
  // @ts-expect-error credentials are those of one way at least
  given.push({ credentials: () => ({}) });
  expect(given).toHaveLength(8);
});
