/**
 * A token bucket: each message takes a token, tokens grow back at a steady rate up to a store for bursts. It may go
 * into debt, since what was read cannot be unread; the debt is waited off.
 * (J. Turner, "New directions in communications", IEEE Communications Magazine 24/10, 1986.)
 */
import type { Clock } from "../clock.js";

/** How fast one connection may talk before it is read more slowly. */
export interface Rate {
  readonly perSecond: number;
  /** Messages it may send at once after a rest. */
  readonly burst: number;
}

export class TokenBucket {
  readonly #clock: Clock;
  readonly #rate: Rate;
  #tokens: number;
  #at: number;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#tokens = rate.burst;
    this.#at = clock.now();
  }

  take(): void {
    this.#fill();
    this.#tokens -= 1;
  }

  /** Milliseconds until the debt is paid; 0 without one. */
  wait(): number {
    this.#fill();
    return this.#tokens >= 0 ? 0 : Math.ceil((-this.#tokens / this.#rate.perSecond) * 1000);
  }

  #fill(): void {
    const now = this.#clock.now();
    const elapsed = now - this.#at;
    this.#at = now;
    if (elapsed <= 0) return; // a clock set back gives nothing, and takes nothing
    this.#tokens = Math.min(this.#rate.burst, this.#tokens + (elapsed / 1000) * this.#rate.perSecond);
  }
}
