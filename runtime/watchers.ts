/**
 * Those who want to be told of every change, none of whom can disturb another.
 */
import { guard } from "./guard.js";

export class Watchers<T> {
  readonly #failed: (error: unknown) => void;
  /** Wrapped, since the same function may watch twice. */
  readonly #all: Set<{ readonly call: (what: T) => unknown }> = new Set();

  constructor(failed: (error: unknown) => void) {
    this.#failed = failed;
  }

  /** Adds one; the answer takes it off again. */
  add(call: (what: T) => unknown): () => void {
    const watcher = { call };
    this.#all.add(watcher);
    return () => {
      this.#all.delete(watcher);
    };
  }

  tell(what: T): void {
    for (const { call } of [...this.#all]) guard(call, what, this.#failed);
  }
}
