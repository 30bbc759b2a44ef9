import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Duplex } from "node:stream";
import type { ConnectionState, Transport } from "@actionwire/runtime";
import { wsTransport } from "@actionwire/runtime/ws";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocketServer } from "ws";
import { listen } from "./support/listen.js";
import { plain, TalkClient } from "./support/talk.js";
import { Ear } from "./support/transport-suite.js";

let http: Server;
let server: WebSocketServer;
const clients: TalkClient[] = [];
const raw: Duplex[] = [];

/** A server that answers the opening request in its own way; without one it accepts. */
async function serve(answer?: (request: IncomingMessage, socket: Duplex) => void): Promise<string> {
  http = createServer();
  server = new WebSocketServer({ noServer: true });
  http.on("upgrade", (request, socket, head) => {
    socket.on("error", () => {});
    raw.push(socket);
    if (answer) answer(request, socket);
    else server.handleUpgrade(request, socket, head, (open) => server.emit("connection", open, request));
  });
  return `ws://127.0.0.1:${await listen(http)}`;
}

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const socket of server.clients) socket.terminate();
  for (const socket of raw.splice(0)) socket.destroy();
  await new Promise((done) => http.close(done));
});

const answers =
  (status: string, ...headers: string[]) =>
  (_: IncomingMessage, socket: Duplex) =>
    socket.end(`HTTP/1.1 ${[status, ...headers, "Connection: close", "Content-Length: 0"].join("\r\n")}\r\n\r\n`);

async function dialled(url: string, transport: Transport = wsTransport()): Promise<Ear> {
  const ear = new Ear();
  transport.dial({ url, protocols: [], headers: {} }, ear);
  await ear.until("lost");
  return ear;
}

function client(url: string, options: ConstructorParameters<typeof TalkClient>[1] = {}): TalkClient {
  const made = new TalkClient(plain, { url, transport: wsTransport(), ...options });
  clients.push(made);
  return made;
}

const reached = (made: TalkClient, at: ConnectionState["at"]): Promise<ConnectionState> =>
  new Promise((resolve) => {
    if (made.state.at === at) return resolve(made.state);
    const undo = made.watch((state) => {
      if (state.at !== at) return;
      undo();
      resolve(state);
    });
  });

describe("over ws", () => {
  test("an HTTP answer instead of an upgrade is told with its status and Retry-After", async () => {
    const url = await serve(answers("503 Service Unavailable", "Retry-After: 7"));
    const ear = await dialled(url);
    expect(ear.heard).toEqual(["lost"]);
    expect(ear.ending).toEqual({ code: 1006, reason: "Service Unavailable", status: 503, retryAfter: "7" });
  });

  test("a socket that says nothing is given up in time", async () => {
    const url = await serve(() => {});
    const ear = await dialled(url, wsTransport({ handshakeTimeout: 50 }));
    expect(ear.ending?.code).toBe(1006);
  });

  test("an answer that is no HTTP ends like any other", async () => {
    const url = await serve((_, socket) => socket.end("hello\r\n\r\n"));
    expect((await dialled(url)).ending).toMatchObject({ code: 1006, reason: "HPE_INVALID_CONSTANT" });
  });

  test("a message beyond the bound closes the connection and reaches nobody", async () => {
    const url = await serve();
    server.on("connection", (socket) => socket.send("x".repeat(2_000)));
    const ear = await dialled(url, wsTransport({ maxPayload: 1_000 }));
    expect(ear.heard).toEqual(["opened", "lost"]);
  });

  test("three times 401 stops a client, which says so", async () => {
    let count = 0;
    const url = await serve((request, socket) => {
      count++;
      answers("401 Unauthorized")(request, socket);
    });
    const made = client(url, { backoff: { base: 1 }, token: () => "wrong" });
    made.connect();
    expect(await reached(made, "stopped")).toMatchObject({
      reason: { kind: "unauthorized", status: 401, refusals: 3 },
    });
    expect(count).toBe(3);
  });

  test("a token and headers arrive with the opening request, at the path", async () => {
    const url = await serve();
    const opening = new Promise<IncomingMessage>((got) => server.on("connection", (_, request) => got(request)));
    client(url, { token: () => "t", headers: { "X-Trace": "1" }, query: { v: 2 } }).connect();
    const { headers, url: path } = await opening;
    expect([headers["authorization"], headers["x-trace"], path]).toEqual(["Bearer t", "1", "/talk?v=2"]);
  });

  test("a token is offered as a subprotocol, and the answer accepted", async () => {
    const url = await serve();
    const offered = new Promise<string | undefined>((got) =>
      server.on("connection", (_, request) => got(request.headers["sec-websocket-protocol"])),
    );
    const made = client(url, { token: () => "ü", tokenIn: "subprotocol" });
    made.connect();
    expect(await offered).toBe("actionwire,actionwire.bearer.w7w");
    await reached(made, "open");
  });

  test("what waits leaves in order when the server is back", async () => {
    const url = await serve();
    const received: string[] = [];
    let first = true;
    const three = new Promise<void>((done) =>
      server.on("connection", (socket) => {
        socket.on("message", (data) => {
          received.push(String(data));
          if (received.length === 3) done();
        });
        if (first) setTimeout(() => socket.terminate(), 5);
        first = false;
      }),
    );
    const made = client(url, { backoff: { base: 20 } });
    made.connect();
    await reached(made, "waiting");
    for (const text of ["a", "b", "c"]) made.sendSay(text);
    await three;
    expect(received.map((frame) => (JSON.parse(frame) as { text: string }).text)).toEqual(["a", "b", "c"]);
  });

  test("more than the network takes at once arrives whole and in order", async () => {
    const url = await serve();
    const count = 900;
    const received: number[] = [];
    const all = new Promise<void>((done) =>
      server.on("connection", (socket) =>
        socket.on("message", (data) => {
          received.push((JSON.parse(String(data)) as { text: string }).text.length);
          if (received.length === count) done();
        }),
      ),
    );
    const made = client(url, { outbox: { maxBytes: 10_000_000 } });
    for (let n = 0; n < count; n++) made.sendSay("x".repeat(5_000 + n));
    await all;
    expect(received).toEqual(received.map((_, n) => 5_000 + n));
  });

  test("a server that knows no ping is left alone by a transport told so", async () => {
    const transport = wsTransport({ pings: false });
    const url = await serve();
    const made = client(url, { transport });
    made.connect();
    expect(await reached(made, "open")).toMatchObject({ heartbeat: "off" });
  });
});
