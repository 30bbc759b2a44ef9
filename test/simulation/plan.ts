/**
 * What one seed is about, drawn before anything happens.
 */
import type { Speed } from "./wire.js";

export interface Plan {
  /** Which of the two ways to frame. */
  readonly api: number;
  /** The client keeps its outbox in a store, and may be killed. */
  readonly store: boolean;
  /** The store fails now and then. */
  readonly flaky: boolean;
  /** Milliseconds a write to the store takes at most. */
  readonly disk: number;
  /** Milliseconds the broker takes at most to answer. */
  readonly broker: number;
  /** It ends in the middle of everything. */
  readonly abrupt: boolean;
  /** `urge` overtakes. */
  readonly lanes: boolean;
  /** Milliseconds in which `brief` must leave. */
  readonly ttl: number;
  /** The server may lose what it knows when it dies. */
  readonly forgetful: boolean;
  /** A handler's effect and the record of it are one. */
  readonly atomic: boolean;
  /** Milliseconds a handler takes at most. */
  readonly handling: number;
  /** Messages of a topic that are kept. */
  readonly window: number;
  /** Messages that a client may have on their way. */
  readonly flight: number;
  readonly maxMessages: number;
  readonly speed: Speed;
  /** Milliseconds of trouble. */
  readonly length: number;
  /** Milliseconds between two messages, on average. */
  readonly pace: number;
  /** Milliseconds between two misfortunes, on average. */
  readonly trouble: number;
}

export function planOf(random: () => number): Plan {
  const chance = (share: number): boolean => random() < share;
  const pick = <T>(...of: readonly [T, ...T[]]): T => of[Math.floor(random() * of.length)] ?? of[0];
  const store = chance(0.5);
  const pace = pick(15, 60, 300);
  return {
    api: Math.floor(random() * 2),
    store,
    flaky: store && chance(0.2),
    disk: pick(0, 30, 300, 3_000),
    broker: pick(0, 0, 3, 30),
    abrupt: chance(0.15),
    lanes: chance(0.3),
    ttl: pick(200, 1_000, 5_000),
    forgetful: chance(0.35),
    atomic: chance(0.5),
    handling: pick(0, 0, 5, 60, 400),
    window: pick(3, 20, 1_000, 1_000),
    flight: pick(2, 16, 1_024),
    maxMessages: pick(8, 50, 1_000),
    speed: { latency: pick(0, 1, 25, 120), bandwidth: pick(0.5, 5, 1_000) },
    length: pace * (10 + random() * 70),
    pace,
    trouble: pace * pick(3, 8, 20),
  };
}
