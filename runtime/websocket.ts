/**
 * The platform's own WebSocket as a transport: every browser, Deno, Bun, workers, Node from 22.
 */
import { CloseCode } from "./close-codes.js";
import type { Listener, Socket, Transport } from "./transport.js";

/** What is used of a WebSocket (https://websockets.spec.whatwg.org/#the-websocket-interface). */
export interface WebSocketLike {
  readonly bufferedAmount: number;
  readonly readyState: number;
  readonly protocol: string;
  binaryType: string;
  send(data: string | ArrayBuffer): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number; readonly reason: string }) => void): void;
}

export type WebSocketConstructor = new (url: string, protocols?: string[]) => WebSocketLike;

const OPEN = 1;

/** A transport over a `WebSocket` class. It can neither set headers nor ping, nor see why it was refused. */
export function webSocketTransport(WebSocket: WebSocketConstructor): Transport {
  return {
    headers: false,
    pings: false,
    dial: (opening, listener) => socketOf(new WebSocket(opening.url, [...opening.protocols]), listener),
  };
}

function socketOf(socket: WebSocketLike, listener: Listener): Socket {
  socket.binaryType = "arraybuffer"; // a Blob could only be read later, out of order
  socket.addEventListener("open", () => listener.opened(socket.protocol));
  socket.addEventListener("message", ({ data }) =>
    // What is no text is an ArrayBuffer, as just asked for.
    listener.received(typeof data === "string" ? data : new Uint8Array(data as ArrayBuffer)),
  );
  socket.addEventListener("error", () => {}); // says nothing; `close` follows
  socket.addEventListener("close", ({ code, reason }) => listener.lost({ code, reason }));
  return {
    write(frame) {
      if (socket.readyState === OPEN) socket.send(typeof frame === "string" ? frame : new Uint8Array(frame).buffer);
    },
    buffered: () => socket.bufferedAmount,
    close: (code, reason) => socket.close(sendable(code), reason),
  };
}

/** A browser lets a page close with 1000 or an application's own code only. */
function sendable(code: number): number {
  return code === CloseCode.normal || (code >= 3000 && code <= 4999) ? code : CloseCode.normal;
}
