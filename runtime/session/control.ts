/**
 * The control frames of `actionwire.1`: JSON texts that begin with `{`. Their types and validators are generated from
 * schemas/session.asyncapi.yaml.
 */
import type { Validate } from "../api.js";
import { type FrameLimits, parseFrame } from "../json.js";
import type {
  Ack,
  Credentials,
  End,
  Goodbye,
  Hello,
  Joined,
  Left,
  Ping,
  Pong,
  Refresh,
  Rejected,
  Resync,
  Welcome,
} from "./generated/types.js";

export type FromClient = Hello | Ack | Ping | Credentials | End;
export type FromServer = Welcome | Ack | Rejected | Joined | Left | Resync | Pong | Refresh | Goodbye;

/** The WebSocket subprotocol's name (RFC 6455, 1.9). */
export const SUBPROTOCOL = "actionwire.1";

/** What one side may hear, by the frame's `type`. */
export type Known<T extends { readonly type: string }> = { readonly [K in T["type"]]: Validate };

/** `"other"`: of a later version of this protocol, to be ignored. `"broken"`: against the protocol. */
export type Control<T> = T | "other" | "broken";

const BRACE = "{";

export function isControl(frame: string): boolean {
  return frame.startsWith(BRACE);
}

/** Reads a control frame. Never throws. */
export function control<T extends { readonly type: string }>(
  frame: string,
  known: Known<T>,
  limits: FrameLimits,
): Control<T> {
  const parsed = parseFrame(frame, limits);
  if ("unreadable" in parsed) return "broken";
  // It begins with a brace and is JSON, so it is an object.
  const { type } = parsed.value as { readonly type?: unknown };
  if (typeof type !== "string") return "broken";
  if (!Object.hasOwn(known, type)) return "other";
  const validate: Validate = known[type as T["type"]]; // own, as just checked
  return validate(parsed.value) ? (parsed.value as T) : "broken"; // it is what its type says, as just checked
}
