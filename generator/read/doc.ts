/**
 * The words of a document that become a doc comment.
 */
import type { Doc, Json } from "../contract.js";
import type { Node } from "../document.js";

/** Summary, description, deprecation and examples of a message or an action. */
export function docOf(node: Node, examples: readonly Json[] = []): { doc?: Doc } {
  const text = [...new Set([node.text("summary"), node.text("description")])].filter(Boolean).join("\n\n");
  const doc: Doc = {
    ...(text && { text }),
    ...(node.get("deprecated")?.value === true && { deprecated: true }),
    ...(examples.length > 0 && { examples }),
  };
  return Object.keys(doc).length > 0 ? { doc } : {};
}

/** What a document, a channel or a server says of itself. */
export function textOf(node: Node | undefined): { doc?: string } {
  const doc = node?.text("description") ?? node?.text("summary");
  return doc === undefined ? {} : { doc };
}

/** `version: 1.0` is a number in YAML, and meant as a version all the same. */
export function versionOf(node: Node | undefined): string {
  const version = node?.get("version")?.value;
  return typeof version === "string" || typeof version === "number" ? String(version) : "0.0.0";
}
