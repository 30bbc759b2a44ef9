/**
 * How much may be on its way to the server at once: what `welcome` says.
 */
import type { Ledger } from "./ledger.js";

/** Bytes on their way that no connection takes long for; how slow one may be with more; milliseconds it is waited for. */
const SMALL_BYTES = 32_768;
const SLOW_BYTES_PER_SECOND = 16_384;
const MAX_PATIENCE_MS = 30_000;

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

  /**
   * Milliseconds by which the answer to a question may be later than usual: a large upload is ahead of the question, and
   * nothing is heard before it is through.
   */
  get patience(): number {
    const large = Math.max(0, this.#ledger.flyingBytes - SMALL_BYTES);
    return Math.min(MAX_PATIENCE_MS, (large / SLOW_BYTES_PER_SECOND) * 1_000);
  }

  /** Whether one more message may be written; where none is on its way, however large it is. */
  get hasRoom(): boolean {
    const { flying, flyingBytes } = this.#ledger;
    const { messages, bytes } = this.#most;
    return flying < messages && (flying === 0 || flyingBytes < bytes);
  }
}
