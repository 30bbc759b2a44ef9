/** Small schemas that relaxing is put together from. */
import { has, isMembers, type Json, type Members } from "../json.js";

export const TYPES = ["null", "boolean", "number", "string", "array", "object"] as const;

/** Members every object has in TypeScript's eyes, so that no type can require an own one of that name. */
export const INHERITED: ReadonlySet<string> = new Set([
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
]);

export function anything(): Members {
  return {};
}

export function nothing(): Members {
  return { not: {} };
}

export function allows(schema: Json | undefined): boolean {
  return schema === true || (isMembers(schema) && Object.keys(schema).length === 0);
}

export function forbids(schema: Json | undefined): boolean {
  if (!isMembers(schema)) return schema === false;
  const inner = schema["not"];
  return Object.keys(schema).length === 1 && isMembers(inner) && Object.keys(inner).length === 0;
}

export function anyOf(schemas: readonly Json[]): Members {
  const possible = schemas.filter((schema) => !forbids(schema));
  if (possible.some(allows)) return anything();
  return possible.length > 0 ? { anyOf: possible } : nothing();
}

export function notOfType(type: string): Members {
  return { type: TYPES.filter((other) => other !== type) };
}

const IDENTIFIER = /"(\$id|id|\$anchor|\$dynamicAnchor|\$recursiveAnchor)":/;

/** Whether references may mean something in it, so that it cannot stand in two places. */
export function isNamed(schema: Json): boolean {
  return IDENTIFIER.test(JSON.stringify(schema));
}

/** The same schema for another place. */
export function copy(schema: Json): Json {
  return isNamed(schema) ? anything() : structuredClone(schema);
}

export function hasAny(schema: Members, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => has(schema, keyword));
}
