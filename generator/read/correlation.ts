/**
 * Where a message says that it carries the id of its conversation.
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#correlationIdObject
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#runtimeExpression
 */
import { keysOf, type Node } from "../document.js";
import type { DraftLocation } from "./draft.js";

const EXPRESSION = /^\$message\.(payload|header)#((?:\/[^/]*)+)$/;

/** Where the message says it; undefined where it says nothing. */
export function correlationOf(message: Node): { correlation?: DraftLocation } {
  const location = message.get("correlationId")?.get("location");
  if (!location) return {};
  const [, part, pointer = ""] = EXPRESSION.exec(String(location.value).trim()) ?? [];
  const known = part === "payload" || part === "header";
  return { correlation: { in: known ? part : "nowhere", at: keysOf(pointer), node: location } };
}
