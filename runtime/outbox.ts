/**
 * What was accepted for sending, in order: first what is written but not known to have arrived, then what still waits.
 * One list and a boundary in it, so nothing can be in both or neither. Touches no clock and no socket.
 *
 *     first ┊ written, perhaps arrived ┊ next ┊ queued ┊ end
 */
import type { Id } from "./field.js";
import type { Frame } from "./frame.js";

/** One message, ready to leave. */
export interface Entry {
  readonly id: string;
  readonly action: string;
  readonly frame: Frame;
  /** Bytes of the frame, a text's in UTF-8. */
  readonly bytes: number;
  /** It asks for a reply: whoever waits for that hears from there what becomes of it. */
  readonly asks: boolean;
  /** Nobody does: the reply only confirms that it has arrived. */
  readonly unheard?: boolean;
  /** The id in its payload that its reply carries too, where replies are found so. */
  readonly key?: Id | undefined;
}

/** Bounds of what waits; the same again may be written and not known to have arrived. */
export interface OutboxLimits {
  /** Messages; default 1,000. */
  readonly maxMessages: number;
  /** Bytes, a text's in UTF-8; default 1 MiB. */
  readonly maxBytes: number;
}

export const defaultOutbox: OutboxLimits = { maxMessages: 1_000, maxBytes: 1_048_576 };

/** What was written to a connection that broke and may or may not have arrived; `more` are past the bound and forgotten. */
export interface Uncertain {
  readonly entries: readonly Entry[];
  readonly more: number;
}

/** A stretch of the list and what it weighs. */
interface Weight {
  messages: number;
  bytes: number;
}

export class Outbox {
  readonly #limits: OutboxLimits;
  /** Entries from `#first` on; before it, places of entries let go, tidied up now and then. */
  #list: (Entry | undefined)[] = [];
  #first = 0;
  #next = 0;
  /** How many entries were let go before `#list[0]`: a position in the list plus this never changes. */
  #gone = 0;
  readonly #written: Weight = { messages: 0, bytes: 0 };
  readonly #queued: Weight = { messages: 0, bytes: 0 };
  #forgotten = 0;
  #trusted = false;
  /** Written messages that must not be written again. */
  readonly #withdrawn: Set<string> = new Set();

  constructor(limits: OutboxLimits) {
    this.#limits = limits;
  }

  /** Messages that wait. */
  get queued(): number {
    return this.#queued.messages;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#queued.bytes;
  }

  /** Takes a message to the end; false where there is no room for it. */
  add(entry: Entry): boolean {
    if (!this.#fits(this.#queued, entry)) return false;
    this.#list.push(entry);
    count(this.#queued, entry, 1);
    return true;
  }

  /** These wait again, before all others, whatever the bounds. */
  putBack(entries: readonly Entry[]): void {
    this.#list.splice(this.#next, 0, ...entries);
    for (const entry of entries) count(this.#queued, entry, 1);
  }

  /**
   * The next message to write; undefined where none waits, or where the connection may yet turn out to be refused and
   * as much is written to it as can be taken back.
   */
  take(): Entry | undefined {
    const entry = this.#list[this.#next];
    if (entry === undefined) return undefined;
    while (this.#written.messages > 0 && !this.#fits(this.#written, entry)) {
      if (!this.#trusted) return undefined;
      this.#drop();
      this.#forgotten++;
    }
    this.#next++;
    count(this.#queued, entry, -1);
    count(this.#written, entry, 1);
    return entry;
  }

  /** The connection has proven itself: what is written to it can no longer be taken back whole. */
  trust(): void {
    this.#trusted = true;
  }

  /**
   * Full, and nothing is taken only because the connection has not proven itself: then rather write on, and forget
   * what was written first. True where that makes room.
   */
  press(): boolean {
    if (this.#trusted || this.#written.messages === 0) return false;
    this.#trusted = true;
    return true;
  }

  /**
   * Nobody wants this message sent any more. True where it still waited, and now never leaves; false where it is
   * written, and at most never written again.
   */
  remove(id: string): boolean {
    const index = this.#list.findIndex((entry) => entry?.id === id);
    const entry = this.#list[index];
    if (entry === undefined) return false;
    if (index < this.#next) {
      this.#withdrawn.add(id);
      return false;
    }
    this.#list.splice(index, 1);
    count(this.#queued, entry, -1);
    return true;
  }

  /** A mark behind all that is written so far, for {@link arrived}. */
  mark(): number {
    return this.#gone + this.#next;
  }

  /** Lets go of what was written before the mark: the peer has answered something that was written after it. */
  arrived(mark: number): void {
    const oldest = this.#gone + this.#first;
    if (!(mark > oldest - this.#forgotten)) return; // an old mark; or none, since a peer may pong what it likes
    this.#forgotten = Math.min(this.#forgotten, Math.max(0, oldest - mark)); // the forgotten are just before `#first`
    // Counted, since dropping may tidy up, which moves every position.
    for (let left = Math.min(this.#next, mark - this.#gone) - this.#first; left > 0; left--) this.#drop();
  }

  /** Lets go of a written message and all before it: it was answered. */
  answered(id: string): void {
    for (let index = this.#first; index < this.#next; index++) {
      if (this.#list[index]?.id !== id) continue;
      this.arrived(this.#gone + index + 1);
      return;
    }
  }

  /**
   * The connection was refused before it took anything: what was written waits again, before the rest. Hands out how
   * many were forgotten under pressure and cannot.
   */
  restore(): Uncertain {
    const more = this.#forgotten;
    this.#next = this.#first;
    this.#queued.messages += this.#written.messages;
    this.#queued.bytes += this.#written.bytes;
    this.#written.messages = this.#written.bytes = this.#forgotten = 0;
    this.#trusted = false;
    for (const id of this.#withdrawn) this.remove(id);
    this.#withdrawn.clear();
    return { entries: [], more };
  }

  /** The connection broke: hands out what may or may not have arrived. What waits keeps waiting. */
  lose(): Uncertain {
    const entries = this.#between(this.#first, this.#next);
    const more = this.#forgotten;
    while (this.#first < this.#next) this.#drop();
    this.#forgotten = 0;
    this.#trusted = false;
    return { entries, more };
  }

  /** Whether a message waits. */
  waits(id: string): boolean {
    return this.#list.some((entry, index) => index >= this.#next && entry?.id === id);
  }

  /** What waits, in order. */
  waiting(): readonly Entry[] {
    return this.#between(this.#next, this.#list.length);
  }

  /** Hands out what waits, and forgets it. */
  clear(): readonly Entry[] {
    const entries = this.waiting();
    this.#list.length = this.#next;
    this.#queued.messages = this.#queued.bytes = 0;
    return entries;
  }

  #between(from: number, to: number): readonly Entry[] {
    return this.#list.slice(from, to).filter((entry) => entry !== undefined);
  }

  #fits(weight: Weight, { bytes }: Entry): boolean {
    return weight.messages < this.#limits.maxMessages && weight.bytes + bytes <= this.#limits.maxBytes;
  }

  /** Lets go of the oldest written message. */
  #drop(): void {
    const entry = this.#list[this.#first];
    if (entry !== undefined) {
      count(this.#written, entry, -1);
      this.#withdrawn.delete(entry.id);
    }
    this.#list[this.#first++] = undefined;
    // Tidying costs as much as half the list is long, and comes after as many steps: constant, spread out.
    if (this.#first < 64 || this.#first * 2 < this.#list.length) return;
    this.#list = this.#list.slice(this.#first);
    this.#gone += this.#first;
    this.#next -= this.#first;
    this.#first = 0;
  }
}

function count(weight: Weight, { bytes }: Entry, sign: 1 | -1): void {
  weight.messages += sign;
  weight.bytes += sign * bytes;
}
