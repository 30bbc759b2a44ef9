/**
 * One run of one handler, and what it started: its sends are part of it, awaited or not.
 */
import type { Clock } from "../clock.js";
import { ActionwireError } from "../errors.js";

export class Turn {
  readonly #open = new Set<Promise<void>>();
  #over = false;

  /** The turn was given up, or ended: what it returns now interests nobody. */
  get over(): boolean {
    return this.#over;
  }

  /** Makes the turn wait for this. It may reject: whoever awaits it hears of that, and nobody else. */
  track(work: Promise<void>): Promise<void> {
    const quiet = work.then(ignore, ignore).then(() => void this.#open.delete(quiet));
    this.#open.add(quiet);
    return work;
  }

  /**
   * Runs a handler and waits for all it tracked. Rejects with what the handler threw, or with `TIMEOUT` after so many
   * milliseconds (0: never); in that case what it still does goes on, unwatched.
   */
  async run(clock: Clock, timeout: number, handler: () => void | Promise<void>): Promise<void> {
    try {
      await within(clock, timeout, this.#whole(handler));
    } finally {
      this.#over = true;
    }
  }

  async #whole(handler: () => void | Promise<void>): Promise<void> {
    try {
      await handler();
    } finally {
      while (this.#open.size > 0) await Promise.all(this.#open);
    }
  }
}

function within(clock: Clock, ms: number, work: Promise<void>): Promise<void> {
  if (ms <= 0) return work;
  return new Promise((resolve, reject) => {
    const cancel = clock.after(ms, () => {
      reject(new ActionwireError("TIMEOUT", `a handler took longer than ${ms} ms`));
    });
    work.then(resolve, reject).then(cancel, cancel);
  });
}

function ignore(): void {}
