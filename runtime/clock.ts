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

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, f) {
    const timer = host.setTimeout(f, ms);
    return () => host.clearTimeout(timer);
  },
};
