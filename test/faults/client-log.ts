/** What a client process knew before it was killed. */
import { Lines } from "./lines.js";

type Line = readonly ["sent" | "durable" | "failed" | "accepted", number];

export class ClientLog {
  readonly #lines: Lines<Line>;

  constructor(path: string) {
    this.#lines = new Lines(path);
  }

  note(what: Line[0], n: number): void {
    this.#lines.append([what, n]);
  }

  read(what: Line[0]): readonly number[] {
    return this.#lines.read().flatMap(([kind, n]) => (kind === what ? [n] : []));
  }
}
