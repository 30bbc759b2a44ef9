/** A bound on how long a search takes, in steps: the same pattern has the same outcome on every machine. */

export class OutOfBudget extends Error {}

export class Budget {
  #left: number;

  constructor(steps: number) {
    this.#left = steps;
  }

  spend(steps = 1): void {
    this.#left -= steps;
    if (this.#left < 0) throw new OutOfBudget();
  }
}
