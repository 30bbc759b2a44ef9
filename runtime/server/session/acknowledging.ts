/**
 * What a server has handled and has yet to acknowledge: along with a message where one leaves anyway, in a frame of its
 * own soon.
 */
import type { Clock } from "../../clock.js";

/** Messages handled, or milliseconds since the first of them, after which they are acknowledged. */
const ACK_EVERY = 32;
const ACK_MS = 5;

export class Acknowledging {
  readonly #clock: Clock;
  readonly #say: (frame: string) => void;
  /** By index in the client's hello. */
  #due = new Map<string, number>();
  #count = 0;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, say: (frame: string) => void) {
    this.#clock = clock;
    this.#say = say;
  }

  /** All of a stream up to this number is handled. */
  handled(index: string, number: number): void {
    this.#due.set(index, number);
    if (++this.#count >= ACK_EVERY) return this.flush();
    this.#cancel ??= this.#clock.after(ACK_MS, () => this.flush());
  }

  /** What a message takes along. */
  along(): Iterable<readonly [index: string, to: number]> {
    const due = this.#due;
    this.stop();
    return due;
  }

  /** Says what is due. */
  flush(): void {
    if (this.#due.size > 0) this.#say(JSON.stringify({ type: "ack", to: Object.fromEntries(this.along()) }));
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#due = new Map();
    this.#count = 0;
  }
}
