/**
 * What the harness holds: a client library and its server, each used as its documentation recommends. A file of `peers/`
 * exports its peers, one a variant, as `peers`; nothing else names them.
 */
import type { ServerLog } from "./server-log.js";

export interface Peer {
  readonly name: string;
  /** It is this repository's own: nothing is to be installed for it. */
  readonly own?: boolean;
  /** Its client keeps what it has not delivered in `Place.store`, so that its process may be killed. */
  readonly durable?: boolean;
  /** Listens on this port of 127.0.0.1 before it resolves, and logs what it handles. Called again after each kill. */
  server(port: number, log: ServerLog, place: Place): Promise<Serving>;
  /** Connects to `ws://127.0.0.1:<port>/` before it resolves. May be called hundreds of times in a process. */
  client(url: string, events: ClientEvents, place: Place): Promise<Talker>;
}

/** Where one server or client lives; the same after its process was killed and started again. */
export interface Place {
  /** Who this is, `client-0` for one; without white space. */
  readonly id: string;
  /** A folder of its own that outlives the process. */
  readonly store: string;
}

export interface Serving {
  /** Ends gracefully, as on SIGTERM. */
  close(): Promise<void>;
}

export interface Talker {
  /** Hands a message over, at any time. What it throws counts as `failed`. */
  send(n: number): void;
  /** Resolves when the library says that nothing is pending; never where it cannot say. Asked when all are sent. */
  settled(): Promise<void>;
  close(): void | Promise<void>;
}

/** What the application is told. */
export interface ClientEvents {
  /** The library gave this message up. */
  failed(n: number): void;
  /** The library says that the server has it. */
  accepted(n: number): void;
  /** The library says that it is kept in the store and survives this process. */
  durable(n: number): void;
  /** The connection is gone. */
  down(): void;
}

/** Of a `settled` that never resolves. */
export const NEVER: Promise<never> = new Promise(() => {});
