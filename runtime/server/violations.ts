/**
 * Counts the frames of a connection that fit nothing, a minute at a time.
 */
import type { Clock } from "../clock.js";

const WINDOW_MS = 60_000;

export class Violations {
  readonly #clock: Clock;
  readonly #allowed: number;
  #since = Number.NEGATIVE_INFINITY;
  #count = 0;

  /** `allowed`: so many in a minute are borne. */
  constructor(clock: Clock, allowed: number) {
    this.#clock = clock;
    this.#allowed = allowed;
  }

  /** Counts one; true where it is one too many. */
  add(): boolean {
    const now = this.#clock.now();
    if (now < this.#since || now - this.#since >= WINDOW_MS) {
      this.#since = now;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count > this.#allowed;
  }
}
