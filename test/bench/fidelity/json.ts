/** JSON values, and how schemas are taken apart without trusting what they say. */
export type Json = null | boolean | number | string | readonly Json[] | Members;
export type Members = { readonly [name: string]: Json };

export function isMembers(value: unknown): value is Members {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function isSchema(value: unknown): value is boolean | Members {
  return typeof value === "boolean" || isMembers(value);
}

export function has(members: Members, name: string): boolean {
  return Object.hasOwn(members, name);
}

/** Object.fromEntries defines what an assignment would not: `__proto__`. */
export function mapMembers(members: Members, change: (value: Json, name: string) => Json): Members {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, change(value, name)]));
}

export function read(text: string): Json {
  return JSON.parse(text) as Json;
}
