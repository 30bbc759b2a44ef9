/**
 * Timers by name: starting one replaces the one of that name.
 */
import type { Clock } from "./clock.js";

export class Timers<Name extends string> {
  readonly #clock: Clock;
  readonly #running: Map<Name, () => void> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(name: Name, ms: number, fired: () => void): void {
    this.stop(name);
    const cancel = this.#clock.after(ms, () => {
      this.#running.delete(name);
      fired();
    });
    this.#running.set(name, cancel);
  }

  stop(name: Name): void {
    this.#running.get(name)?.();
    this.#running.delete(name);
  }

  has(name: Name): boolean {
    return this.#running.has(name);
  }
}
