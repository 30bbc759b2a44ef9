/**
 * The door to whatever carries frames for the server.
 */
import type { Frame } from "../frame.js";

/**
 * The server's core never sees a socket of `ws`, of a cloud's gateway or of a test: it sees this. Each of them can take
 * a frame, be closed and say how much it has not passed on yet, and that is all that order, backpressure and broadcast
 * need; so the same core runs over all of them, and a test's socket is a dozen lines (`Endpoint.accept` takes one).
 * The three optional members are for sockets that can be held up or asked for a sign of life; where they are absent,
 * reading is never paused and half-open connections are the adapter's to find.
 */
export interface SocketLike {
  /**
   * Passes one frame on, text or binary, in the order of calls. `done` is called once, when the socket has taken it or given up;
   * a call after the socket closed calls `done` with an error.
   */
  send(frame: Frame, done: (error?: unknown) => void): void;
  /** Starts the closing handshake. The reason has at most 123 bytes of UTF-8 (RFC 6455, 5.5). */
  close(code: number, reason: string): void;
  /** Ends the connection at once, without a handshake. */
  terminate(): void;
  /** Bytes taken by `send` but not yet passed to the network. */
  buffered(): number;
  /** Stops reading; a few messages already read may still arrive. */
  pause?(): void;
  resume?(): void;
  /** Asks for a sign of life, which the adapter passes to `Peer.pong`. */
  ping?(): void;
}
