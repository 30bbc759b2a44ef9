/**
 * How a server says no: `{code, message}` and what else helps, the payload of a refusal frame.
 */
import type { Meaningless } from "../codec.js";
import { ActionwireError, type Problem } from "../errors.js";

/**
 * Thrown by a route to answer a request with a refusal of the application's own. `code` and `message` travel to the
 * client as they are, and `details` where given. Where a frame carries no id to answer to, `onError` gets it; where
 * answers come in order, it fails the request like any other error.
 */
export class Refusal extends Error {
  override readonly name: string = "Refusal";
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** What a refusal frame carries. */
export interface RefusalPayload {
  readonly code: string;
  readonly message: string;
  readonly problems?: readonly Problem[];
  readonly details?: unknown;
}

/** The words for a frame that was not understood. */
export function refuseUnknown(why: Meaningless): RefusalPayload {
  return UNKNOWN[why];
}

const UNKNOWN: Readonly<Record<Meaningless, RefusalPayload>> = {
  "not-text": { code: "NOT_TEXT", message: "frames are text" },
  "not-json": { code: "BAD_JSON", message: "the frame is not JSON" },
  "not-decodable": { code: "NOT_DECODABLE", message: "the frame cannot be decoded" },
  "too-large": { code: "TOO_LARGE", message: "the frame is too large" },
  "too-deep": { code: "TOO_DEEP", message: "the frame nests too deeply" },
  "bad-id": { code: "BAD_FRAME", message: "the frame's id is no text, or an empty one" },
  "no-action": { code: "UNKNOWN_ACTION", message: "the frame is none of this API's actions" },
};

export function refuseInvalid(action: string, problems: readonly Problem[]): RefusalPayload {
  return { code: "INVALID_PAYLOAD", message: `${action}: the payload does not fit its schema`, problems };
}

/** What the other side may know of a failure: the application's own words, or that there was one. */
export function refuseError(error: unknown): RefusalPayload {
  if (error instanceof Refusal) {
    const { code, message, details } = error;
    return { code, message, ...(details !== undefined && { details }) };
  }
  if (error instanceof ActionwireError) {
    if (error.code === "NOT_IMPLEMENTED") return { code: error.code, message: "this action is not implemented yet" };
    if (error.code === "TIMEOUT") return { code: error.code, message: "the server took too long" };
  }
  return { code: "INTERNAL", message: "the server failed to handle this message" };
}
