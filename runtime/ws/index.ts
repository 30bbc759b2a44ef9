/**
 * The `ws` package (https://github.com/websockets/ws) as a client's transport, for Node: it sets headers, pings, and
 * sees why an opening was refused.
 */
import { type ClientOptions, WebSocket } from "ws";
import type { Listener, Socket, Transport } from "../transport.js";

export interface WsTransportOptions {
  /** Bytes of one message that are read at all; default 16 MiB. More closes the connection with 1009. */
  readonly maxPayload?: number;
  /** Milliseconds for the opening handshake; default 10,000. */
  readonly handshakeTimeout?: number;
  /** `false` for servers that do not answer pings; a client's heartbeat then needs a pair of actions. */
  readonly pings?: boolean;
  /** Handed to `ws` as they are: `agent`, `ca`, `cert`, `rejectUnauthorized`, ... */
  readonly ws?: Readonly<Record<string, unknown>>;
}

/** Milliseconds a peer has to answer a goodbye. */
const FAREWELL = 5_000;

export function wsTransport(options: WsTransportOptions = {}): Transport {
  const settings: ClientOptions & { closeTimeout: number } = {
    maxPayload: options.maxPayload ?? 16_777_216,
    handshakeTimeout: options.handshakeTimeout ?? 10_000,
    perMessageDeflate: false,
    closeTimeout: FAREWELL,
    ...options.ws,
  };
  return {
    headers: true,
    pings: options.pings ?? true,
    dial: ({ url, protocols, headers }, listener) =>
      socketOf(new WebSocket(url, [...protocols], { ...settings, headers: { ...headers } }), listener),
  };
}

function socketOf(socket: WebSocket, listener: Listener): Socket {
  /** Why there is no connection, from whichever event knows it best. */
  let why: { reason: string; status?: number; retryAfter?: string } = { reason: "" };
  socket.on("unexpected-response", (_, response) => {
    const retryAfter = response.headers["retry-after"];
    why = {
      reason: response.statusMessage ?? "",
      ...(response.statusCode !== undefined && { status: response.statusCode }),
      ...(retryAfter !== undefined && { retryAfter }),
    };
    socket.terminate(); // whoever hears this event has to; ends in `error` and `close`
  });
  socket.on("error", (error) => {
    // The code only (ECONNREFUSED, WS_ERR_...): the message may hold the address.
    const code = "code" in error && typeof error.code === "string" ? error.code : "";
    if (why.reason === "") why = { ...why, reason: code };
  });
  socket.on("open", () => listener.opened(socket.protocol));
  // A Buffer, as long as nobody sets binaryType; its slices are not what a Uint8Array's are, and it may hold on to far
  // more than the frame, so bytes are copied out of it.
  socket.on("message", (data, isBinary) => listener.received(isBinary ? new Uint8Array(data as Buffer) : String(data)));
  socket.on("pong", (data) => listener.ponged(String(data)));
  socket.on("close", (code, reason) => listener.lost({ code, ...why, reason: String(reason) || why.reason }));
  /** Somebody has looked, and found something still buffered. */
  let full = false;
  const passed = (): void => {
    if (!full || socket.bufferedAmount > 0) return;
    full = false;
    listener.drained();
  };
  return {
    write: (frame) => socket.send(frame, passed),
    buffered() {
      full = socket.bufferedAmount > 0;
      return socket.bufferedAmount;
    },
    close: (code, reason) => socket.close(code, reason),
    ping: (data) => socket.ping(data),
  };
}
