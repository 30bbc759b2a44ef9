/**
 * As much of an ASP.NET Core SignalR server as its client needs: negotiation, WebSockets, the JSON protocol of version 2,
 * and stateful reconnect with its sequence numbers (as in `MessageBuffer.cs`). .NET is not needed.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { load } from "../packages.js";
import type { Serving } from "../peer.js";
import type { ServerLog } from "../server-log.js";
import type { WsSocket } from "./plain-server.js";

interface WsModule {
  readonly WebSocketServer: new (options: {
    readonly noServer: true;
  }) => {
    handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, done: (socket: WsSocket) => void): void;
  };
}

const Type = { invocation: 1, completion: 3, ping: 6, close: 7, ack: 8, sequence: 9 } as const;

/** What of its messages is read here. */
interface Message {
  readonly type?: number;
  readonly invocationId?: string;
  readonly arguments?: readonly number[];
  readonly sequenceId?: number;
}

const SEPARATOR = "\x1e";
/** The defaults of the real server: acknowledgements, pings, and how long it waits for a client to come back. */
const ACK = 1_000;
const PING = 15_000;
const KEEP = 15_000;

/** A logical connection, which may outlive several WebSockets; not this process. */
class Connection {
  readonly #log: ServerLog;
  readonly #gone: () => void;
  readonly #timers: readonly NodeJS.Timeout[];
  #socket: WsSocket | undefined;
  #late: NodeJS.Timeout | undefined;
  #greeted = false;
  /** The number of the next message to come, of the latest that was handled, and of the latest acknowledged. */
  #next = 1;
  #latest = 0;
  #acknowledged = 0;
  /** What was sent and may have to be sent again. */
  #unacknowledged: { readonly id: number; readonly text: string }[] = [];
  #total = 0;

  constructor(log: ServerLog, gone: () => void) {
    this.#log = log;
    this.#gone = gone;
    this.#timers = [
      setInterval(() => this.#acknowledge(), ACK),
      setInterval(() => this.#write(encoded({ type: Type.ping })), PING),
    ];
  }

  /** A first WebSocket, or another one in place of the last. */
  attach(socket: WsSocket): void {
    clearTimeout(this.#late);
    this.#socket?.terminate();
    this.#socket = socket;
    socket.on("error", () => {});
    socket.on("message", (data) => {
      if (socket === this.#socket) this.#receive(data.toString());
    });
    socket.on("close", () => {
      if (socket !== this.#socket) return;
      this.#socket = undefined;
      this.#late = setTimeout(() => this.end(), KEEP);
    });
    if (this.#greeted) this.#resume();
  }

  /** Says goodbye in a way that the client may reconnect after. */
  end(): void {
    for (const timer of this.#timers) clearInterval(timer);
    clearTimeout(this.#late);
    this.#write(encoded({ type: Type.close, allowReconnect: true }));
    this.#socket?.close(1001);
    this.#gone();
  }

  #resume(): void {
    const sequenceId = this.#unacknowledged[0]?.id ?? this.#total + 1;
    this.#write(encoded({ type: Type.sequence, sequenceId }));
    for (const { text } of this.#unacknowledged) this.#write(text);
  }

  #receive(data: string): void {
    for (const text of data.split(SEPARATOR).slice(0, -1)) {
      const message: Message = JSON.parse(text);
      if (this.#greeted) this.#message(message);
      else this.#greet();
    }
  }

  /** The first record is the handshake: any version and protocol will do. */
  #greet(): void {
    this.#greeted = true;
    this.#write(encoded({}));
  }

  #message({ type, invocationId, arguments: args = [], sequenceId = 0 }: Message): void {
    if (type === Type.invocation && this.#isNew()) {
      for (const n of args) this.#log.handled(n, `${this.#latest}`);
      if (invocationId !== undefined) this.#send({ type: Type.completion, invocationId, result: null });
    }
    if (type === Type.ack) this.#unacknowledged = this.#unacknowledged.filter(({ id }) => id > sequenceId);
    if (type === Type.sequence) {
      if (sequenceId > this.#next) this.end();
      else this.#next = sequenceId;
    }
    if (type === Type.close) this.#socket?.close(1000);
  }

  #isNew(): boolean {
    const id = this.#next++;
    if (id <= this.#latest) return false;
    this.#latest = id;
    return true;
  }

  #acknowledge(): void {
    if (!this.#socket || this.#acknowledged === this.#latest) return;
    this.#acknowledged = this.#latest;
    this.#write(encoded({ type: Type.ack, sequenceId: this.#latest }));
  }

  #send(message: object): void {
    const text = encoded(message);
    this.#unacknowledged.push({ id: ++this.#total, text });
    this.#write(text);
  }

  #write(text: string): void {
    this.#socket?.send(text);
  }
}

export async function serveSignalR(port: number, log: ServerLog): Promise<Serving> {
  const { WebSocketServer } = await load<WsModule>("ws");
  const sockets = new WebSocketServer({ noServer: true });
  const connections = new Map<string, Connection>();
  const server = createServer((request, response) => negotiate(request, response, connections, log));
  server.on("upgrade", (request: IncomingMessage, duplex: Duplex, head: Buffer) => {
    const parameters = new URL(request.url ?? "/", "http://server").searchParams;
    const connection = connections.get(parameters.get("id") ?? "");
    if (!connection) {
      duplex.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      return;
    }
    sockets.handleUpgrade(request, duplex, head, (socket) => {
      log.connected(parameters.get("client") ?? undefined);
      connection.attach(socket);
    });
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  return {
    close() {
      for (const connection of [...connections.values()]) connection.end();
      server.closeIdleConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}

/** `POST /negotiate`: a token for a new connection. */
function negotiate(
  request: IncomingMessage,
  response: ServerResponse,
  connections: Map<string, Connection>,
  log: ServerLog,
): void {
  if (request.method !== "POST" || !request.url?.includes("/negotiate")) {
    response.writeHead(404).end();
    return;
  }
  const connectionToken = randomUUID();
  connections.set(connectionToken, new Connection(log, () => connections.delete(connectionToken)));
  response.writeHead(200, { "content-type": "application/json" }).end(
    JSON.stringify({
      negotiateVersion: 1,
      connectionId: randomUUID(),
      connectionToken,
      useStatefulReconnect: true,
      availableTransports: [{ transport: "WebSockets", transferFormats: ["Text", "Binary"] }],
    }),
  );
}

function encoded(message: object): string {
  return JSON.stringify(message) + SEPARATOR;
}
