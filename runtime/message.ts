/**
 * A message on its way out, as the application gave it.
 */
import type { Codec } from "./codec.js";
import type { Entry } from "./outbox.js";

export interface Message {
  /** What `send` returned. */
  readonly id: string;
  readonly action: string;
  /** Labels included. */
  readonly payload: unknown;
}

/** Read back from its frame, so that nothing but the frame need be kept for the rare case that somebody asks. */
export function messageOf(codec: Codec, { id, action, frame }: Pick<Entry, "id" | "action" | "frame">): Message {
  return { id, action, payload: codec.payloadOf(action, frame) };
}
