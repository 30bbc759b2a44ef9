/**
 * A clock that stands still until it is told otherwise.
 */
import type { Clock } from "../clock.js";

export interface FakeClock extends Clock {
  /** Lets time pass, timer by timer in order, and after each lets everything that waits for a promise go on. */
  advance(ms: number): Promise<void>;
  /** Lets time pass without any timer firing, as when the device sleeps; those due fire with the next `advance`. */
  sleep(ms: number): void;
  /** Lets everything that waits for a promise go on, while time stands still. */
  settle(): Promise<void>;
  /** How many timers run. */
  readonly timers: number;
}

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Promises that wait for each other in a row this long get through in one `settle`. */
const ROUNDS = 64;

/** @param start milliseconds since the epoch; default 0 */
export function fakeClock(start = 0): FakeClock {
  let now = start;
  const timers = new Set<Timer>();
  const settle = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) await undefined;
  };
  /** The earliest; of several at the same time the one set first, as a Set keeps them. */
  const next = (until: number): Timer | undefined => {
    let first: Timer | undefined;
    for (const timer of timers) if (timer.at <= until && (!first || timer.at < first.at)) first = timer;
    return first;
  };
  return {
    now: () => now,
    after(ms, fire) {
      const timer = { at: now + Math.max(0, ms), fire };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    async advance(ms) {
      const until = now + ms;
      await settle();
      for (let timer = next(until); timer; timer = next(until)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.fire();
        await settle();
      }
      now = until;
    },
    sleep(ms) {
      now += ms;
    },
    settle,
    get timers() {
      return timers.size;
    },
  };
}
