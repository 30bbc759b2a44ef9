/**
 * How messages travel: what is kept of them, what is written, and when one is done with.
 */
import type { Api } from "./api.js";
import type { Clock } from "./clock.js";
import type { Given } from "./credentials.js";
import type { ActionwireError } from "./errors.js";
import type { Frame } from "./frame.js";
import type { Heartbeat } from "./heartbeat.js";
import type { FrameLimits } from "./json.js";
import type { Message } from "./message.js";
import type { Entry, OutboxLimits, Uncertain } from "./outbox.js";
import type { HeartbeatKind } from "./state.js";
import type { Tell } from "./tell.js";
import type { Verdict } from "./verdict.js";

/**
 * Between a client, which wants messages to arrive, and its connection, which can write frames and breaks. It exists
 * because there are two honest answers to what becomes of a message when that happens: with a server of anybody's,
 * nothing but the document's frames travel (`plain`); with one of ours, messages are numbered and acknowledged
 * (`session`). An application that does not use the second does not load it.
 */
export interface Delivery {
  /** The subprotocol that the server must choose; undefined where none is needed. */
  readonly subprotocol: string | undefined;
  /** Whether replies that carry no id are told apart by their order; else the delivery says which they answer. */
  readonly ordered: boolean;
  /** How dead connections are found; `kind` is what transport and options say, `frame` what asks where it is `actions`. */
  heartbeat(kind: HeartbeatKind, frame: Frame): Heartbeat;

  // What the client asks of it.

  /** An id for the next message with this action. */
  id(action: string): string;
  /** Whether an id is one that this client gave. */
  mine(id: string): boolean;
  /** Whether a message with this action is to ask for its reply even where nobody waits for it; absent: none is. */
  confirms?(action: string): boolean;
  /** The reply that nobody waits for has come. */
  acknowledged?(id: string): void;
  /** It says no. */
  rejected?(message: Pick<Entry, "id" | "action" | "frame">, error: unknown): void;
  /** Takes a message; the caller flushes. Throws `OUTBOX_FULL`. */
  add(entry: Entry): void;
  /** Nobody wants this message sent any more. True where it still waited, and now never leaves. */
  remove(id: string): boolean;
  /** A request was answered. */
  answered(id: string): void;
  /** Messages that are not done with, oldest first. */
  pending(): readonly Pending[];
  /** Resolves when none is pending. */
  drained(): Promise<void>;
  /** Hands out what now will never leave, and forgets it; nothing is accepted any more. */
  close(): readonly Entry[];
  /** Presents fresh credentials on the connection there is; absent where nothing but a new connection can. */
  refresh?(): void;

  // What the connection asks of it.

  /** Resolves when it may connect. Never rejects. */
  ready(): Promise<void>;
  /** What is said first on a new connection; then nothing leaves until {@link Line.greeted}. Undefined: all may leave. */
  hello(): Frame | undefined;
  /** A frame came. What of it is the application's; undefined where nothing is. */
  heard(frame: Frame): Received | undefined;
  /** The next frame to write; undefined where none may leave now. */
  next(): Frame | undefined;
  /** Something is written that the other side has not confirmed. */
  readonly owed: boolean;
  /** Milliseconds by which an answer may be later than usual, since much is on its way before the question. */
  readonly patience: number;
  /** The connection has proven itself. */
  trust(): void;
  /** It broke. `unread`: it was refused, so nothing written to it was taken. What may or may not have arrived. */
  broke(unread: boolean): Uncertain;
  /** Whether a request is still to be carried out, or answered, over a connection to come. */
  keeps(id: string): boolean;
}

/** A frame as the document says it. */
export interface Received {
  readonly frame: Frame;
  /** The id of the message that it answers, where the delivery says so. */
  readonly answers?: string | undefined;
}

/** A message on its way out. */
export interface Pending extends Message {
  /** `queued`: not written yet, or to be written again. `in flight`: written, and not known to have arrived. */
  readonly at: "queued" | "in flight";
}

/** The connection, as a delivery sees it. */
export interface Line {
  /** Writes what {@link Delivery.next} has. */
  flush(): void;
  /** The other side has answered the hello. */
  greeted(): void;
  /** The other side said something that cannot be gone on from. */
  hangUp(code: number, reason: string, verdict: Verdict): void;
  /** The server asked not to be called for so many milliseconds after this connection. */
  stayAway(ms: number): void;
}

/** What a delivery is made of. */
export interface DeliveryParts {
  readonly api: Api;
  readonly clock: Clock;
  /** Given where chance is to be held still. */
  readonly random: (() => number) | undefined;
  readonly limits: OutboxLimits;
  readonly tell: Tell;
  readonly line: Line;
  /** A message as its sender gave it. */
  readonly message: (entry: Pick<Entry, "id" | "action" | "frame">) => Message;
  readonly frames: FrameLimits;
  readonly calls: Waiting;
  /** Fresh credentials, as an attempt would take them; undefined where there are none to be asked for. */
  readonly credentials: () => Promise<Fresh | undefined>;
}

/** The requests that wait for replies. */
export interface Waiting {
  /** Rejects a request, if anybody still waits for it. */
  fail(id: string, error: ActionwireError): void;
  /** Its reply may come, and nobody waits for it any more. */
  late(id: string): void;
  /** The ids of all. */
  open(): readonly string[];
  /** Rejects with `CONNECTION_LOST` whatever is not kept. */
  lost(keeps: (id: string) => boolean): void;
}

/** Credentials in words. */
export interface Fresh {
  readonly token?: string;
  readonly credentials?: Given;
}

/** Makes the delivery of one client. */
export type DeliveryKind = (parts: DeliveryParts) => Delivery;
