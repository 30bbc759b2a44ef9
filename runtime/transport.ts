/**
 * The door to the network.
 */
import type { Frame } from "./frame.js";

/**
 * A browser's WebSocket, the `ws` package and a test's memory can all carry frames, and differ in what else they can
 * do: set headers, send pings, see why they were refused. This interface exists so that nothing above it knows which of
 * them it talks to, and so that a test can be the network.
 */
export interface Transport {
  /** Whether the opening request can carry headers; a browser's cannot. */
  readonly headers: boolean;
  /** Whether its sockets can `ping`; a browser's cannot. */
  readonly pings: boolean;
  /**
   * Opens one connection. The listener is told how it goes, never before this returns, and ends with exactly one
   * `lost`. Throws where the request itself cannot be used, such as an address that is none.
   */
  dial(request: Opening, listener: Listener): Socket;
}

/** What the opening request says. */
export interface Opening {
  readonly url: string;
  /** WebSocket subprotocols to offer, best first; empty for none. */
  readonly protocols: readonly string[];
  /** Empty where the transport cannot set headers. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * One connection, open or not yet, from the side that may speak. It exists apart from {@link Transport} because every
 * attempt gets a new one: there is no way to write to the connection before.
 */
export interface Socket {
  /**
   * Hands over one frame: a text one, or a binary one whose bytes nobody changes any more. Never throws: what cannot be
   * written is lost with the connection, which is reported.
   */
  write(frame: Frame): void;
  /** Bytes handed over and not yet passed on to the network. */
  buffered(): number;
  /** Says goodbye, or gives up an attempt. `lost` follows, at the latest when the peer's patience ends. */
  close(code: number, reason: string): void;
  /** Asks for a sign of life; `ponged` brings the same data back. Present where the transport has `pings`. */
  ping?(data: string): void;
}

/**
 * One connection, from the side that hears. It exists so that a transport keeps no list of subscribers: there is
 * one listener per connection, given before anything can happen.
 */
export interface Listener {
  /** `protocol`: the subprotocol that the server chose; empty where it chose none. */
  opened(protocol: string): void;
  /** One frame; bytes are the listener's own, in no memory that is used again. */
  received(frame: Frame): void;
  ponged(data: string): void;
  /** What was buffered has been passed on. Optional for a transport to tell; the client also looks by itself. */
  drained(): void;
  lost(ending: Ending): void;
}

/** How a connection ended. */
export interface Ending {
  /** The close code; 1006 where none came. */
  readonly code: number;
  /** The peer's words, or the transport's. Holds no address, since addresses may hold tokens. */
  readonly reason: string;
  /** HTTP status, where the opening request was answered without an upgrade and the transport can see it. */
  readonly status?: number;
  /** The `Retry-After` header as it came. */
  readonly retryAfter?: string;
}
