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
import { backoff } from "./backoff.js";
import { CloseCode } from "./close-codes.js";
import type { Effect, Event, Open, Policy, State, Step, Trying, Waiting } from "./life.js";
import type { Reason } from "./reason.js";
import type { Verdict } from "./verdict.js";

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
      if (event.on === "failed") return fail(state, event, policy);
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
const UNANSWERED: Reason = {
  kind: "unanswered",
  text: "a request was never answered, and answers come in order",
};
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
    { at: "open", offline, socket, attempts, refusals, since, proven: false, due: 0, owing: false },
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
    case "confused":
      return giveUp(state, UNANSWERED, event, policy);
    case "failed":
      return fail(state, event, policy);
    case "owing":
      return owe(state, policy);
    case "timer":
      if (event.timer === "proof") return prove(state);
      if (event.timer === "beat") return again({ ...state, owing: event.owed === true }, event, policy);
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

/** Asks more often while something is owed, or what was never confirmed would be found out late. */
function owe(state: Open, { heartbeat }: Policy): Step {
  if (!heartbeat?.owed || state.owing) return [state];
  return [
    { ...state, owing: true },
    { do: "start", timer: "beat", ms: heartbeat.owed.every },
  ];
}

/** It is time to ask, and to set the next time. */
function again(state: Open, { now, patience = 0 }: Extract<Event, { on: "timer" }>, { heartbeat }: Policy): Step {
  const times = (state.owing ? heartbeat?.owed : undefined) ?? heartbeat;
  if (!times) return [state];
  return [...ask(state, now, times.timeout + patience), { do: "start", timer: "beat", ms: times.every }];
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

function fail(
  state: Extract<State, Trying>,
  { code, reason, verdict, now, roll }: Extract<Event, { on: "failed" }>,
  policy: Policy,
): Step {
  return lose(state, verdict, { now, roll }, policy, { do: "hangUp", code, reason });
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
