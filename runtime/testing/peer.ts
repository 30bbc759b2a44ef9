/**
 * The server's end of a connection in memory.
 */
import type { Ending, Opening } from "../transport.js";

/** The way back to the client. */
interface Wire {
  readonly frame: (frame: string | undefined) => void;
  readonly drained: () => void;
  readonly end: (ending: Ending) => void;
}

export class MemoryPeer {
  /** What the client opened with. */
  readonly request: Opening;
  /** Text frames that arrived, oldest first. */
  readonly received: string[] = [];
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

  /** Frames that arrived, parsed. */
  get messages(): unknown[] {
    return this.received.map((frame) => JSON.parse(frame) as unknown);
  }

  /** Sends a text frame as it is, or a value as JSON. */
  send(frame: string | object): void {
    this.#wire.frame(typeof frame === "string" ? frame : JSON.stringify(frame));
  }

  /** Sends a frame that is not text. */
  sendBinary(): void {
    this.#wire.frame(undefined);
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
