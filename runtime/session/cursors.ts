/**
 * What this client has heard of each of the server's streams, and has yet to acknowledge.
 */
import type { Positions } from "./generated/types.js";
import type { Position } from "./header.js";

export class Cursors {
  #at = new Map<string, number>();
  /** Streams heard since the last acknowledgement. */
  #due = new Set<string>();
  #count = 0;

  /** Messages heard and not acknowledged. */
  get due(): number {
    return this.#count;
  }

  /** How many streams they are of. */
  get streams(): number {
    return this.#due.size;
  }

  /** A message came: the next one, one that was heard before, or one before which others are missing. */
  hear({ stream, number }: Position): "next" | "again" | "gap" {
    const before = this.#at.get(stream);
    this.#due.add(stream);
    this.#count++;
    if (before !== undefined && number <= before) return "again";
    this.#at.set(stream, number);
    return before === undefined || number === before + 1 ? "next" : "gap";
  }

  set(stream: string, at: number): void {
    this.#at.set(stream, at);
  }

  forget(stream: string): void {
    this.#at.delete(stream);
    this.#due.delete(stream);
  }

  /** From here on these and no others. */
  reset(positions: Positions): void {
    this.#at = new Map(Object.entries(positions));
    this.#due.clear();
    this.#count = 0;
  }

  all(): Positions {
    return Object.fromEntries(this.#at);
  }

  /** What to acknowledge; it then counts as said. */
  acknowledge(): [stream: string, to: number][] {
    const acks: [string, number][] = [];
    for (const stream of this.#due) acks.push([stream, this.#at.get(stream) ?? 0]);
    this.#due.clear();
    this.#count = 0;
    return acks;
  }
}
