/**
 * What can be said about a session.
 */
import type { ActionwireError } from "../errors.js";
import type { Message } from "../message.js";
import type { Contract } from "./generated/types.js";
import type { OutboxStore } from "./store.js";

/** How one action's messages are treated. */
export interface ActionDelivery {
  /** Milliseconds after which a message that has not left is rejected with `EXPIRED`. Default: it never expires. */
  readonly ttl?: number;
  /** Higher leaves first; each priority is in order in itself. Default 0: one lane, everything in order. */
  readonly priority?: number;
}

/** A message that the server did not handle and never will. */
export interface Rejection {
  readonly message: Message;
  /** Why: `EXPIRED`, `TOO_LARGE`, `NOT_KEPT`, or `REFUSED`, whose `details` hold the server's code and words. */
  readonly error: ActionwireError;
}

/** Something that the server said is out of reach. */
export interface Resync {
  /**
   * `forgotten`: the server knows nothing of this session any more, so what was joined is to be joined again. `missed`:
   * more was said meanwhile than the server keeps.
   */
  readonly why: "forgotten" | "missed";
}

/** The server was generated from another contract. */
export interface OtherContract {
  readonly mine: Contract;
  readonly theirs: Contract;
}

/** What to call when. What they throw goes to the client's `onError`. */
export interface SessionCallbacks {
  /** The store has these messages, by their ids: from now on they survive this process. */
  readonly onDurable?: (ids: readonly string[]) => void;
  /** The server has handled this message. */
  readonly onAcknowledged?: (id: string) => void;
  /**
   * A message ended unhandled. Requests are not among them: their promises are rejected. Without it, the console says it.
   */
  readonly onRejected?: (rejection: Rejection) => void;
  /** What the application knows may be out of date: load it anew. Without it, the console says it. */
  readonly onResync?: (resync: Resync) => void;
  /** The contracts differ, and the server goes on all the same. Without it, the console says it once. */
  readonly onOtherContract?: (contracts: OtherContract) => void;
}

export interface SessionOptions extends SessionCallbacks {
  /** Where what was accepted survives this process; without one it lives and dies with it. */
  readonly store?: OutboxStore;
  /** By action. */
  readonly actions?: { readonly [action: string]: ActionDelivery };
}
