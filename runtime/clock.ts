/**
 * Time, passed in, so that a test holds the hands of the clock.
 */
import { host } from "./host.js";

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `f` once, `ms` milliseconds from now; the answer takes it back. */
  after(ms: number, f: () => void): () => void;
}

/** The longest a platform's timer can take: a 32-bit number of milliseconds, 24 days. A longer one would fire at once. */
const LONGEST = 2_147_483_647;

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, f) {
    const timer = host.setTimeout(f, Math.min(ms, LONGEST));
    return () => host.clearTimeout(timer);
  },
};
