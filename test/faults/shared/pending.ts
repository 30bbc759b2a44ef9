/** The messages of which a library has yet to say what became of them. */
import type { ClientEvents } from "../peer.js";

export class Pending {
  readonly #events: ClientEvents;
  readonly #numbers = new Set<number>();
  #empty: (() => void) | undefined;

  constructor(events: ClientEvents) {
    this.#events = events;
  }

  add(n: number): void {
    this.#numbers.add(n);
  }

  accepted(n: number): void {
    this.#events.accepted(n);
    this.#done(n);
  }

  failed(n: number): void {
    this.#events.failed(n);
    this.#done(n);
  }

  /** Resolves when there is none. */
  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#empty = resolve;
      if (this.#numbers.size === 0) resolve();
    });
  }

  #done(n: number): void {
    this.#numbers.delete(n);
    if (this.#numbers.size === 0) this.#empty?.();
  }
}
