/**
 * What a server has handled and has yet to acknowledge: along with a message where one leaves anyway, in a frame of its
 * own soon.
 */
import type { Clock } from "../../clock.js";

/** Messages handled, or milliseconds since the first of them, after which they are acknowledged. */
const ACK_EVERY = 32;
const ACK_MS = 5;

const NOTHING: readonly (readonly [index: string, to: number])[] = [];

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
    // It is left to fire when a message takes along what is due: most do, and starting it anew would cost more.
    this.#cancel ??= this.#clock.after(ACK_MS, () => {
      this.#cancel = undefined;
      this.flush();
    });
  }

  /** What a message takes along. */
  along(): Iterable<readonly [index: string, to: number]> {
    if (this.#count === 0) return NOTHING;
    const due = this.#due;
    this.#due = new Map();
    this.#count = 0;
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
