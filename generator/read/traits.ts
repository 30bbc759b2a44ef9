/**
 * Traits: what several messages or operations have in common, written once.
 *
 * AsyncAPI 2 merges a trait over the object that names it, AsyncAPI 3 under it; of several traits the later wins.
 * https://www.asyncapi.com/docs/reference/specification/v2.6.0#messageTraitObject
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#traits-merge-mechanism
 */
import type { Node } from "../document.js";

/** AsyncAPI 2: what a trait says holds. */
export function underTraits(node: Node): Node {
  const traits = traitsOf(node);
  return traits.length === 0 ? node : node.overlaid({ over: traits });
}

/** AsyncAPI 3: what a trait says holds where the object itself is silent. */
export function overTraits(node: Node): Node {
  const traits = traitsOf(node);
  return traits.length === 0 ? node : node.overlaid({ under: traits });
}

/** The winner first. */
function traitsOf(node: Node): Node[] {
  const traits = node.get("traits")?.children() ?? [];
  return traits.reverse();
}
