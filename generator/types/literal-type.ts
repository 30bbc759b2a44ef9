/**
 * The type that one JSON value has, and nothing else.
 */
import type { Json } from "../contract.js";
import { isMembers } from "../normalise/keywords.js";

export function literalType(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literalType).join(", ")}]`;
  if (isMembers(value)) {
    const members = Object.entries(value).map(([name, member]) => `${memberName(name)}: ${literalType(member)};`);
    return members.length === 0 ? "Record<string, never>" : `{ ${members.join(" ")} }`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) return "number";
  return typeof value === "string" ? quote(value) : JSON.stringify(value);
}

/** JSON text is TypeScript but for two line separators, which some readers take for ends of lines. */
function quote(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Bare where it is an identifier of ASCII. */
export function memberName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name);
}
