/**
 * How much may be on its way to the server at once: what `welcome` says.
 */
import type { Ledger } from "./ledger.js";

const NOTHING = { messages: 0, bytes: 0 };

export class Flight {
  readonly #ledger: Ledger;
  #most = NOTHING;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  open(messages: number, bytes: number): void {
    this.#most = { messages, bytes };
  }

  /** Nothing is written any more. */
  close(): void {
    this.#most = NOTHING;
  }

  /** Whether one more message may be written; where none is on its way, however large it is. */
  get hasRoom(): boolean {
    const { flying, flyingBytes } = this.#ledger;
    const { messages, bytes } = this.#most;
    return flying < messages && (flying === 0 || flyingBytes < bytes);
  }
}
