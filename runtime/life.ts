/**
 * The words of the machine: where the life of a connection can be, what can happen to it, what is to be done then.
 * A state has what it needs and nothing else, so a wait without an end or an open connection without a socket cannot
 * be written down.
 */
import type { Backoff } from "./backoff.js";
import type { HeartbeatTimes } from "./heartbeat.js";
import type { Reason } from "./reason.js";
import type { Verdict } from "./verdict.js";

/** What outlives a state: whether the platform says there is no network. */
interface Lasting {
  readonly offline: boolean;
}

/** On the way: attempts in a row that did not prove themselves, and how many of them were refusals. */
export interface Trying extends Lasting {
  /** Number of the current attempt, or of the last one. Never used twice. */
  readonly socket: number;
  readonly attempts: number;
  readonly refusals: number;
}

export type State =
  | ({ readonly at: "idle" } & Lasting)
  | ({ readonly at: "connecting" } & Trying)
  | Open
  | Waiting
  | ({ readonly at: "stopped"; readonly socket: number; readonly reason: Reason } & Lasting)
  | { readonly at: "closed" };

export interface Open extends Trying {
  readonly at: "open";
  readonly since: number;
  /** It has been heard, or open for long enough, to count as a success. */
  readonly proven: boolean;
  /** When the answer to a heartbeat is due; 0 where none is out. */
  readonly due: number;
  /** Something written is not confirmed, or was not when last looked: it is asked more often. */
  readonly owing: boolean;
}

export interface Waiting extends Trying {
  readonly at: "waiting";
  readonly until: number;
  /** The server asked not to be called before: nothing but `connect` goes below. */
  readonly floor: number;
  readonly reason: Reason;
}

/** `roll`: a random number, at least 0 and below 1, for the length of a wait. `now` in milliseconds. */
export type Event =
  | { readonly on: "connect" }
  | { readonly on: "close"; readonly code: number }
  | { readonly on: "opened"; readonly socket: number; readonly now: number }
  | { readonly on: "received"; readonly socket: number }
  | { readonly on: "ponged"; readonly socket: number }
  | {
      readonly on: "lost";
      readonly socket: number;
      readonly verdict: Verdict;
      readonly now: number;
      readonly roll: number;
    }
  /** `owed`: something written is not confirmed, where the delivery knows. */
  | {
      readonly on: "timer";
      readonly timer: Timer;
      readonly now: number;
      readonly roll: number;
      readonly owed?: boolean;
      /** Milliseconds by which an answer may be later than usual. */
      readonly patience?: number;
    }
  /** Something was written that the other side is to confirm. */
  | { readonly on: "owing" }
  /** The other side said what cannot be gone on from. */
  | {
      readonly on: "failed";
      readonly code: number;
      readonly reason: string;
      readonly verdict: Verdict;
      readonly now: number;
      readonly roll: number;
    }
  | { readonly on: "wake" | "online" | "offline"; readonly now: number }
  /** A request was never answered, and answers come in order: none that follows could be trusted. */
  | { readonly on: "confused"; readonly now: number; readonly roll: number };

/** `answer`: of an opening or a heartbeat; `proof`: open for long enough; `beat`: next heartbeat; `retry`: next attempt. */
export type Timer = "answer" | "proof" | "beat" | "retry";

export type Effect =
  | { readonly do: "dial"; readonly socket: number }
  | { readonly do: "hangUp"; readonly code: number; readonly reason: string }
  | { readonly do: "start"; readonly timer: Timer; readonly ms: number }
  | { readonly do: "stop"; readonly timer: Timer }
  /** The socket is open: what waits may flow. */
  | { readonly do: "flow" }
  /** The connection counts as a success from here. */
  | { readonly do: "trust" }
  | { readonly do: "ping" }
  /** The connection is gone. `unread`: it was refused before it proved itself, so nothing written was taken. */
  | { readonly do: "settle"; readonly unread: boolean }
  /** Look out for sleep, wake and the network, from now on or no longer. */
  | { readonly do: "watch" | "unwatch" };

/** Numbers, all milliseconds but `maxRefusals`. */
export interface Policy {
  readonly backoff: Backoff;
  /** For token, address and opening together. */
  readonly dialTimeout: number;
  /** Open for so long is a success, even if nothing is heard. */
  readonly provenAfter: number;
  /** Refusals in a row after which it stops. */
  readonly maxRefusals: number;
  /** How long to wait between attempts while the platform says there is no network; it is sometimes wrong. */
  readonly offlineRetry: number;
  /** Absent where nothing can be asked of the server. */
  readonly heartbeat?: HeartbeatTimes;
}

/** The state after, and what to do, in order. */
export type Step = readonly [State, ...Effect[]];
