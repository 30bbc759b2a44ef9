/**
 * What a server remembers of its clients, in this process's memory, within bounds.
 */
import { type Clock, systemClock } from "../../clock.js";
import type { Place } from "../broker.js";
import type { Refusal, SessionStore } from "./session-store.js";

export interface MemorySessionsOptions {
  /** Sessions and streams that are remembered, each; those longest unused are forgotten first. Default 100,000. */
  readonly max?: number;
  /** Milliseconds unused after which one is forgotten. Default 86,400,000, a day. */
  readonly keepMs?: number;
  readonly clock?: Clock;
}

interface Session {
  readonly own: string;
  readonly topics: Map<string, Place>;
}

/** Refusals that a client may have missed. */
const MAX_REFUSED = 100;

/** Give the same one, and the same broker, to the next server of this process, and its clients are resumed. */
export function memorySessions(options: MemorySessionsOptions = {}): SessionStore {
  const { max = 100_000, keepMs = 86_400_000, clock = systemClock } = options;
  const streams = new Aging<number>(max, keepMs, clock);
  const sessions = new Aging<Session>(max, keepMs, clock);
  const refusals = new Aging<Refusal[]>(max, keepMs, clock);
  return {
    handled: (names) => names.map((name) => streams.get(name)),
    record: (stream, number) => streams.set(stream, Math.max(number, streams.peek(stream) ?? 0)),
    recall: (session) => sessions.get(session),
    begin: (session, own) => sessions.set(session, { own, topics: new Map() }),
    joined: (session, topic, at) => void sessions.get(session)?.topics.set(topic, at),
    left: (session, topic) => void sessions.get(session)?.topics.delete(topic),
    refused(stream, refusal) {
      const all = refusals.peek(stream) ?? [];
      if (all.push(refusal) > MAX_REFUSED) all.shift();
      refusals.set(stream, all);
    },
    refusals: (names) => names.map((name) => refusals.get(name) ?? []),
    end: (session) => sessions.delete(session),
  };
}

/** A Map that forgets: what is longest unused, when there is too much; and what is unused for too long. */
class Aging<T> {
  readonly #max: number;
  readonly #keepMs: number;
  readonly #clock: Clock;
  /** Longest unused first. */
  readonly #all = new Map<string, { readonly value: T; readonly used: number }>();

  constructor(max: number, keepMs: number, clock: Clock) {
    this.#max = max;
    this.#keepMs = keepMs;
    this.#clock = clock;
  }

  /** What is there, without its counting as used. */
  peek(key: string): T | undefined {
    return this.#all.get(key)?.value;
  }

  get(key: string): T | undefined {
    const found = this.#all.get(key);
    if (!found) return undefined;
    if (this.#clock.now() - found.used > this.#keepMs) {
      this.#all.delete(key);
      return undefined;
    }
    this.set(key, found.value);
    return found.value;
  }

  set(key: string, value: T): void {
    const now = this.#clock.now();
    this.#all.delete(key);
    this.#all.set(key, { value, used: now });
    for (const [oldest, { used }] of this.#all) {
      if (this.#all.size <= this.#max && now - used <= this.#keepMs) break;
      this.#all.delete(oldest);
    }
  }

  delete(key: string): void {
    this.#all.delete(key);
  }
}
