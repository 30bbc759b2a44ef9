/**
 * The outbox of a session: what was accepted is at any time queued, in flight, acknowledged or rejected, and nothing
 * else. Touches no clock, no socket and no disk; what it says of a message it says once.
 */
import { ActionwireError } from "../errors.js";
import { noRoom } from "../no-room.js";
import type { Entry, OutboxLimits } from "../outbox.js";
import { type Held, Outgoing, partsOf } from "./outgoing.js";

/** What becomes of messages, told to whoever made the ledger. */
export interface Fates {
  /** The server has handled it. */
  acknowledged(held: Held): void;
  /** It was not handled and never will be. */
  rejected(held: Held, error: ActionwireError): void;
  /** It may have been handled; it is not sent again. */
  uncertain(held: Held): void;
  /** A message that nobody wants any more will not be written again. */
  unwanted(held: Held): void;
}

export class Ledger {
  readonly #limits: OutboxLimits;
  readonly #fates: Fates;
  /** In the order in which they leave. */
  #streams: Outgoing[] = [];
  readonly #byName = new Map<string, Outgoing>();
  #messages = 0;
  #bytes = 0;
  #flying = 0;
  #flyingBytes = 0;

  constructor(limits: OutboxLimits, fates: Fates) {
    this.#limits = limits;
    this.#fates = fates;
  }

  /** Messages that are not done with. */
  get size(): number {
    return this.#messages;
  }

  /** Messages that are written and not acknowledged. */
  get flying(): number {
    return this.#flying;
  }

  /** Bytes of their frames. */
  get flyingBytes(): number {
    return this.#flyingBytes;
  }

  get streams(): readonly Outgoing[] {
    return this.#streams;
  }

  /** A stream of this name; made where there is none. Of one priority those that were left behind leave first. */
  stream(name: string, priority: number, leftBehind = false): Outgoing {
    const known = this.#byName.get(name);
    if (known) return known;
    const made = new Outgoing(name, priority, leftBehind);
    this.#byName.set(name, made);
    this.#streams = [...this.#streams, made].sort(
      (a, b) => b.priority - a.priority || Number(b.leftBehind) - Number(a.leftBehind),
    );
    return made;
  }

  has(name: string): boolean {
    return this.#byName.has(name);
  }

  /** Forgets streams of others that are over. `mine`: those that messages may still be added to. */
  prune(mine: ReadonlySet<Outgoing>): void {
    this.#streams = this.#streams.filter((stream) => mine.has(stream) || !stream.empty);
    for (const [name, stream] of this.#byName) if (!this.#streams.includes(stream)) this.#byName.delete(name);
  }

  /** Takes a message, under the last number given, to the end of its stream. Throws `OUTBOX_FULL`. */
  add(entry: Entry, stream: Outgoing, expires: number, durable: boolean): Held {
    const { maxMessages, maxBytes } = this.#limits;
    if (this.#messages >= maxMessages || this.#bytes + entry.bytes > maxBytes) {
      throw noRoom(entry, this.#messages, this.#bytes, this.#limits);
    }
    return this.#hold(entry, stream, stream.count, expires, durable);
  }

  /** Takes a message that was kept: there is always room for it, and it may have been written before. */
  adopt(entry: Entry, priority: number, expires: number): Held {
    const { name, number } = partsOf(entry.id);
    const stream = this.stream(name, priority, true);
    stream.written = Math.max(stream.written, number);
    return this.#hold(entry, stream, number, expires, true);
  }

  /** The next message to write, and that counts as written; undefined where none may leave. */
  take(now: number, maxBytes: number): Held | undefined {
    for (const stream of this.#streams) {
      if (stream.index === undefined) continue; // the server does not know of it yet
      for (let { head } = stream; head; { head } = stream) {
        const over = head.over || this.#settled(head, now, maxBytes);
        // An acknowledgement of what comes after it would be one of it, to whoever finds it in the store.
        if (head.barrier) break;
        if (!over) {
          if (!head.durable) break; // in order: nothing of this stream may overtake it
          stream.step();
          this.#fly(head, 1);
          return head;
        }
        if (stream.head === head) stream.step(); // whoever was told of its end may have taken on
      }
    }
    return undefined;
  }

  /** The server has handled a stream up to a number. */
  acknowledge(stream: Outgoing, number: number): void {
    for (const held of this.#flew(stream, () => stream.upTo(number))) {
      this.#weigh(held, -1);
      this.#fates.acknowledged(held);
    }
  }

  /** The server will not handle this one. */
  refuse(stream: Outgoing, number: number, error: (held: Held) => ActionwireError): void {
    const held = stream.find(number);
    if (held) this.reject(held, error(held));
  }

  reject(held: Held, error: ActionwireError): void {
    this.#end(held);
    this.#fates.rejected(held, error);
  }

  /** Nobody wants it sent any more. True where it was never written, and now never is. */
  remove(id: string): boolean {
    const { name, number } = partsOf(id);
    const held = this.#byName.get(name)?.find(number);
    if (!held) return false;
    if (number <= held.stream.written) {
      held.withdrawn = true;
      return false;
    }
    this.#end(held);
    this.#fates.unwanted(held);
    return true;
  }

  keeps(id: string): boolean {
    const { name, number } = partsOf(id);
    return this.#byName.get(name)?.find(number) !== undefined;
  }

  /** The connection is gone: what was in flight waits again, before the rest. */
  rewind(): void {
    for (const stream of this.#streams) stream.rewind();
    this.#flying = this.#flyingBytes = 0;
  }

  /** Rejects what has expired and cannot have been handled. When the next one expires; infinity for never. */
  expire(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const held of this.held()) {
      if (held.expires <= now && held.number > held.stream.written) this.reject(held, expired(held));
      else if (held.expires > now) next = Math.min(next, held.expires);
    }
    return next;
  }

  /** All that are not done with, in the order in which they leave. */
  held(): Held[] {
    return this.#streams.flatMap((stream) => stream.held());
  }

  /** Whether a message is written and not acknowledged. */
  flies(held: Held): boolean {
    return this.#flying > 0 && held.stream.flies(held);
  }

  #hold(entry: Entry, stream: Outgoing, number: number, expires: number, durable: boolean): Held {
    const { id, action, frame, bytes, asks } = entry; // member by member: a spread costs more than all the rest
    const held: Held = {
      id,
      action,
      frame,
      bytes,
      asks,
      stream,
      number,
      expires,
      durable,
      over: false,
      barrier: false,
      withdrawn: false,
    };
    stream.push(held);
    this.#weigh(held, 1);
    return held;
  }

  /** Whether a message that is next is over instead: too late, unwanted, or more than the server reads. */
  #settled(held: Held, now: number, maxBytes: number): boolean {
    const perhaps = held.number <= held.stream.written;
    if (held.withdrawn) {
      this.#end(held);
      this.#fates.unwanted(held);
    } else if (held.expires <= now) {
      this.#end(held);
      if (perhaps) this.#fates.uncertain(held);
      else this.#fates.rejected(held, expired(held));
    } else if (held.bytes > maxBytes) {
      this.#end(held);
      if (perhaps) this.#fates.uncertain(held);
      else this.#fates.rejected(held, tooLarge(held, maxBytes));
    }
    return held.over;
  }

  #end(held: Held): void {
    if (this.flies(held)) this.#fly(held, -1);
    held.over = true;
    this.#weigh(held, -1);
  }

  /** What was let go of, taken off what is in flight. */
  #flew(stream: Outgoing, letGo: () => Held[]): Held[] {
    const { head } = stream;
    const done = letGo();
    const until = head?.number ?? Number.POSITIVE_INFINITY;
    if (this.#flying > 0) for (const held of done) if (held.number < until) this.#fly(held, -1);
    return done;
  }

  #fly({ bytes }: Held, sign: 1 | -1): void {
    this.#flying += sign;
    this.#flyingBytes += sign * bytes;
  }

  #weigh({ bytes }: Held, sign: 1 | -1): void {
    this.#messages += sign;
    this.#bytes += sign * bytes;
  }
}

function expired({ action }: Held): ActionwireError {
  return new ActionwireError("EXPIRED", `${action}: it could not be sent in its time, and now never is`, { action });
}

function tooLarge({ action, bytes }: Held, maxBytes: number): ActionwireError {
  const text = `${action}: its frame has ${bytes} bytes, and the server has room for ${maxBytes}`;
  return new ActionwireError("TOO_LARGE", text, { action });
}
