/**
 * The life of the one connection, as a pure function. `connection.ts` performs the effects.
 *
 *     idle ──connect──▶ connecting ──opened──▶ open
 *                        ▲   │ lost, deadline    │ lost, silent
 *                        │   ▼                   ▼
 *           retry, wake, └── waiting ◀───────────┤
 *           online, connect                      ▼
 *                        ▲────────connect─── stopped            close, from anywhere ──▶ closed
 *
 * Every attempt gets the next number; what an earlier socket still says carries a number that is no longer the
 * state's, and is ignored.
 */
import { type Backoff, backoff } from "./backoff.js";
import { CloseCode } from "./close-codes.js";
import type { Reason } from "./reason.js";
import type { Verdict } from "./verdict.js";

/** What outlives a state: whether the platform says there is no network. */
interface Lasting {
  readonly offline: boolean;
}

/** On the way: attempts in a row that did not prove themselves, and how many of them were refusals. */
interface Trying extends Lasting {
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

interface Open extends Trying {
  readonly at: "open";
  readonly since: number;
  /** It has been heard, or open for long enough, to count as a success. */
  readonly proven: boolean;
  /** When the answer to a heartbeat is due; 0 where none is out. */
  readonly due: number;
}

interface Waiting extends Trying {
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
  | { readonly on: "timer"; readonly timer: Timer; readonly now: number; readonly roll: number }
  | { readonly on: "wake" | "online" | "offline"; readonly now: number };

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
  readonly heartbeat?: {
    readonly every: number;
    readonly timeout: number;
    /** For the answer after sleep or a change of network, when a person is looking. */
    readonly probe: number;
  };
}

/** The state after, and what to do, in order. */
export type Step = readonly [State, ...Effect[]];

export const start: State = { at: "idle", offline: false };

/** An answer that comes with the timer that gave up on it was held up by this side: asleep, or throttled. */
const LATE = 2_000;

export function step(state: State, event: Event, policy: Policy): Step {
  if (state.at === "closed") return [state];
  if (event.on === "close") return close(state, event.code);
  if ("socket" in event && !(isLive(state) && state.socket === event.socket)) return [state]; // a stale socket speaks
  if (event.on === "offline" || event.on === "online") return network(state, event.on === "offline", event.now, policy);
  switch (state.at) {
    case "idle":
    case "stopped":
      if (event.on !== "connect") return [state];
      return dial({ socket: 0, ...state, attempts: 0, refusals: 0 }, policy, { do: "watch" });
    case "connecting":
      if (event.on === "opened") return open(state, event.now, policy);
      if (event.on === "lost") return lose(state, event.verdict, event, policy);
      if (event.on === "timer" && event.timer === "answer") return giveUp(state, LATE_OPENING, event, policy);
      return [state];
    case "open":
      return whileOpen(state, event, policy);
    case "waiting":
      if (event.on === "timer" && event.timer === "retry") return dial(state, policy);
      if (event.on === "connect") return dial({ ...state, attempts: 0, refusals: 0 }, policy, STOP_RETRY);
      return event.on === "wake" ? hurry(state, event.now, policy) : [state];
  }
}

const LATE_OPENING: Reason = { kind: "timeout", text: "opening took too long" };
const SILENT: Reason = { kind: "silent", text: "nothing answered the heartbeat" };
const STOP_RETRY: Effect = { do: "stop", timer: "retry" };
/** Whatever may run while there is a socket. */
const STOP_ALL: readonly Effect[] = (["answer", "proof", "beat"] as const).map((timer) => ({ do: "stop", timer }));

function isLive(state: State): state is Extract<State, { at: "connecting" | "open" }> {
  return state.at === "connecting" || state.at === "open";
}

function close(state: Exclude<State, { at: "closed" }>, code: number): Step {
  const farewell: Effect[] = isLive(state) ? [{ do: "hangUp", code, reason: "" }, ...STOP_ALL] : [STOP_RETRY];
  return [{ at: "closed" }, ...farewell, { do: "unwatch" }];
}

function dial({ offline, socket, attempts, refusals }: Trying, policy: Policy, ...before: Effect[]): Step {
  const next = socket + 1;
  return [
    { at: "connecting", offline, socket: next, attempts, refusals },
    ...before,
    { do: "start", timer: "answer", ms: policy.dialTimeout },
    { do: "dial", socket: next },
  ];
}

function open({ offline, socket, attempts, refusals }: Trying, since: number, policy: Policy): Step {
  return [
    { at: "open", offline, socket, attempts, refusals, since, proven: false, due: 0 },
    { do: "stop", timer: "answer" },
    { do: "start", timer: "proof", ms: policy.provenAfter },
    ...beat(policy),
    { do: "flow" },
  ];
}

function whileOpen(state: Open, event: Event, policy: Policy): Step {
  switch (event.on) {
    case "received":
      return state.proven ? answered(state) : prove(...answered(state));
    case "ponged":
      return answered(state);
    case "lost":
      return lose(state, event.verdict, event, policy);
    case "wake":
      return probe(state, event.now, policy);
    case "timer":
      if (event.timer === "proof") return prove(state);
      if (event.timer === "beat") return [...ask(state, event.now, policy.heartbeat?.timeout), ...beat(policy)];
      if (event.timer !== "answer" || state.due === 0) return [state];
      // This side slept: what came meanwhile is still to be heard, so ask again instead of hanging up.
      if (event.now > state.due + LATE) return probe({ ...state, due: 0 }, event.now, policy);
      return giveUp(state, SILENT, event, policy);
    default:
      return [state];
  }
}

function answered(state: Open): readonly [Open, ...Effect[]] {
  return state.due === 0
    ? [state]
    : [
        { ...state, due: 0 },
        { do: "stop", timer: "answer" },
      ];
}

function prove(state: Open, ...before: Effect[]): Step {
  const proven = { ...state, proven: true, attempts: 0, refusals: 0 };
  return [proven, ...before, { do: "stop", timer: "proof" }, { do: "trust" }];
}

function beat({ heartbeat }: Policy): Effect[] {
  return heartbeat ? [{ do: "start", timer: "beat", ms: heartbeat.every }] : [];
}

/** Asks for a sign of life within `ms`, unless one is due anyway. */
function ask(state: Open, now: number, ms: number | undefined): Step {
  if (ms === undefined || state.due > 0) return [state];
  return [{ ...state, due: now + ms }, { do: "start", timer: "answer", ms }, { do: "ping" }];
}

/** Asks at once and briefly: something has happened that connections seldom survive. */
function probe(state: Open, now: number, { heartbeat }: Policy): Step {
  const soon = heartbeat && state.due > now && state.due <= now + heartbeat.probe;
  return soon ? [state] : ask({ ...state, due: 0 }, now, heartbeat?.probe);
}

/** The platform's word on the network. Its "online" is often early and its "offline" sometimes wrong, so both only hint. */
function network(state: Exclude<State, { at: "closed" }>, offline: boolean, now: number, policy: Policy): Step {
  if (state.at === "open") return probe({ ...state, offline }, now, policy);
  if (state.at !== "waiting") return [{ ...state, offline }];
  return offline
    ? rest({ ...state, offline, until: Math.max(state.until, now + policy.offlineRetry) }, now)
    : hurry({ ...state, offline }, now, policy);
}

/** Things have changed for the better: try at once, or as soon as the server's own wish allows. */
function hurry(state: Waiting, now: number, policy: Policy): Step {
  const fresh = { ...state, attempts: 0 };
  return state.floor > now ? rest({ ...fresh, until: state.floor }, now) : dial(fresh, policy, STOP_RETRY);
}

function rest(state: Waiting, now: number, ...before: Effect[]): Step {
  return [state, ...before, { do: "start", timer: "retry", ms: state.until - now }];
}

interface Moment {
  readonly now: number;
  readonly roll: number;
}

function giveUp(state: Extract<State, Trying>, reason: Reason, moment: Moment, policy: Policy): Step {
  const hangUp: Effect = { do: "hangUp", code: CloseCode.normal, reason: "" };
  return lose(state, { is: "retry", reason }, moment, policy, hangUp);
}

function lose(
  state: Extract<State, Trying>,
  verdict: Verdict,
  { now, roll }: Moment,
  policy: Policy,
  ...before: Effect[]
): Step {
  const { offline, socket } = state;
  const refused = verdict.is === "refused";
  const unread = refused && !(state.at === "open" && state.proven);
  const effects: Effect[] = [...before, ...STOP_ALL, { do: "settle", unread }];
  const refusals = state.refusals + (refused ? 1 : 0);
  const reason = verdict.reason.kind === "unauthorized" ? { ...verdict.reason, refusals } : verdict.reason;
  if (verdict.is === "final" || (refused && refusals >= policy.maxRefusals)) {
    return [{ at: "stopped", offline, socket, reason }, ...effects, { do: "unwatch" }];
  }
  const floor = now + Math.min(verdict.after ?? 0, policy.backoff.maxFloor);
  const pause = backoff(policy.backoff, state.attempts, roll, verdict.after);
  const until = now + (offline ? Math.max(pause, policy.offlineRetry) : pause);
  const attempts = state.attempts + 1;
  return rest({ at: "waiting", offline, socket, attempts, refusals, until, floor, reason }, now, ...effects);
}
