/**
 * Delivery to servers of anybody's: a frame is exactly what the document says, and nothing is added to the wire. What was
 * written to a connection that broke may or may not have arrived; that is said, and it is not sent again.
 */
import type { Delivery, DeliveryParts, Pending, Received } from "./delivery.js";
import { Drained } from "./drained.js";
import type { Frame } from "./frame.js";
import { type Heartbeat, heartbeatOf } from "./heartbeat.js";
import { noRoom } from "./no-room.js";
import { type Entry, Outbox, type Uncertain } from "./outbox.js";
import type { HeartbeatKind } from "./state.js";

export class Plain implements Delivery {
  readonly subprotocol = undefined;
  readonly owed = false;
  readonly patience = 0;
  readonly ordered = true;
  readonly #parts: DeliveryParts;
  readonly #outbox: Outbox;
  readonly #drained = new Drained();
  /** Before the number in every id, so that the ids of two clients differ. */
  readonly #prefix: string;
  #count = 0;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    this.#outbox = new Outbox(parts.limits);
    this.#prefix = `${Math.floor((parts.random ?? Math.random)() * 36 ** 8).toString(36)}-`;
  }

  /** Messages that wait. */
  get size(): number {
    return this.#outbox.queued;
  }

  /** Bytes that wait. */
  get bytes(): number {
    return this.#outbox.bytes;
  }

  heartbeat(kind: HeartbeatKind, frame: Frame): Heartbeat {
    return heartbeatOf(kind, frame, this.#outbox);
  }

  id(): string {
    return this.#prefix + (this.#count++).toString(36);
  }

  mine(id: string): boolean {
    return id.startsWith(this.#prefix);
  }

  add(entry: Entry): void {
    if (this.#outbox.add(entry)) return;
    if (this.#outbox.press()) {
      this.#parts.line.flush();
      if (this.#outbox.add(entry)) return;
    }
    throw noRoom(entry, this.#outbox.queued, this.#outbox.bytes, this.#parts.limits);
  }

  remove(id: string): boolean {
    const waited = this.#outbox.remove(id);
    this.#drained.check(this.#outbox.queued);
    return waited;
  }

  answered(id: string): void {
    this.#outbox.answered(id);
  }

  /** Only what waits: what is written can be no more than hoped for. */
  pending(): readonly Pending[] {
    return this.#outbox.waiting().map((entry) => ({ ...this.#parts.message(entry), at: "queued" as const }));
  }

  drained(): Promise<void> {
    return this.#drained.wait(this.#outbox.queued);
  }

  close(): readonly Entry[] {
    const unsent = this.#outbox.clear();
    this.#drained.check(0);
    return unsent;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  hello(): undefined {
    return undefined;
  }

  heard(frame: Frame): Received {
    return { frame };
  }

  next(): Frame | undefined {
    return this.take()?.frame;
  }

  /** The next message; it then counts as written. */
  take(): Entry | undefined {
    const entry = this.#outbox.take();
    this.#drained.check(this.#outbox.queued);
    return entry;
  }

  /** These wait again, before the rest. */
  putBack(entries: readonly Entry[]): void {
    this.#outbox.putBack(entries);
  }

  trust(): void {
    this.#outbox.trust();
  }

  broke(unread: boolean): Uncertain {
    return unread ? this.#outbox.restore() : this.#outbox.lose();
  }

  keeps(id: string): boolean {
    return this.#outbox.waits(id);
  }
}
