/**
 * A schema and the language it is in: plain, wrapped with its name (AsyncAPI 3), or named beside it (2.x).
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#multiFormatSchemaObject
 */
import type { Node } from "../document.js";

export interface Described {
  readonly node: Node;
  /** As `schemaFormat` has it; absent where the document leaves it to be AsyncAPI's own. */
  readonly format?: string;
}

/** `beside`: what the message says its payload is written in. */
export function described(node: Node, beside?: string): Described {
  const inner = node.get("schema");
  const format = (inner && node.text("schemaFormat")) ?? beside;
  return { node: inner && isWrapper(node) ? inner : node, ...(format !== undefined && { format }) };
}

/** `{schemaFormat?, schema}` and nothing of a schema's own beside it. */
function isWrapper(node: Node): boolean {
  return node.get("type") === undefined && node.get("properties") === undefined;
}
