/**
 * The id that a request and its reply carry inside their payloads. Only own members are looked at, and `__proto__` is a
 * member like any other.
 */
import { follow } from "./dispatch.js";

export type Id = string | number | bigint;

/** The id at a place; undefined where there is nothing that can be one. */
export function idAt(payload: unknown, place: readonly string[]): Id | undefined {
  const found = follow(payload, place);
  // A validator may have made a 64-bit integer of a number; it means the same.
  if (typeof found === "bigint") return Number.isSafeInteger(Number(found)) ? Number(found) : found;
  return typeof found === "string" || typeof found === "number" ? found : undefined;
}

/** The same payload with the id in its place. What is no object stays as it is: its schema will say what is wrong. */
export function withId(payload: unknown, [key, ...deeper]: readonly string[], id: Id): unknown {
  if (key === undefined) return id;
  if (payload !== undefined && (typeof payload !== "object" || payload === null || Array.isArray(payload))) {
    return payload;
  }
  return { ...payload, [key]: withId(follow(payload, [key]), deeper, id) };
}
