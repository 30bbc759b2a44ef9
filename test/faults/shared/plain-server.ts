/**
 * A server on `ws` for clients that bring no server of their own: it handles `{"n":1}`, and knows a client by `?client=`.
 */
import type { IncomingMessage } from "node:http";
import { load } from "../packages.js";
import type { Serving } from "../peer.js";
import type { ServerLog } from "../server-log.js";

/** What of `ws` is used here. */
export interface WsModule {
  readonly WebSocket: new (url: string) => WsSocket;
  readonly WebSocketServer: new (options: { readonly port: number; readonly host: string }) => WsServer;
}

export interface WsSocket {
  on(event: "message", hear: (data: Buffer) => void): void;
  on(event: "open" | "close" | "error", hear: () => void): void;
  send(text: string): void;
  close(code?: number): void;
  terminate(): void;
}

export interface WsServer {
  readonly clients: ReadonlySet<WsSocket>;
  on(event: "connection", hear: (socket: WsSocket, request: IncomingMessage) => void): void;
  once(event: "listening" | "error", hear: (error?: Error) => void): void;
  close(done: () => void): void;
}

/** What to do with a connection besides logging it; what it returns hears each message. */
export type Attend = (socket: WsSocket, client: string) => (text: string) => void;

export async function serve(port: number, log: ServerLog, attend: Attend): Promise<Serving> {
  const { WebSocketServer } = await load<WsModule>("ws");
  const server = new WebSocketServer({ port, host: "127.0.0.1" });
  server.on("connection", (socket, request) => {
    const client = new URL(request.url ?? "/", "ws://server").searchParams.get("client") ?? undefined;
    log.connected(client);
    const hear = attend(socket, client ?? "");
    socket.on("message", (data) => hear(data.toString()));
    socket.on("error", () => {});
  });
  await new Promise<void>((ready, fail) => {
    server.once("listening", () => ready());
    server.once("error", fail);
  });
  return { close: () => closed(server) };
}

/** Says 1001, "going away", to everyone, and waits until they are gone. */
function closed(server: WsServer): Promise<void> {
  for (const socket of server.clients) socket.close(1001);
  return new Promise((done) => server.close(done));
}

/** Handles `{"n":1}` and answers nothing. */
export function servePlain(port: number, log: ServerLog): Promise<Serving> {
  return serve(port, log, () => (text) => {
    const { n }: { readonly n: number } = JSON.parse(text);
    log.handled(n);
  });
}
