/**
 * A message on its way out, as the application gave it.
 */
import type { Api } from "./api.js";
import type { Entry } from "./outbox.js";

export interface Message {
  /** What `send` returned. */
  readonly id: string;
  readonly action: string;
  /** Labels included. */
  readonly payload: unknown;
}

/** Read back from its frame, so that nothing but the frame need be kept for the rare case that somebody asks. */
export function messageOf({ envelope, json = JSON }: Api, { id, action, frame }: Entry): Message {
  const said: unknown = json.parse(frame);
  // With an envelope the codec wrote an object with string keys.
  const payload = envelope ? (said as Readonly<Record<string, unknown>>)[envelope.payload] : said;
  return { id, action, payload };
}
