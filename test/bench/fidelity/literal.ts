/** A JSON value in TypeScript: as the exact type of what a parser returned, and as what an author writes. */
import { isList, isMembers, type Json } from "./json.js";

/** Neither readonly nor fresh, no index signature: `{"a": 1; "b": ["x"]}`. `shared`: a member that each object has beside its own. */
export function typeOf(value: Json, shared?: string): string {
  return printed(value, "; ", "number", shared);
}

export function expressionOf(value: Json): string {
  return printed(value, ", ", "(0 as number)");
}

function printed(value: Json, separator: string, tooLarge: string, shared?: string): string {
  const inner = (one: Json): string => printed(one, separator, tooLarge, shared);
  if (isList(value)) return `[${value.map(inner).join(", ")}]`;
  if (isMembers(value)) {
    const members = Object.entries(value).map(([name, member]) => `${text(name)}: ${inner(member)}`);
    return `{${[...members, ...(shared === undefined ? [] : [shared])].join(separator)}}`;
  }
  if (typeof value === "string") return text(value);
  if (typeof value === "number" && !Number.isFinite(value)) return tooLarge;
  return Object.is(value, -0) ? "0" : String(value);
}

/** Two separators of lines may stand in JSON, and end a line for TypeScript. */
function text(value: string): string {
  return JSON.stringify(value).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
