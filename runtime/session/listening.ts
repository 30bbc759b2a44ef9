/**
 * What this client has heard and has yet to acknowledge: along with a message where one leaves anyway, in a frame of its
 * own soon.
 */
import type { Clock } from "../clock.js";
import { Timers } from "../timers.js";
import { Cursors } from "./cursors.js";
import type { Position } from "./header.js";

/** Messages heard, or milliseconds since the first of them, after which they are acknowledged. */
const ACK_EVERY = 32;
const ACK_MS = 20;
/** Acknowledgements that travel with a message; more have a frame of their own. */
const MAX_ACKS = 2;

export class Listening {
  readonly cursors: Cursors = new Cursors();
  readonly #timers: Timers<"ack">;
  readonly #due: () => void;
  #now = false;

  /** `due`: it is time to write {@link frame}. */
  constructor(clock: Clock, due: () => void) {
    this.#timers = new Timers(clock);
    this.#due = due;
  }

  hear(at: Position): "next" | "again" | "gap" {
    const which = this.cursors.hear(at);
    // The timer is left to fire when a message takes along what is due: starting it anew would cost more.
    if (this.cursors.due >= ACK_EVERY) this.#hurry();
    else if (!this.#timers.has("ack")) this.#timers.start("ack", ACK_MS, () => this.#hurry());
    return which;
  }

  /** What a message takes along. */
  along(): Iterable<readonly [stream: string, to: number]> {
    return this.cursors.due > 0 && this.cursors.streams <= MAX_ACKS ? this.#take() : [];
  }

  /** A frame that acknowledges, where it is time. */
  frame(): string | undefined {
    return this.#now ? JSON.stringify({ type: "ack", to: Object.fromEntries(this.#take()) }) : undefined;
  }

  /** The connection is gone: the next hello says it all. */
  stop(): void {
    this.#now = false;
    this.#timers.stop("ack");
  }

  #hurry(): void {
    if (this.cursors.due === 0) return;
    this.#now = true;
    this.#due();
  }

  #take(): [stream: string, to: number][] {
    this.#now = false;
    return this.cursors.acknowledge();
  }
}
