/**
 * The ledger with what follows from it: the store is kept up to date, callers and the application are told.
 */
import type { DeliveryParts, Pending } from "../delivery.js";
import { Drained } from "../drained.js";
import { ActionwireError } from "../errors.js";
import { frameSize } from "../frame.js";
import type { Entry } from "../outbox.js";
import { randomName } from "../random-name.js";
import { Timers } from "../timers.js";
import { Keeper } from "./keeper.js";
import { Lanes } from "./lanes.js";
import { Ledger } from "./ledger.js";
import type { SessionOptions } from "./options.js";
import { type Held, type Outgoing, partsOf } from "./outgoing.js";
import type { SessionTell } from "./telling.js";

export class Book {
  readonly ledger: Ledger;
  /** Resolves when what earlier processes left behind is in the ledger. */
  readonly ready: Promise<void>;
  readonly #parts: DeliveryParts;
  readonly #tell: SessionTell;
  readonly #lanes: Lanes;
  readonly #keeper: Keeper | undefined;
  readonly #drained = new Drained();
  readonly #timers: Timers<"expiry">;
  #expiry = Number.POSITIVE_INFINITY;
  #closed = false;

  constructor(parts: DeliveryParts, { store, actions = {} }: SessionOptions, tell: SessionTell) {
    this.#parts = parts;
    this.#tell = tell;
    this.#timers = new Timers(parts.clock);
    this.ledger = new Ledger(parts.limits, {
      acknowledged: (held) => this.#acknowledged(held),
      rejected: (held, error) => this.#rejected(held, error),
      uncertain: (held) => this.#uncertain([held]),
      unwanted: (held) => {
        this.#skipped(held);
        this.#drained.check(this.ledger.size);
      },
    });
    this.#lanes = new Lanes(parts.api, actions, (priority) =>
      this.ledger.stream(randomName(20, parts.random), priority),
    );
    this.#keeper =
      store &&
      new Keeper(store, parts.clock, {
        kept: (held) => this.#kept(held),
        failed: (held, error) => this.#notKept(held, error),
        broken: (error) => parts.tell.onError(error, { during: "store" }),
      });
    this.ready = this.#adopt();
  }

  id(action: string): string {
    const { stream } = this.#lanes.of(action);
    return `${stream.name}.${++stream.count}`;
  }

  mine(id: string): boolean {
    return this.ledger.has(partsOf(id).name);
  }

  add(entry: Entry): void {
    const { stream, ttl } = this.#lanes.of(entry.action);
    const held = this.ledger.add(entry, stream, this.#parts.clock.now() + ttl, this.#keeper === undefined);
    this.#keeper?.put(held);
    if (held.expires < this.#expiry) this.expire();
  }

  pending(): readonly Pending[] {
    if (this.#closed) return [];
    return this.ledger.held().map((held) => ({
      ...this.#parts.message(held),
      at: this.ledger.flies(held) ? ("in flight" as const) : ("queued" as const),
    }));
  }

  async drained(): Promise<void> {
    await this.ready;
    return this.#drained.wait(this.#closed ? 0 : this.ledger.size);
  }

  /** The streams to speak for on a new connection, so many at most: this client's own always among them. */
  spoken(most: number): readonly Outgoing[] {
    const own = this.#lanes.streams;
    this.ledger.prune(own);
    const { streams } = this.ledger;
    return streams.length <= most ? streams : [...own, ...streams.filter((one) => !own.has(one))].slice(0, most);
  }

  /** Rejects what has expired, and looks again when the next message does. */
  expire(): void {
    this.#timers.stop("expiry");
    if (this.#closed) return;
    const now = this.#parts.clock.now();
    this.#expiry = Number.NEGATIVE_INFINITY;
    this.ledger.expire(now);
    this.#expiry = this.ledger.expire(now); // whoever was told may have sent on
    if (Number.isFinite(this.#expiry)) this.#timers.start("expiry", this.#expiry - now, () => this.expire());
  }

  /** Hands out what will never leave. What a store keeps will, with the next client that opens it. */
  close(): readonly Entry[] {
    if (this.#closed) return [];
    this.#closed = true;
    this.#timers.stop("expiry");
    // Whoever asked is told that it failed, so no later process may carry it out.
    const lost = this.ledger.held().filter((held) => !this.#keeper || held.asks);
    for (const held of lost) this.#keeper?.dropNow(held, () => {});
    this.#keeper?.close();
    this.#drained.check(0);
    const perhaps = (held: Held): boolean => held.number <= held.stream.written;
    this.#uncertain(lost.filter((held) => perhaps(held) && !held.asks));
    return lost.filter((held) => !perhaps(held));
  }

  #acknowledged(held: Held): void {
    this.#tell.onAcknowledged(held.id);
    this.#done(held);
  }

  #rejected(held: Held, error: ActionwireError): void {
    this.#skipped(held); // before anybody is told, who may send on at once
    if (held.asks) this.#parts.calls.fail(held.id, error);
    else this.#tell.onRejected({ message: this.#parts.message(held), error });
    this.#drained.check(this.ledger.size);
  }

  /** Its number is passed over. */
  #skipped(held: Held): void {
    if (this.#keeper && !this.#closed) {
      held.barrier = this.#keeper.dropNow(held, () => {
        held.barrier = false;
        this.#parts.line.flush();
      });
    }
  }

  #uncertain(held: readonly Held[]): void {
    if (held.length === 0) return;
    for (const one of held) this.#skipped(one);
    this.#parts.tell.onUncertain({ messages: held.map((one) => this.#parts.message(one)), more: 0 });
    this.#drained.check(this.ledger.size);
  }

  #done(held: Held): void {
    if (!this.#closed) this.#keeper?.drop(held);
    this.#drained.check(this.ledger.size);
  }

  #kept(held: readonly Held[]): void {
    for (const one of held) one.durable = true;
    this.#tell.onDurable(held.map(({ id }) => id));
    this.#parts.line.flush();
  }

  #notKept(held: readonly Held[], cause: unknown): void {
    for (const one of held) {
      if (one.over) continue;
      const text = `${one.action}: the store could not keep it`;
      this.ledger.reject(one, new ActionwireError("NOT_KEPT", text, { action: one.action, cause }));
    }
  }

  async #adopt(): Promise<void> {
    for (const kept of (await this.#keeper?.opened()) ?? []) {
      const { expires = Number.POSITIVE_INFINITY, priority = 0, ...entry } = kept;
      this.ledger.adopt({ ...entry, bytes: frameSize(entry.frame) }, priority, expires);
      if (entry.asks) this.#parts.calls.late(entry.id); // whoever asked is no more
    }
  }
}
