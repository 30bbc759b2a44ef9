/**
 * One stream of what this client says: in order, numbered from 1, acknowledged up to a number.
 *
 *     first ┊ in flight ┊ next ┊ queued ┊ end
 */
import type { Entry } from "../outbox.js";

/** A message that is not done with. */
export interface Held extends Entry {
  readonly stream: Outgoing;
  readonly number: number;
  /** Milliseconds since the epoch; infinity where it does not expire. */
  readonly expires: number;
  /** It may leave: the store has it, where there is one. */
  durable: boolean;
  /** It is over: acknowledged, rejected or withdrawn. Its place is tidied up later. */
  over: boolean;
  /** It is over without having been handled, and the store still has it. */
  barrier: boolean;
  /** Nobody wants it sent any more, and it may have arrived. */
  withdrawn: boolean;
}

/** Places of messages that are over, before the list is tidied up. */
const UNTIDY = 256;

export class Outgoing {
  /** Never used for another stream. */
  readonly name: string;
  /** What leaves first. */
  readonly priority: number;
  /** An earlier process said it, and no longer lives. */
  readonly leftBehind: boolean;
  /** Its index in the hello of the connection there is. */
  index: number | undefined;
  /** The last number given. */
  count = 0;
  /** Up to which number the server may have handled it without this client knowing. */
  written = 0;
  #list: Held[] = [];
  #first = 0;
  #next = 0;

  constructor(name: string, priority: number, leftBehind: boolean) {
    this.name = name;
    this.priority = priority;
    this.leftBehind = leftBehind;
  }

  /** Nothing is left of it. */
  get empty(): boolean {
    return this.#first === this.#list.length;
  }

  /** Whether the server may have heard a message. What an earlier process said is only known as far as it is left. */
  mayHaveSaid(number: number): boolean {
    return this.leftBehind || number <= this.written;
  }

  push(held: Held): void {
    this.#list.push(held);
    this.count = Math.max(this.count, held.number);
  }

  /** The next to be written, over or not; undefined where none waits. */
  get head(): Held | undefined {
    return this.#list[this.#next];
  }

  /** The head is written, or over. */
  step(): void {
    const { head } = this;
    if (head && !head.over) this.written = Math.max(this.written, head.number);
    this.#next++;
    this.#tidy();
  }

  /** Whether a message is written to the connection there is. */
  flies({ number }: Held): boolean {
    const { head } = this;
    return head === undefined ? number <= this.count : number < head.number;
  }

  /** Lets go of all up to a number; those that were not over before. */
  upTo(number: number): Held[] {
    const done: Held[] = [];
    for (let held = this.#list[this.#first]; held && held.number <= number; held = this.#list[++this.#first]) {
      if (!held.over) done.push(held);
      held.over = true;
    }
    this.#next = Math.max(this.#next, this.#first);
    this.#tidy();
    return done;
  }

  /** The connection is gone: all waits again. */
  rewind(): void {
    this.#next = this.#first;
  }

  find(number: number): Held | undefined {
    let [low, high] = [this.#first, this.#list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#list[middle]?.number ?? 0) < number) low = middle + 1;
      else high = middle;
    }
    const found = this.#list[low];
    return found?.number === number && !found.over ? found : undefined;
  }

  /** All that are not over, oldest first. */
  held(): Held[] {
    return this.#list.slice(this.#first).filter(({ over }) => !over);
  }

  #tidy(): void {
    while (this.#first < this.#next && this.#list[this.#first]?.over) this.#first++;
    if (this.#first < UNTIDY || this.#first * 2 < this.#list.length) return;
    this.#list = this.#list.slice(this.#first);
    this.#next -= this.#first;
    this.#first = 0;
  }
}

/** The stream and the number that an id is made of. */
export function partsOf(id: string): { readonly name: string; readonly number: number } {
  const dot = id.lastIndexOf(".");
  return { name: id.slice(0, dot), number: Number(id.slice(dot + 1)) };
}
