/**
 * The type that one JSON value has, and nothing else.
 */
import type { Json } from "../contract.js";
import { isMembers } from "../normalise/keywords.js";
import { type TypeNode, text } from "./type-node.js";

export function literalType(value: Json): TypeNode {
  if (Array.isArray(value)) {
    const places = value.map((item: Json) => ({ rest: false, optional: false, type: literalType(item) }));
    return { kind: "tuple", places };
  }
  if (isMembers(value)) {
    const members = Object.entries(value).map(([name, member]) => ({
      name,
      optional: false,
      type: literalType(member),
    }));
    return members.length === 0
      ? text("Record<string, never>")
      : { kind: "object", members, signatures: [], closed: true };
  }
  if (typeof value === "number" && !Number.isFinite(value)) return text("number");
  return text(typeof value === "string" ? quote(value) : JSON.stringify(value));
}

/** JSON text is TypeScript but for two line separators, which some readers take for ends of lines. */
function quote(words: string): string {
  return JSON.stringify(words).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Bare where it is an identifier of ASCII. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}
