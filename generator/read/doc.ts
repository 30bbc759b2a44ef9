/**
 * The words of a document that become a doc comment.
 */
import type { Doc, Json } from "../contract.js";
import type { Node } from "../document.js";

/** Summary and description of the first that has any, deprecation of either, and examples. */
export function docOf(nodes: readonly Node[], examples: readonly Json[] = []): { doc?: Doc } {
  const words = (node: Node) => [...new Set([node.text("summary"), node.text("description")])].filter(Boolean);
  const text = nodes.map((node) => words(node).join("\n\n")).find((text) => text !== "");
  const doc: Doc = {
    ...(text && { text }),
    ...(nodes.some((node) => node.get("deprecated")?.value === true) && { deprecated: true }),
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
