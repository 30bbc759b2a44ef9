/**
 * A broker for one process: all in its memory, within bounds.
 */
import { type Clock, systemClock } from "../clock.js";
import { randomName } from "../random-name.js";
import type { Broker, Hear } from "./broker.js";
import { Window, type WindowLimits } from "./window.js";

export interface MemoryBrokerOptions extends Partial<WindowLimits> {
  /** Bytes kept of all topics together; beyond, those that were longest unused are let go. Default 67,108,864. */
  readonly maxTotalBytes?: number;
  readonly clock?: Clock;
  /** Given where chance is to be held still. */
  readonly random?: () => number;
}

/** Topics that may be made before those nobody uses any longer are looked for. */
const SWEEP_EVERY = 256;

/** All in this process: what is published has been passed on by the time `publish` returns. */
export function memoryBroker(options: MemoryBrokerOptions = {}): Broker {
  const { clock = systemClock, random, maxTotalBytes = 67_108_864 } = options;
  const limits = {
    maxMessages: options.maxMessages ?? 1_000,
    maxBytes: options.maxBytes ?? 1_048_576,
    keepMs: options.keepMs ?? 300_000,
  };
  const hearing = new Map<string, Set<Hear>>();
  /** Longest unused first. */
  const windows = new Map<string, Window>();
  let bytes = 0;
  let made = 0;

  /** Does something to a window, which may let go of messages. */
  function use<T>(topic: string, window: Window, what: (window: Window) => T): T {
    bytes -= window.bytes;
    const result = what(window);
    bytes += window.bytes;
    windows.delete(topic);
    windows.set(topic, window);
    for (const idle of bytes > maxTotalBytes ? windows.values() : []) {
      bytes -= idle.bytes;
      idle.empty();
      if (bytes <= maxTotalBytes * 0.9) break;
    }
    return result;
  }

  function sweep(now: number): void {
    for (const [topic, window] of windows) {
      if (hearing.has(topic) || now - window.used <= limits.keepMs) continue;
      bytes -= window.bytes;
      windows.delete(topic);
    }
  }

  function windowOf(topic: string, now: number): Window {
    const known = windows.get(topic);
    if (known) return known;
    if (++made % SWEEP_EVERY === 0) sweep(now);
    const window = new Window(randomName(8, random), limits, now);
    windows.set(topic, window);
    return window;
  }

  return {
    async publish(topic, message) {
      const window = windows.get(topic);
      const said = window
        ? use(topic, window, (it) => it.add(message, clock.now()))
        : { stream: "", number: 0, frame: message };
      const hears = hearing.get(topic);
      if (hears) await Promise.all([...hears].map((hear) => hear(said)));
    },
    async subscribe(topic, hear) {
      const hears = hearing.get(topic) ?? new Set();
      hearing.set(topic, hears.add(hear));
      return async () => {
        hears.delete(hear);
        if (hears.size === 0 && hearing.get(topic) === hears) hearing.delete(topic);
      };
    },
    async read(topic, after, most) {
      const now = clock.now();
      return use(topic, windowOf(topic, now), (window) => window.read(after, most, now));
    },
    release(topic, upTo) {
      const window = windows.get(topic);
      if (window) use(topic, window, (it) => it.release(upTo));
    },
  };
}
