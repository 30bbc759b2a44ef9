/**
 * How long to wait before the next attempt: "full jitter", from Marc Brooker, "Exponential Backoff And Jitter", AWS
 * Architecture Blog, 2015: `sleep = random_between(0, min(cap, base * 2 ** attempt))`. Every wait is drawn anew, so
 * clients that lost their server together do not come back together.
 */
export interface Backoff {
  /** Milliseconds the first wait may last at most; default 1,000. */
  readonly base: number;
  /** Milliseconds no wait exceeds; default 30,000. */
  readonly cap: number;
  /** Milliseconds: the longest `Retry-After` of a server that is believed; default 300,000 (5 minutes). */
  readonly maxFloor: number;
}

export const defaultBackoff: Backoff = { base: 1_000, cap: 30_000, maxFloor: 300_000 };

/**
 * Milliseconds to wait after `attempts` attempts in a row that came to nothing (0: the first loss).
 *
 * @param roll a random number, at least 0 and below 1
 * @param floor milliseconds the server asked for (`Retry-After`); the jitter comes on top, since whoever was told the
 *   same would otherwise return at the same moment
 */
export function backoff({ base, cap, maxFloor }: Backoff, attempts: number, roll: number, floor = 0): number {
  const ceiling = Math.min(cap, base * 2 ** Math.min(attempts, 50)); // 2 ** 50 ms is past any cap, and still a number
  return Math.round(Math.min(Math.max(floor, 0), maxFloor) + roll * ceiling);
}
