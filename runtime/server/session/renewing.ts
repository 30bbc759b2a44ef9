/**
 * Fresh credentials, looked at one at a time; of those that come meanwhile only the newest count.
 */
import type { Credentials } from "../../session/generated/types.js";

export class Renewing {
  /** Never rejects. */
  readonly #look: (given: Credentials) => Promise<void>;
  readonly #isGone: () => boolean;
  #waiting: Credentials | undefined;
  #looking = false;

  constructor(look: (given: Credentials) => Promise<void>, isGone: () => boolean) {
    this.#look = look;
    this.#isGone = isGone;
  }

  async show(given: Credentials): Promise<void> {
    this.#waiting = given;
    if (this.#looking) return;
    this.#looking = true;
    while (this.#waiting && !this.#isGone()) {
      const next: Credentials = this.#waiting;
      this.#waiting = undefined;
      await this.#look(next);
    }
    this.#looking = false;
  }
}
