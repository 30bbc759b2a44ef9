/**
 * The server's end of a connection in memory.
 */
import type { Frame } from "../frame.js";
import type { Ending, Opening } from "../transport.js";

/** The way back to the client. */
interface Wire {
  readonly frame: (frame: Frame) => void;
  readonly drained: () => void;
  readonly end: (ending: Ending) => void;
}

export class MemoryPeer {
  /** What the client opened with. */
  readonly request: Opening;
  /** Frames that arrived, oldest first. */
  readonly received: Frame[] = [];
  /** How many pings arrived. */
  pings = 0;
  /** Whether pings are answered. */
  pongs = true;
  /** Bytes that the client's socket says are still on their way. */
  buffered = 0;
  /** How the client said goodbye, if it did. */
  closed: { readonly code: number; readonly reason: string } | undefined;
  /** Half open: nothing gets through any more, in either direction, and nobody is told. */
  stalled = false;
  readonly #wire: Wire;

  constructor(request: Opening, wire: Wire) {
    this.request = request;
    this.#wire = wire;
  }

  /** Frames that arrived, parsed; binary ones as they are. */
  get messages(): unknown[] {
    return this.received.map((frame) => (typeof frame === "string" ? (JSON.parse(frame) as unknown) : frame));
  }

  /** Sends a text frame as it is, or a value as JSON. */
  send(frame: string | object): void {
    this.#wire.frame(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends a binary frame. */
  sendBinary(bytes: Uint8Array): void {
    this.#wire.frame(new Uint8Array(bytes));
  }

  close(code = 1000, reason = ""): void {
    this.#wire.end({ code, reason });
  }

  /** Breaks the connection without a close frame. */
  cut(): void {
    this.#wire.end({ code: 1006, reason: "" });
  }

  /** See {@link stalled}. */
  stall(): void {
    this.stalled = true;
  }

  /** All that was buffered has left. */
  drain(): void {
    this.buffered = 0;
    this.#wire.drained();
  }
}
