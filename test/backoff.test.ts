import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoff, defaultBackoff } from "../runtime/backoff.js";

const roll = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the wait before the next attempt", () => {
  test("is drawn from nothing up to a ceiling that doubles with each attempt", () => {
    const ceilings = [0, 1, 2, 3, 4].map((attempts) => backoff(defaultBackoff, attempts, 1 - Number.EPSILON));
    expect(ceilings).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(backoff(defaultBackoff, 4, 0)).toBe(0);
  });

  test("never exceeds the cap, however many attempts there were", () => {
    fc.assert(
      fc.property(fc.nat(), roll, (attempts, r) => {
        const wait = backoff(defaultBackoff, attempts, r);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(defaultBackoff.cap);
      }),
    );
  });

  test("is spread evenly over its whole range", () => {
    const buckets = [0, 0, 0, 0];
    for (let n = 0; n < 1_000; n++) {
      const bucket = Math.min(3, Math.floor(backoff(defaultBackoff, 2, n / 1_000) / 1_000));
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(count).toBeGreaterThan(240);
  });

  test("is never shorter than the server asked for, and not the same for everyone it asked", () => {
    fc.assert(
      fc.property(fc.nat(20), roll, fc.nat(defaultBackoff.maxFloor), (attempts, r, floor) => {
        expect(backoff(defaultBackoff, attempts, r, floor)).toBeGreaterThanOrEqual(floor);
      }),
    );
    expect(backoff(defaultBackoff, 0, 0.1, 5_000)).not.toBe(backoff(defaultBackoff, 0, 0.9, 5_000));
  });

  test("believes no server that asks for more than five minutes", () => {
    expect(backoff(defaultBackoff, 0, 0, 86_400_000)).toBe(300_000);
  });
});
