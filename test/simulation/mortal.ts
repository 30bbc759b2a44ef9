/**
 * A process that can die: its clock stands still from then on, and whatever it waits for never comes.
 */
import type { Clock } from "@actionwire/runtime";

export class Mortal {
  readonly clock: Clock;
  readonly #real: Clock;
  readonly #timers = new Set<() => void>();
  #dead = false;

  constructor(real: Clock) {
    this.#real = real;
    this.clock = {
      now: () => real.now(),
      after: (ms, fire) => {
        if (this.#dead) return () => {};
        const cancel = real.after(ms, () => {
          this.#timers.delete(undo);
          fire();
        });
        const undo = (): void => {
          this.#timers.delete(undo);
          cancel();
        };
        this.#timers.add(undo);
        return undo;
      },
    };
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** Timers that it has set and that have not fired. */
  get timers(): number {
    return this.#timers.size;
  }

  kill(): void {
    this.#dead = true;
    for (const undo of [...this.#timers]) undo();
  }

  /** The same, for as long as it lives; then for ever nothing. */
  async outlive<T>(work: Promise<T>): Promise<T> {
    const result = await work;
    if (this.#dead) await new Promise(() => {});
    return result;
  }

  /** What is not the runtime's own takes its time. */
  pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.#real.after(ms, () => this.#dead || resolve()));
  }
}
