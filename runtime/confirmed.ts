/**
 * Delivery to servers of anybody's, where the contract declares what answers an action: the answer confirms the message, so
 * one that a connection took with it is written again on the next, and what became of it can be told. The frames stay
 * exactly the document's. Such a server cannot tell that it has handled a message before, so it may handle it twice.
 */
import type { Delivery, DeliveryKind, DeliveryParts, Pending, Received } from "./delivery.js";
import { Drained } from "./drained.js";
import type { Frame } from "./frame.js";
import type { Heartbeat } from "./heartbeat.js";
import type { Message } from "./message.js";
import { noRoom } from "./no-room.js";
import type { Entry, Uncertain } from "./outbox.js";
import { Plain } from "./plain.js";
import type { HeartbeatKind } from "./state.js";

export interface ConfirmedOptions {
  /** The server has answered this message. Requests are told by their promises instead. */
  readonly onAcknowledged?: (id: string) => void;
  /** The server has refused this message, or its answer fits no schema. Requests are told by their promises instead. */
  readonly onRejected?: (rejection: { readonly message: Message; readonly error: unknown }) => void;
}

/**
 * Messages whose action declares a reply are kept until it comes, and written again after a break: at least once, in order
 * among themselves. All others are as in plain delivery.
 */
export function confirmed(options: ConfirmedOptions = {}): DeliveryKind {
  return (parts) => new Confirmed(parts, options);
}

class Confirmed implements Delivery {
  readonly subprotocol = undefined;
  readonly owed = false;
  readonly patience = 0;
  readonly ordered = true;
  readonly #parts: DeliveryParts;
  readonly #options: ConfirmedOptions;
  readonly #plain: Plain;
  readonly #drained = new Drained();
  /** Written and not answered, oldest first. */
  readonly #unanswered = new Map<string, Entry>();
  /** Bytes of their frames. */
  #bytes = 0;
  /** Of what waits, that which was written to an earlier connection, and may have arrived. */
  readonly #again = new Set<string>();

  constructor(parts: DeliveryParts, options: ConfirmedOptions) {
    this.#parts = parts;
    this.#options = options;
    this.#plain = new Plain(parts);
  }

  heartbeat(kind: HeartbeatKind, frame: Frame): Heartbeat {
    return this.#plain.heartbeat(kind, frame);
  }

  id(): string {
    return this.#plain.id();
  }

  mine(id: string): boolean {
    return this.#plain.mine(id);
  }

  /** What is sent is asked for an answer, as a request is, so that there is one to confirm it. */
  confirms(action: string): boolean {
    return this.#parts.api.toServer.actions[action]?.reply !== undefined;
  }

  rejected(message: Pick<Entry, "id" | "action" | "frame">, error: unknown): void {
    this.#options.onRejected?.({ message: this.#parts.message(message), error });
  }

  add(entry: Entry): void {
    const { limits } = this.#parts;
    const [messages, bytes] = [this.#left(), this.#plain.bytes + this.#bytes];
    const fits = messages < limits.maxMessages && bytes + entry.bytes <= limits.maxBytes;
    if (entry.asks && !fits) throw noRoom(entry, messages, bytes, limits);
    this.#plain.add(entry);
  }

  remove(id: string): boolean {
    const perhaps = this.#again.delete(id);
    const waited = this.#plain.remove(id);
    this.#done(id);
    return waited && !perhaps;
  }

  answered(id: string): void {
    this.#plain.answered(id);
    this.#done(id);
  }

  acknowledged(id: string): void {
    this.#options.onAcknowledged?.(id);
  }

  pending(): readonly Pending[] {
    const flying = [...this.#unanswered.values()];
    return [
      ...flying.map((entry) => ({ ...this.#parts.message(entry), at: "in flight" as const })),
      ...this.#plain.pending(),
    ];
  }

  drained(): Promise<void> {
    return this.#drained.wait(this.#left());
  }

  close(): readonly Entry[] {
    const waiting = this.#plain.close();
    const again = waiting.filter(({ id }) => this.#again.has(id));
    const perhaps = [...this.#taken(), ...again].filter(({ unheard }) => unheard);
    if (perhaps.length > 0) {
      this.#parts.tell.onUncertain({ messages: perhaps.map((entry) => this.#parts.message(entry)), more: 0 });
    }
    this.#drained.check(0);
    return waiting.filter((entry) => !again.includes(entry));
  }

  ready(): Promise<void> {
    return this.#plain.ready();
  }

  hello(): undefined {
    return undefined;
  }

  heard(frame: Frame): Received {
    return this.#plain.heard(frame);
  }

  next(): Frame | undefined {
    const entry = this.#plain.take();
    if (entry?.asks) {
      this.#again.delete(entry.id);
      this.#unanswered.set(entry.id, entry);
      this.#bytes += entry.bytes;
    }
    this.#drained.check(this.#left());
    return entry?.frame;
  }

  trust(): void {
    this.#plain.trust();
  }

  /** What was not answered waits again, before the rest; of what has no answer, some may have arrived. */
  broke(unread: boolean): Uncertain {
    const { entries, more } = this.#plain.broke(unread);
    const again = this.#taken().filter(({ id }) => !this.#plain.keeps(id));
    this.#plain.putBack(again);
    if (!unread) for (const { id } of again) this.#again.add(id);
    const forgotten = again.filter((entry) => !entries.includes(entry)).length; // by the outbox, and not here
    return { entries: entries.filter(({ asks }) => !asks), more: Math.max(0, more - forgotten) };
  }

  keeps(id: string): boolean {
    return this.#plain.keeps(id);
  }

  #left(): number {
    return this.#plain.size + this.#unanswered.size;
  }

  #taken(): Entry[] {
    const entries = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.#bytes = 0;
    return entries;
  }

  #done(id: string): void {
    const entry = this.#unanswered.get(id);
    this.#unanswered.delete(id);
    this.#bytes -= entry?.bytes ?? 0;
    this.#drained.check(this.#left());
  }
}
