/**
 * Requests that wait for their replies. A reply finds its request by the id that its frame or its payload carries, or,
 * where the contract has no ids, by order: the next message that can be a reply answers the oldest open request that expects it.
 *
 * A request that was given up leaves a tombstone, which takes its late reply. Where a server never replied at all, that
 * is the next one's reply, and the next one waits in vain: if it then left a tombstone too, so would all after it.
 */
import type { Reply } from "./api.js";
import type { Clock } from "./clock.js";
import { ActionwireError } from "./errors.js";
import { type Id, idAt } from "./field.js";

/** What is used of the platform's AbortSignal. */
export interface AbortSignalLike {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

export interface RequestOptions {
  /** Milliseconds from the call to the reply, waiting in the outbox included; default 10,000. */
  readonly timeout?: number;
  /** Gives the request up: `ABORTED`. If it still waits, it is never sent. */
  readonly signal?: AbortSignalLike | undefined;
}

/** One open request. */
export interface Call {
  readonly id: string;
  readonly action: string;
  readonly reply: Reply;
  /** The id in its payload, where that is how its reply is found. */
  readonly key?: Id | undefined;
  /** What came back: a payload that has been checked, or an error. */
  readonly resolve: (payload: unknown) => void;
  readonly reject: (error: unknown) => void;
}

interface Entry extends Call {
  /** Nobody waits any more, but the reply may still come, and must not be taken for the next one's. */
  settled: boolean;
  /** It was only sent: what answers it is a message like any other. */
  readonly unasked?: boolean;
  /** A tombstone took a reply that may have been this one's. */
  robbed: boolean;
  release: () => void;
}

/** How many replies that nobody waits for are looked out for, by order; the oldest is given up first. */
const MAX_TOMBSTONES = 1_000;

export class Calls {
  readonly #clock: Clock;
  /** Whether replies without an id come in order. */
  readonly #ordered: () => boolean;
  /** Takes a request out of the outbox; false where it is written already. */
  readonly #recall: (id: string) => boolean;
  /** It can no longer be told which reply is whose. */
  readonly #confused: () => void;
  /** In order of asking, which is the order of writing. */
  readonly #open: Map<string, Entry> = new Map();
  #tombstones = 0;
  /** Whose reply is told by its delivery, and that nobody waits for any more. */
  readonly #late = new Set<string>();

  constructor(clock: Clock, ordered: () => boolean, recall: (id: string) => boolean, confused: () => void) {
    this.#ordered = ordered;
    this.#clock = clock;
    this.#recall = recall;
    this.#confused = confused;
  }

  /** Waits for the reply to a request, `timeout` milliseconds at most, where given. The signal must not have fired yet. */
  add(call: Call, timeout: number | undefined, signal: AbortSignalLike | undefined): void {
    const { id, action } = call;
    const late = (): void =>
      this.#giveUp(entry, new ActionwireError("TIMEOUT", `${action}: no reply within ${timeout} ms`, { action }));
    const cancel = timeout === undefined ? (): void => {} : this.#clock.after(timeout, late);
    const abort = (): void => this.#giveUp(entry, aborted(action, signal));
    const release = (): void => {
      cancel();
      signal?.removeEventListener("abort", abort);
    };
    const entry: Entry = { ...call, settled: false, robbed: false, release };
    signal?.addEventListener("abort", abort);
    this.#open.set(id, entry);
  }

  /**
   * A message was sent that the contract has an answer to, and nobody waits for it. By order, that answer must not be
   * taken for the next request's.
   */
  pass({ id, action, reply }: Pick<Call, "id" | "action" | "reply">): void {
    if (reply.by !== "order") return;
    const nobody = (): void => {};
    const told = { resolve: nobody, reject: nobody, release: nobody };
    this.#open.set(id, { id, action, reply, ...told, settled: true, unasked: true, robbed: false });
    this.#bury();
  }

  /** The request that a frame with this id answers. It is no longer open; what to make of the reply is the caller's. */
  byId(id: string): Call | undefined {
    const entry = this.#open.get(id);
    if (entry?.reply.by === "id") this.#close(entry);
    return entry?.reply.by === "id" ? entry : undefined;
  }

  /**
   * The request that a message answers by the id in its payload. One that nobody waits for is a message like any other;
   * so is one that came as one of several which look alike, unless it fits what is waited for.
   */
  byField(action: string, payload: unknown, fits: (action: string) => boolean): Call | undefined {
    for (const entry of this.#open.values()) {
      const { reply, key } = entry;
      if (reply.by !== "field" || key === undefined || idAt(payload, reply.reply) !== key) continue;
      const isIt = (): boolean => reply.doors?.includes(action) === true && reply.actions.some(fits);
      if (!reply.actions.includes(action) && !isIt()) continue;
      this.#close(entry);
      return entry;
    }
    return undefined;
  }

  /** The same for a refusal, which carries an id however the replies are found. */
  refused(id: string): Call | undefined {
    const entry = this.#open.get(id);
    if (entry) this.#close(entry);
    return entry;
  }

  /**
   * The oldest request that a message with this action answers; `"late"` where its asker has given up, undefined where
   * there is none.
   */
  byOrder(action: string): Call | "late" | undefined {
    if (!this.#ordered()) return undefined;
    for (const entry of this.#open.values()) {
      if (!expects(entry, action)) continue;
      const { settled, unasked } = entry;
      this.#close(entry);
      if (unasked) return undefined;
      if (!settled) return entry;
      this.#rob(action);
      return "late";
    }
    return undefined;
  }

  /** The request that a message answers by its delivery's word; `"late"` where its asker has given up. */
  byMessage(id: string, action: string): Call | "late" | undefined {
    const entry = this.#open.get(id);
    if (entry && expects(entry, action)) {
      this.#close(entry);
      return entry;
    }
    return this.isLate(id) ? "late" : undefined;
  }

  /** Whether nobody waits any more for the reply that just came. */
  isLate(id: string): boolean {
    return this.#late.delete(id);
  }

  /** Its reply may come, and nobody waits for it any more. */
  late(id: string): void {
    this.#late.add(id);
    if (this.#late.size <= MAX_TOMBSTONES) return;
    for (const oldest of this.#late) return void this.#late.delete(oldest);
  }

  /** The connection is gone: what was written is rejected, what waits in the outbox (still, or again) stays. */
  lost(waits: (id: string) => boolean): void {
    for (const entry of [...this.#open.values()]) {
      if (waits(entry.id)) continue;
      const text = `${entry.action}: the connection broke before the reply; whether the request was carried out is unknown`;
      this.#fail(entry, new ActionwireError("CONNECTION_LOST", text, { action: entry.action }));
    }
  }

  /** The ids of those that somebody waits for. */
  open(): readonly string[] {
    return [...this.#open.values()].filter(({ settled }) => !settled).map(({ id }) => id);
  }

  /** Rejects one request, if anybody still waits for it. */
  fail(id: string, error: ActionwireError): void {
    const entry = this.#open.get(id);
    if (entry) this.#fail(entry, error);
  }

  /** The client was closed: nobody will be answered. */
  end(): void {
    for (const entry of [...this.#open.values()]) {
      const { action } = entry;
      this.#fail(entry, new ActionwireError("CLOSED", `${action}: the client was closed before the reply`, { action }));
    }
  }

  #fail(entry: Entry, error: ActionwireError): void {
    this.#close(entry);
    if (!entry.settled) entry.reject(error);
  }

  /**
   * A tombstone took a reply: a late one, or, where the server never answered, that of the oldest open request. If that
   * one then waits in vain, nobody can say which it was.
   */
  #rob(action: string): void {
    for (const entry of this.#open.values()) {
      if (entry.settled || entry.robbed || !expects(entry, action)) continue;
      entry.robbed = true;
      return;
    }
  }

  #giveUp(entry: Entry, error: ActionwireError): void {
    const neverSent = this.#recall(entry.id);
    const confused = entry.robbed && !neverSent && error.code === "TIMEOUT";
    entry.release();
    entry.settled = true;
    if (neverSent || entry.reply.by !== "order") this.#open.delete(entry.id);
    else if (this.#ordered()) this.#bury();
    else {
      this.#open.delete(entry.id);
      this.late(entry.id);
    }
    entry.reject(error);
    if (confused) this.#confused();
  }

  #bury(): void {
    if (++this.#tombstones <= MAX_TOMBSTONES) return;
    for (const entry of this.#open.values()) {
      if (entry.settled) return this.#close(entry);
    }
  }

  #close(entry: Entry): void {
    entry.release();
    this.#open.delete(entry.id);
    if (entry.settled) this.#tombstones--;
  }
}

/** Whether a message with this action can be the reply. */
function expects({ reply }: Entry, action: string): boolean {
  return reply.by === "order" && reply.actions.includes(action);
}

/** What a caller gets whose signal fired. */
export function aborted(action: string, signal: AbortSignalLike | undefined): ActionwireError {
  return new ActionwireError("ABORTED", `${action}: the caller gave up`, { action, cause: signal?.reason });
}
