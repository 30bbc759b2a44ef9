/**
 * Those who wait until nothing is left.
 */
export class Drained {
  #waiting: (() => void)[] = [];

  /** Resolves when nothing is left: at once, where `left` is 0. */
  wait(left: number): Promise<void> {
    return left === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** So many are left. */
  check(left: number): void {
    if (left > 0 || this.#waiting.length === 0) return;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
