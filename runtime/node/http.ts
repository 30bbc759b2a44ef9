/**
 * As much of a Node HTTP server as mounting needs: `http.createServer()`, `https.createServer()`, and what Express's
 * `app.listen()` or a framework's `.server` give. Where a framework hides its server, any EventEmitter will do, with
 * `Mounted.handleUpgrade` called by hand.
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

export interface HttpServer {
  on(event: "upgrade", listener: UpgradeListener): unknown;
  off(event: "upgrade", listener: UpgradeListener): unknown;
  listenerCount(event: "upgrade"): number;
}

export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

const PHRASES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  500: "Internal Server Error",
  503: "Service Unavailable",
};

/** Answers an opening request with a plain HTTP refusal and ends its socket. */
export function refuse(
  socket: Duplex,
  status: number,
  why: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (socket.destroyed) return;
  const body = `${why}\n`;
  const head = Object.entries({
    Connection: "close",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Length": String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  socket.once("finish", () => socket.destroy());
  socket.end([`HTTP/1.1 ${status} ${PHRASES[status] ?? ""}`, ...head, "", body].join("\r\n"));
}

/** From the moment a request is ours, its socket may fail at any time; without a listener that ends the process. */
export function bearErrors(socket: Duplex): void {
  socket.on("error", () => socket.destroy());
}
