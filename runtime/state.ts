/**
 * The life of a connection as an application sees it.
 */

import type { State } from "./life.js";
import type { Reason } from "./reason.js";

/** How half-open connections are found: by the transport's pings, a pair of actions, the session's own, or not at all. */
export type HeartbeatKind = "ping" | "actions" | "session" | "off";

/** Times are milliseconds since the epoch, attempts count from 1. */
export type ConnectionState =
  /** Nothing was asked of it yet. */
  | { readonly at: "idle" }
  /** Fetching a token, resolving the address, opening. */
  | { readonly at: "connecting"; readonly attempt: number }
  /** Open. `proven` once the server has said something or 5 s have passed: until then it may yet be a refusal. */
  | { readonly at: "open"; readonly since: number; readonly proven: boolean; readonly heartbeat: HeartbeatKind }
  /** Between two attempts: the next one, its number, when, and why the one before failed. */
  | { readonly at: "waiting"; readonly attempt: number; readonly until: number; readonly reason: Reason }
  /** Given up: `connect()` starts again. */
  | { readonly at: "stopped"; readonly reason: Reason }
  /** Closed by the application, for good. */
  | { readonly at: "closed" };

export function view(state: State, heartbeat: HeartbeatKind): ConnectionState {
  switch (state.at) {
    case "connecting":
      return { at: "connecting", attempt: state.attempts + 1 };
    case "open":
      return { at: "open", since: state.since, proven: state.proven, heartbeat };
    case "waiting":
      return { at: "waiting", attempt: state.attempts + 1, until: state.until, reason: state.reason };
    case "stopped":
      return { at: "stopped", reason: state.reason };
    default:
      return { at: state.at };
  }
}

/** Whether an application sees no difference: a heartbeat under way is the machine's own affair. */
export function sameView(one: ConnectionState, other: ConnectionState): boolean {
  const [a, b]: Readonly<Record<string, unknown>>[] = [one, other];
  return a !== undefined && b !== undefined && Object.keys(b).every((key) => a[key] === b[key]) && one.at === other.at;
}
