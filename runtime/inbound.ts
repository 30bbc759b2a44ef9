/**
 * What becomes of a frame that arrives: the reply to a request, a message for its handlers, or something to report.
 */
import type { Action, Validate } from "./api.js";
import type { Call, Calls } from "./calls.js";
import { accepted, type Codec } from "./codec.js";
import type { Received } from "./delivery.js";
import { ActionwireError } from "./errors.js";
import type { Handlers } from "./handlers.js";
import type { Tell } from "./tell.js";
import { checked, sayProblems, type ValidationPolicy } from "./validation.js";

/** What is needed to make sense of a frame. */
export interface Hearing {
  readonly codec: Codec;
  readonly calls: Calls;
  readonly handlers: Handlers;
  readonly tell: Tell;
  readonly policy: ValidationPolicy;
  /** Whether an id is one this client gave: then what carries it is a reply, if a late one. */
  readonly mine: (id: string) => boolean;
  /** A request was answered: it has arrived, and whatever was written before it. */
  readonly answered: (id: string) => void;
  /** The answer to a heartbeat: the action, or the id of the heartbeat where its reply carries one. */
  readonly beat: { readonly action: string | undefined; readonly id: string; readonly heard: () => void };
}

export function hear({ frame, answers }: Received, hearing: Hearing): void {
  const { codec, calls, beat, tell } = hearing;
  const heard = codec.decode(frame);
  if (heard.kind === "refusal") return refuse(heard.payload, heard.id, hearing);
  if (heard.kind === "message" && heard.action === beat.action) beat.heard();
  if (heard.id !== undefined && heard.kind !== "unknown") {
    if (heard.id === beat.id) return beat.heard();
    const call = calls.byId(heard.id);
    if (call?.reply.by === "id") return settle(call, call.reply, heard.payload, hearing);
    if (hearing.mine(heard.id) || calls.isLate(heard.id)) return; // too late: its asker knows
  }
  if (heard.kind !== "message")
    return tell.onUnknown({ why: heard.kind === "unknown" ? heard.why : "no-action", frame });
  const { action, payload } = heard;
  const known = codec.hears.get(action);
  if (!known) return tell.onUnknown({ why: "no-action", frame });
  const call =
    calls.byField(action, payload, (own) => codec.fits(own, payload)) ??
    (answers === undefined ? calls.byOrder(action) : calls.byMessage(answers, action));
  if (call === "late") return;
  if (call) return settle(call, known, payload, hearing);
  const { value, passed } = look(validator(known), action, payload, hearing);
  if (passed) hearing.handlers.deliver(action, codec.toApplication(known, value));
}

/** What is known of a message, or a reply. */
type Known = Pick<Action, "accept" | "validate" | "convert">;

/** What a client checks it with. */
function validator(known: Known): Validate {
  return accepted(known, "client");
}

function look(
  validate: Validate,
  action: string,
  payload: unknown,
  { policy, tell }: Hearing,
): { readonly value: unknown; readonly passed: boolean } {
  if (policy === "off") return { value: payload, passed: true };
  const { value, problems } = checked(validate, payload);
  const passed = problems.length === 0 || policy === "warn";
  if (problems.length > 0) tell.onInvalid({ direction: "in", action, payload, problems, passed });
  return { value, passed };
}

function settle(call: Call, known: Known, payload: unknown, hearing: Hearing): void {
  hearing.answered(call.id);
  const { action } = call;
  const isChecked = hearing.policy !== "off";
  const { value, problems } = isChecked ? checked(validator(known), payload) : { value: payload, problems: [] };
  if (problems.length === 0) return call.resolve(hearing.codec.toApplication(known, value));
  if (hearing.policy === "reject") {
    const text = `${action}: the reply does not fit its schema: ${sayProblems(problems)}`;
    return call.reject(new ActionwireError("INVALID_REPLY", text, { action, problems }));
  }
  hearing.tell.onInvalid({ direction: "in", action, payload, problems, passed: true });
  call.resolve(hearing.codec.toApplication(known, value));
}

function refuse(payload: unknown, id: string | undefined, { calls, tell, answered }: Hearing): void {
  const call = id === undefined ? undefined : calls.refused(id);
  if (!call) return tell.onRefusal({ payload, ...(id !== undefined && { id }) });
  answered(call.id);
  const text = `${call.action}: the server refused${wordsOf(payload)}`;
  call.reject(new ActionwireError("REFUSED", text, { action: call.action, details: payload }));
}

/** The server's own words, where its refusal has the shape ours has. */
function wordsOf(payload: unknown): string {
  return typeof payload === "object" && payload !== null && "message" in payload ? `: ${String(payload.message)}` : "";
}
