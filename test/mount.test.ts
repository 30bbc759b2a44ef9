import { createServer, type IncomingMessage, request, type Server } from "node:http";
import { connect as connectTcp } from "node:net";
import type { Api } from "@actionwire/runtime";
import { type Mounted, type MountOptions, mount, type UpgradeRequest } from "@actionwire/runtime/node";
import { fakeClock } from "@actionwire/runtime/testing";
import { afterEach, describe, expect, expectTypeOf, test } from "vitest";
import { type ClientOptions, WebSocket, WebSocketServer } from "ws";
import { type ChatRoutes, ChatSender, chatRoutes, plainChat, type User, wrappedChat } from "./support/chat-api.js";
import { listen } from "./support/listen.js";
import { frame, handshake } from "./support/raw-client.js";

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

interface Setting extends Partial<MountOptions<User, ChatSender>> {
  readonly api?: Api;
  readonly routes?: Partial<ChatRoutes>;
  readonly server?: Server;
}

/** A server on a free port with a chat on it, whose only user is known by the token `secret`. */
async function serve({ api = plainChat, routes = {}, server = createServer(), ...options }: Setting = {}) {
  const asked: UpgradeRequest[] = [];
  const mounted: Mounted<ChatSender> = mount<User, ChatSender>(server, api, ChatSender, chatRoutes(routes), {
    authorize: (request) => {
      asked.push(request);
      return request.token === "secret" && { name: "ann" };
    },
    ...options,
  });
  const port = server.listening ? portOf(server) : await listen(server);
  cleanUp.push(
    () => mounted.close({ graceMs: 0 }),
    () => server.close(),
  );
  return { mounted, server, port, asked };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== "object" || !address) throw new Error("the server listens on no port");
  return address.port;
}

const AUTHORIZED = { headers: { Authorization: "Bearer secret" } };

interface Opening extends ClientOptions {
  readonly path?: string;
  readonly protocols?: readonly string[];
}

/** How an attempt to connect ended: open, refused with a status, or broken. */
type Attempt =
  | { readonly socket: WebSocket; readonly frames: string[]; readonly closed: Promise<number> }
  | { readonly status: number; readonly headers: IncomingMessage["headers"] }
  | { readonly broken: string };

function attempt(port: number, { path = "/chat", protocols = [], ...options }: Opening = AUTHORIZED): Promise<Attempt> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, [...protocols], options);
  cleanUp.push(() => socket.terminate());
  const frames: string[] = [];
  socket.on("message", (data) => frames.push(String(data)));
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  return new Promise((resolve) => {
    socket.on("open", () => resolve({ socket, frames, closed }));
    socket.on("unexpected-response", (_, response) => {
      response.resume();
      socket.terminate();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    });
    socket.on("error", ({ message }) => resolve({ broken: message }));
  });
}

async function open(port: number, opening?: Opening) {
  const ended = await attempt(port, opening);
  if (!("socket" in ended)) throw new Error(`refused: ${JSON.stringify(ended)}`);
  return ended;
}

const statusOf = async (port: number, opening?: Opening) => {
  const ended = await attempt(port, opening);
  return "status" in ended ? ended.status : ended;
};

/** Sends a frame, and waits for what comes. */
async function exchange(socket: WebSocket, frame: string): Promise<unknown> {
  const answer = new Promise<string>((resolve) => socket.once("message", (data) => resolve(String(data))));
  socket.send(frame);
  return JSON.parse(await answer);
}

const SAY = '{"action":"say","text":"hello 👋"}';
const SAID = { action: "said", text: "hello 👋" };

describe("authorisation", () => {
  test("an authorised client talks, and the routes know who it is", async () => {
    const { port } = await serve({
      routes: { say: (_, { user, client }) => client.sendSaid({ text: user.name }) },
    });
    const { socket } = await open(port);
    expect(await exchange(socket, SAY)).toEqual({ action: "said", text: "ann" });
  });

  test.each([
    ["in the Authorization header, whatever its scheme's case", { headers: { Authorization: "bearer secret" } }],
    ["in the query", { path: "/chat?access_token=secret" }],
    [
      "as the name of a subprotocol",
      { protocols: ["actionwire", `actionwire.bearer.${Buffer.from("secret").toString("base64url")}`] },
    ],
  ])("a token may travel %s", async (_, opening) => {
    const { port, asked } = await serve();
    const { socket } = await open(port, opening);
    expect(asked).toMatchObject([{ token: "secret", remoteAddress: "127.0.0.1" }]);
    expect(socket.protocol).toBe("protocols" in opening ? "actionwire" : "");
  });

  test.each([
    [{ in: "header", name: "X-Key", prefix: "Key " }, { headers: { "X-Key": "Key secret" } }],
    [{ in: "query", name: "key" }, { path: "/chat?key=secret&key=other" }],
  ] as const)("a token may travel where the document says: %j", async (token, opening) => {
    const { port } = await serve({ api: { ...plainChat, security: { key: token } } });
    await open(port, opening);
  });

  test("the subprotocol with the token in it is never said back, not even alone", async () => {
    const { port } = await serve();
    const token = `actionwire.bearer.${Buffer.from("secret").toString("base64url")}`;
    expect(await attempt(port, { protocols: [token] })).toEqual({ broken: "Server sent no subprotocol" });
  });

  test.each([undefined, false, null] as const)("who is refused with %s gets 401", async (answer) => {
    const { port, mounted } = await serve({ authorize: async () => answer });
    expect(await attempt(port)).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
    expect(mounted.connections).toBe(0);
  });

  test("a refused browser is let in and sent away with 4401, and nothing it says is heard", async () => {
    const heard: string[] = [];
    const { port, mounted } = await serve({ routes: { say: ({ text }) => heard.push(text) } });
    const ended = await open(port, { origin: `http://127.0.0.1:${port}` });
    ended.socket.send(SAY);
    expect(await ended.closed).toBe(4401);
    expect([heard, ended.frames, mounted.connections]).toEqual([[], [], 0]);
  });

  test("a refused browser may write what it likes", async () => {
    const { port } = await serve();
    const hostile = connectTcp(port, "127.0.0.1");
    const ended = new Promise((resolve) => hostile.on("close", resolve));
    hostile.resume();
    const opening = Buffer.from(handshake("/chat", "Origin: http://127.0.0.1"));
    hostile.write(Buffer.concat([opening, frame("no mask", { masked: false })]));
    await ended;
    await open(port);
  });

  test("an authorize that fails is a 500, and is told", async () => {
    const errors: unknown[] = [];
    const onError = (error: unknown) => void errors.push(error);
    const fail = () => {
      throw new Error("no database");
    };
    const { port, server } = await serve({ authorize: fail, onError });
    await serve({ authorize: () => Promise.reject("no database"), onError, server, path: "/other" });
    expect(await statusOf(port)).toBe(500);
    expect(await statusOf(port, { path: "/other" })).toBe(500);
    expect(errors).toEqual([new Error("no database"), "no database"]);
  });

  test("an authorize that hangs is a 503 after its time", async () => {
    const clock = fakeClock();
    const asked = later();
    const { port } = await serve({
      clock,
      authorize: () => {
        asked.resolve(undefined);
        return new Promise(() => {});
      },
    });
    const ended = attempt(port);
    await asked.promise;
    await clock.advance(10_000);
    expect(await ended).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
  });

  test("a client that is gone while it is authorised ends nothing", async () => {
    const asked = later();
    const answer = later<User>();
    const { port, mounted, server } = await serve({
      authorize: ({ token }) => {
        if (token) return { name: "bob" };
        asked.resolve(undefined);
        return answer.promise;
      },
    });
    const noticed = new Promise((resolve) => server.once("connection", (socket) => socket.once("close", resolve)));
    const reset = connectTcp(port, "127.0.0.1");
    reset.write(handshake("/chat"));
    await asked.promise;
    reset.resetAndDestroy();
    await noticed;
    answer.resolve({ name: "ann" });
    const { socket } = await open(port);
    expect(await exchange(socket, SAY)).toEqual(SAID);
    expect(mounted.connections).toBe(1);
  });

  test("what a client says in the same breath as its opening is heard once it is in", async () => {
    const answer = later<User>();
    const heard = later<string>();
    const { port } = await serve({
      authorize: () => answer.promise,
      routes: { say: ({ text }) => heard.resolve(text) },
    });
    const eager = connectTcp(port, "127.0.0.1");
    cleanUp.push(() => eager.destroy());
    eager.write(Buffer.concat([Buffer.from(handshake("/chat")), frame('{"action":"say","text":"early"}')]));
    setImmediate(() => answer.resolve({ name: "ann" }));
    expect(await heard.promise).toBe("early");
  });

  test('"anyone" asks nobody, where the user may be undefined', async () => {
    const server = createServer();
    const mounted = mount(server, plainChat, ChatSender, chatRoutes(), { authorize: "anyone" });
    const port = await listen(server);
    cleanUp.push(
      () => mounted.close(),
      () => server.close(),
    );
    await open(port, {});
    expectTypeOf<"anyone">().toExtend<MountOptions<unknown>["authorize"]>();
    expectTypeOf<"anyone">().not.toExtend<MountOptions<User>["authorize"]>();
  });
});

describe("origins", () => {
  const from = (origin: string) => ({ ...AUTHORIZED, origin });

  test("a page of another host is refused before it is asked who it is", async () => {
    const { port, asked } = await serve();
    for (const origin of ["https://evil.example", `http://127.0.0.1:${port}.evil.example`, "null", "file://", "?"]) {
      expect(await statusOf(port, from(origin))).toBe(403);
    }
    expect(asked).toEqual([]);
  });

  test("pages of this host, those listed, and programs that are no pages may come", async () => {
    const { port } = await serve({ origins: ["https://app.example.com", "null"] });
    for (const origin of [`http://127.0.0.1:${port}`, "https://app.example.com", "null"])
      await open(port, from(origin));
    await open(port);
    expect(await statusOf(port, from("https://app.example.com.evil.example"))).toBe(403);
  });

  test("a default port makes no difference", async () => {
    const { port } = await serve();
    const headers = { ...AUTHORIZED.headers, Host: "chat.example:443" };
    await open(port, { headers, origin: "https://chat.example" });
    expect(await statusOf(port, { headers, origin: "http://chat.example" })).toBe(403);
  });

  test('"any" lets every page in', async () => {
    const { port } = await serve({ origins: "any" });
    await open(port, from("https://evil.example"));
  });
});

describe("beside others", () => {
  test("HTTP requests reach the server's own handler, also on the path of the chat", async () => {
    const { port } = await serve({ server: createServer((_, response) => void response.end("page")) });
    const text = await fetch(`http://127.0.0.1:${port}/chat`).then((response) => response.text());
    expect(text).toBe("page");
  });

  test("a path that is nobody's gets 404", async () => {
    const { port } = await serve();
    for (const path of ["/", "/other", "/chat/", "/chat/x", "/%63hat", "//chat", "/chat%2f"]) {
      expect(await statusOf(port, { ...AUTHORIZED, path })).toBe(404);
    }
  });

  test("a path that is nobody's is left to other upgrade listeners", async () => {
    const server = createServer();
    const other = new WebSocketServer({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      if (request.url !== "/hot-reload") return;
      other.handleUpgrade(request, socket, head, (ws) => ws.on("message", () => ws.send('"other"')));
    });
    const { port } = await serve({ server });
    const { socket } = await open(port, { path: "/hot-reload" });
    expect(await exchange(socket, "")).toBe("other");
    const chat = await open(port);
    expect(await exchange(chat.socket, SAY)).toEqual(SAID);
  });

  test("several APIs share a server, each on its path, the most exact first", async () => {
    const echo = (name: string): Partial<ChatRoutes> => ({
      say: (_, { client, parameters }) => client.sendSaid({ text: `${name} ${parameters["room"]}` }),
    });
    const { server, port } = await serve({ path: "/rooms/{room}", routes: echo("room") });
    const lobby = await serve({ server, path: "/rooms/lobby", routes: echo("lobby") });
    const texts: unknown[] = [];
    for (const path of ["/rooms/lobby", "/rooms/a%20%2F%C3%A9?x=1"]) {
      texts.push(await exchange((await open(port, { ...AUTHORIZED, path })).socket, SAY));
    }
    expect(texts).toMatchObject([{ text: "lobby undefined" }, { text: "room a /é" }]);
    expect(await statusOf(port, { ...AUTHORIZED, path: "/rooms/%E0%A4%A" })).toBe(404);
    await lobby.mounted.close();
    expect(server.listenerCount("upgrade")).toBe(1);
  });

  test("routes know the parameters, query and headers of the opening request, and nothing else by accident", async () => {
    const { port, asked } = await serve({
      path: "/{room}",
      routes: {
        say: (_, { client, parameters, query, headers }) =>
          client.sendSaid({
            text: JSON.stringify([parameters["room"], query["a"], headers["x-y"], query["toString"]]),
          }),
      },
    });
    const { socket } = await open(port, {
      path: "/lobby?a=1&a=2&__proto__=x",
      headers: { ...AUTHORIZED.headers, "X-Y": "z" },
    });
    expect(await exchange(socket, SAY)).toMatchObject({ text: '["lobby","1","z",null]' });
    expect(Object.entries(asked[0]?.query ?? {})).toContainEqual(["__proto__", "x"]);
  });

  test("the path lies below that of the document's server", async () => {
    const servers = { live: { url: "wss://{host}/v{version}/" }, local: { url: "ws://localhost" } };
    const { port } = await serve({ api: { ...plainChat, servers } });
    for (const path of ["/v2/chat", "/chat"]) await open(port, { ...AUTHORIZED, path });
    expect(await statusOf(port, { ...AUTHORIZED, path: "/v2" })).toBe(404);
  });

  test("the path is what a client dials: left out where that of the document's server ends with it", async () => {
    const servers = { whole: { url: "wss://chat/a/chat/" }, part: { url: "ws://host/xchat?x" } };
    const { port } = await serve({ api: { ...plainChat, servers } });
    for (const path of ["/a/chat", "/xchat/chat"]) await open(port, { ...AUTHORIZED, path });
    for (const path of ["/a/chat/chat", "/xchat"]) expect(await statusOf(port, { ...AUTHORIZED, path })).toBe(404);
    const topics = await serve({ api: { ...plainChat, path: "", servers: { one: { url: "ws://host/live/" } } } });
    await open(topics.port, { ...AUTHORIZED, path: "/live/" });
  });

  test("a framework that keeps its server to itself may hand upgrades over", async () => {
    const { EventEmitter } = await import("node:events");
    const server = createServer();
    const mounted = mount(new EventEmitter(), plainChat, ChatSender, chatRoutes(), { authorize: "anyone" });
    server.on("upgrade", (request, socket, head) => mounted.handleUpgrade(request, socket, head));
    const port = await listen(server);
    cleanUp.push(
      () => mounted.close(),
      () => server.close(),
    );
    expect(await exchange((await open(port)).socket, SAY)).toEqual(SAID);
    expect(await statusOf(port, { path: "/other" })).toBe(404);
  });

  test("an upgrade to something else, or with a bad handshake, is a 400", async () => {
    const { port } = await serve();
    for (const headers of [
      { Upgrade: "h2c" },
      { Upgrade: "websocket" },
      { Upgrade: "websocket", "Sec-WebSocket-Key": "x" },
    ]) {
      const status = await new Promise((resolve) => {
        request({ port, path: "/chat", headers: { ...AUTHORIZED.headers, Connection: "Upgrade", ...headers } })
          .on("response", (response) => resolve(response.statusCode))
          .end();
      });
      expect(status).toBe(400);
    }
  });

  test("no more connections than allowed are let in", async () => {
    const { port } = await serve({ maxConnections: 1 });
    const { socket, closed } = await open(port);
    expect(await statusOf(port)).toBe(503);
    socket.close();
    await closed;
    await expect.poll(() => attempt(port)).toHaveProperty("socket");
  });
});

describe("talking", () => {
  test("all and topics are spoken to from outside of any handler", async () => {
    const { port, mounted } = await serve({ routes: { say: ({ text }, { join }) => join(text) } });
    const [ann, bob] = [await open(port), await open(port)];
    ann.socket.send('{"action":"say","text":"room"}');
    expect(mounted.connections).toBe(2);
    await exchange(ann.socket, '{"action":"count"}');
    await mounted.topic("room").sendSaid({ text: "to the room" });
    await mounted.all.sendSaid({ text: "to all" });
    await expect
      .poll(() => [ann.frames.slice(1), bob.frames])
      .toEqual([
        ['{"action":"said","text":"to the room"}', '{"action":"said","text":"to all"}'],
        ['{"action":"said","text":"to all"}'],
      ]);
  });

  test("many messages at once are all handled, in order, though reading was paused between", async () => {
    const { port } = await serve({ maxQueued: 4, rate: { perSecond: 20_000, burst: 100 } });
    const { socket, frames } = await open(port);
    const texts = Array.from({ length: 3000 }, (_, n) => `${n}`);
    for (const text of texts) socket.send(JSON.stringify({ action: "say", text }));
    await expect.poll(() => frames.length, { timeout: 5000 }).toBe(3000);
    expect(frames).toEqual(texts.map((text) => JSON.stringify({ action: "said", text })));
  });

  test("a client that answers no ping is terminated", async () => {
    const clock = fakeClock();
    const { port, mounted } = await serve({ clock });
    const deaf = await open(port, { ...AUTHORIZED, autoPong: false });
    const lively = await open(port);
    const pinged = Promise.all(
      [deaf, lively].map(({ socket }) => new Promise((resolve) => socket.on("ping", resolve))),
    );
    await clock.advance(30_000);
    await pinged;
    await exchange(lively.socket, SAY); // its pong is in by now
    await clock.advance(30_000);
    expect(await deaf.closed).toBe(1006);
    expect(lively.socket.readyState).toBe(WebSocket.OPEN);
    await expect.poll(() => mounted.connections).toBe(1);
  });
});

describe("closing", () => {
  test("handlers at work end, clients see 1012, newcomers 503, and the server goes on without the chat", async () => {
    const working = later();
    const hold = later();
    const { port, mounted, server } = await serve({
      api: wrappedChat,
      routes: {
        count: async () => {
          working.resolve(undefined);
          await hold.promise;
          return { number: 1 };
        },
      },
      server: createServer((_, response) => void response.end("page")),
    });
    const { socket, frames, closed } = await open(port);
    socket.send('{"action":"count","id":"r1"}');
    await working.promise;
    const done = mounted.close();
    expect(await attempt(port)).toMatchObject({ status: 503, headers: { "retry-after": "5" } });
    hold.resolve(undefined);
    expect(await closed).toBe(1012);
    expect(frames).toEqual(['{"action":"count","id":"r1","payload":{"number":1}}']);
    await done;
    await mounted.close();
    expect([mounted.connections, server.listenerCount("upgrade")]).toEqual([0, 0]);
    expect(await fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())).toBe("page");
  });

  test("a client that does not answer the close is terminated", async () => {
    const clock = fakeClock();
    const { port, mounted } = await serve({ clock });
    const stubborn = connectTcp(port, "127.0.0.1");
    cleanUp.push(() => stubborn.destroy());
    stubborn.write(handshake("/chat", "Authorization: Bearer secret"));
    await expect.poll(() => mounted.connections).toBe(1);
    stubborn.pause();
    const done = mounted.close({ graceMs: 0 });
    await clock.advance(1000);
    await done;
    expect(mounted.connections).toBe(0);
  });
});

/** A promise settled from outside. */
function later<T = unknown>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: (value: T) => resolve(value) };
}
