/**
 * Between the ledger and its store: one write at a time, and whatever gathers meanwhile goes into the next together, so
 * that a disk that syncs a hundred times a second keeps thousands of messages.
 */
import type { Clock } from "../clock.js";
import type { Held } from "./outgoing.js";
import type { OutboxStore, StoredMessage } from "./store.js";

/** What a keeper says. */
export interface Kept {
  /** These are durable from now on. */
  kept(held: readonly Held[]): void;
  /** These are not, and never will be. */
  failed(held: readonly Held[], error: unknown): void;
  /** The store failed where no message is the worse for it. */
  broken(error: unknown): void;
}

/** Milliseconds that drops wait for company: a drop that a crash prevents costs no more than a repetition. */
const DROP_MS = 50;

export class Keeper {
  readonly #store: OutboxStore;
  readonly #clock: Clock;
  readonly #told: Kept;
  readonly #opened: Promise<readonly StoredMessage[]>;
  #put: Held[] = [];
  #drop: string[] = [];
  /** Who waits for the drops to be done. */
  #dropped: (() => void)[] = [];
  /** Drops of a write that failed; they go along with the next one. */
  #failed: string[] = [];
  /** What the store has just failed to keep. */
  #lost = new Set<string>();
  #writing = false;
  #unusable: { readonly error: unknown } | undefined;
  #closed = false;
  #cancel: (() => void) | undefined;

  constructor(store: OutboxStore, clock: Clock, told: Kept) {
    this.#store = store;
    this.#clock = clock;
    this.#told = told;
    this.#opened = this.#open();
  }

  /** What was kept by those before; nothing where the store cannot be opened. Never rejects. */
  opened(): Promise<readonly StoredMessage[]> {
    return this.#opened;
  }

  put(held: Held): void {
    this.#put.push(held);
    void this.#write();
  }

  /** The store may have it no more, when there is time. */
  drop({ id }: Held): void {
    this.#drop.push(id);
    this.#cancel ??= this.#clock.after(DROP_MS, () => {
      this.#cancel = undefined;
      void this.#write();
    });
  }

  /**
   * The store must have it no more: `done` is called when that is so, later. False, and never, where it never reached
   * the store.
   */
  dropNow({ id, durable }: Held, done: () => void): boolean {
    if (this.#lost.has(id)) return false;
    const before = this.#put.length;
    if (!durable) this.#put = this.#put.filter((held) => held.id !== id);
    if (this.#put.length < before) return false;
    this.#drop.push(id);
    this.#dropped.push(done);
    void this.#write();
    return true;
  }

  /** Writes what is left, then lets go of the store. */
  close(): void {
    this.#closed = true;
    this.#cancel?.();
    void this.#write();
  }

  async #open(): Promise<readonly StoredMessage[]> {
    try {
      return await this.#store.open();
    } catch (error) {
      this.#unusable = { error };
      return [];
    }
  }

  async #write(): Promise<void> {
    if (this.#writing) return;
    this.#writing = true;
    await this.#opened;
    while (this.#put.length + this.#drop.length > 0) {
      const [put, drop] = [this.#put, [...this.#failed, ...this.#drop]];
      [this.#put, this.#drop, this.#failed] = [[], [], []];
      this.#cancel?.();
      this.#cancel = undefined;
      const dropped = this.#dropped.splice(0);
      await this.#batch(put, drop);
      for (const done of dropped) done(); // also where it failed: waiting longer would help nobody
    }
    this.#writing = false;
    if (this.#closed) await this.#end();
  }

  async #batch(put: readonly Held[], drop: readonly string[]): Promise<void> {
    try {
      if (this.#unusable) throw this.#unusable.error;
      await this.#store.write(put.map(stored), drop);
    } catch (error) {
      this.#failed = [...drop];
      this.#lost = new Set(put.map(({ id }) => id));
      if (put.length > 0) this.#told.failed(put, error);
      else this.#told.broken(error);
      this.#lost.clear();
      return;
    }
    if (put.length > 0) this.#told.kept(put);
  }

  async #end(): Promise<void> {
    try {
      if (!this.#unusable) await this.#store.close();
    } catch (error) {
      this.#told.broken(error);
    }
  }
}

function stored({ id, action, frame, asks, expires, stream }: Held): StoredMessage {
  return {
    id,
    action,
    frame,
    asks,
    ...(Number.isFinite(expires) && { expires }),
    ...(stream.priority !== 0 && { priority: stream.priority }),
  };
}
