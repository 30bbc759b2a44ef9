/**
 * What a server must remember for clients that come back. The names of sessions and streams are the client's with a suffix
 * for its user, so that nobody can speak of another's.
 */
import type { Refused } from "../../session/generated/types.js";
import type { Awaitable } from "../awaitable.js";
import type { Place } from "../broker.js";

/**
 * A client carries what it has heard; what it has said, and where it has joined, its server must know. It exists so that
 * this can outlive a process, or be shared by several: in memory by default. The first two methods are all that "nothing
 * comes twice" rests on; an application whose handlers write `context.delivery` together with their effects, in one
 * transaction, implements them over its own database: `{ ...memorySessions(), handled, record }`.
 */
export interface SessionStore {
  /** Of each stream, up to which number all is handled; undefined where there is no record. */
  handled(streams: readonly string[]): Awaitable<readonly (number | undefined)[]>;
  /**
   * A message is handled, and all before it in its stream. It is acknowledged once this is done; if it fails, the
   * connection ends, and the message comes again under the same id.
   */
  record(stream: string, number: number): Awaitable<void>;
  /**
   * What is known of a session; undefined for nothing. It is asked for now and then while its client is connected: what is
   * asked for is in use.
   */
  recall(session: string): Awaitable<Remembered | undefined>;
  /** A session begins, or begins anew: nothing else is known of it. `own`: the topic of what is said to it alone. */
  begin(session: string, own: string): Awaitable<void>;
  joined(session: string, topic: string, at: Place): Awaitable<void>;
  left(session: string, topic: string): Awaitable<void>;
  /** A message is refused: done before it is on record as handled. The newest few of a stream are enough. */
  refused(stream: string, refusal: Refusal): Awaitable<void>;
  /** What was refused of each stream. */
  refusals(streams: readonly string[]): Awaitable<readonly (readonly Refusal[])[]>;
  /** Its client is gone for good. What it has said stays on record. */
  end(session: string): Awaitable<void>;
}

export interface Remembered {
  /** The topic of what is said to it alone. */
  readonly own: string;
  /** Where each topic stood when it was joined. */
  readonly topics: ReadonlyMap<string, Place>;
}

/** That a message is refused, and why. */
export type Refusal = Readonly<Omit<Refused, "stream">>;
