/**
 * `x-response` of a message names the message that answers it: how AsyncAPI 2, which has no `reply`, is extended by
 * Ballerina's AsyncAPI tool and others.
 */
import type { Node } from "../document.js";
import type { DraftReply } from "./draft.js";

/** None where `x-response-type` says that many messages follow: those are no reply, and go to their handlers. */
export function responseOf(message: Node): { reply?: DraftReply } {
  const response = message.get("x-response");
  const isOne = (message.text("x-response-type") ?? "simple-rpc") === "simple-rpc";
  if (!isOne || !response || typeof response.value !== "object") return {};
  const several = response.get("oneOf")?.children() ?? [];
  return { reply: { messages: several.length > 0 ? several : [response] } };
}
