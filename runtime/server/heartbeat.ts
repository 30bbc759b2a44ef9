/**
 * Finds connections whose other end is gone without a word: ask for a sign of life, and by the next asking have one.
 */
import type { Clock } from "../clock.js";

/** Starts asking every `ms`; 0 never asks. The function returned stops it. */
export function heartbeat(clock: Clock, ms: number, beat: () => void): () => void {
  if (ms <= 0) return () => {};
  let cancel = clock.after(ms, again);
  function again(): void {
    cancel = clock.after(ms, again);
    beat();
  }
  return () => cancel();
}
