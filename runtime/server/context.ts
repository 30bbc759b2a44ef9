/**
 * What a handler knows besides the payload: who is talking, and how to talk back.
 */
import type { Delivery } from "./delivery.js";
import type { Gone } from "./gone.js";
import type { Sender } from "./sender.js";

/** What is known of a connection from the request that opened it. */
export interface Opened<User = unknown> {
  /** Unique among all connections of all processes. */
  readonly connectionId: string;
  /** What `authorize` answered. */
  readonly user: User;
  /** Values of the `{parameters}` in the connection's path. */
  readonly parameters: Values;
  /** The first value of each member of the query. */
  readonly query: Values;
  /** By lower-case name. */
  readonly headers: Values;
}

/** Texts by name; no prototype, so `values.constructor` is undefined like any other that was not given. */
export type Values = Readonly<Record<string, string | undefined>>;

/**
 * Everything sent through a context belongs to the handler's run: the mount waits for it before the handler counts as
 * done, awaited or not. The functions work by themselves: `({ client, join }) => …`.
 */
export interface Context<User = unknown, S extends Sender = Sender> extends Opened<User> {
  /** The id of the request being handled, where the frame carried one. */
  readonly requestId: string | undefined;
  /** Which message of a session it is, to know it again by; undefined where delivery is plain, and in hooks. */
  readonly delivery: Delivery | undefined;
  /** Speaks to this client. */
  readonly client: S;
  /** Speaks to every client of this connection's kind. */
  readonly all: S;
  /** Speaks to every client that joined. */
  readonly topic: (name: string) => S;
  /** This client hears the topic from now on. */
  readonly join: (topic: string) => Promise<void>;
  readonly leave: (topic: string) => Promise<void>;
  /**
   * Ends the connection: 1000, or a code of 3000 to 4999 and a reason (cut to 123 bytes). What it sent and was not
   * handled yet is dropped. Throws `BAD_OPTION` for a code that may not be sent.
   */
  readonly close: (code?: number, reason?: string) => void;
  /** How the connection ended; undefined while it is there. */
  readonly gone: Gone | undefined;
}
