/**
 * What a caller is told whose message a full outbox does not take.
 */
import { ActionwireError } from "./errors.js";
import type { Entry, OutboxLimits } from "./outbox.js";

export function noRoom(
  { action, bytes }: Entry,
  messages: number,
  held: number,
  { maxMessages, maxBytes }: OutboxLimits,
): ActionwireError {
  const holds = `${messages} of ${maxMessages} messages, ${held} of ${maxBytes} bytes`;
  return new ActionwireError("OUTBOX_FULL", `${action}: no room for ${bytes} bytes (${holds})`, { action });
}
