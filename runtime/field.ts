/**
 * The id that a request and its reply carry inside their payloads. Only own members are looked at, and `__proto__` is a
 * member like any other.
 */
import { follow } from "./dispatch.js";
import type { Problem } from "./errors.js";

export type Id = string | number | bigint;

/** The id at a place; undefined where there is nothing that can be one. */
export function idAt(payload: unknown, place: readonly string[]): Id | undefined {
  const found = follow(payload, place);
  // A validator may have made a 64-bit integer of a number; it means the same.
  if (typeof found === "bigint") return Number.isSafeInteger(Number(found)) ? Number(found) : found;
  return typeof found === "string" || typeof found === "number" ? found : undefined;
}

/** The same payload with the id in its place. What is no object stays as it is: {@link noRoom} says so. */
export function withId(payload: unknown, [key, ...deeper]: readonly string[], id: Id): unknown {
  if (key === undefined) return id;
  if (!hasMembers(payload)) return payload;
  return { ...payload, [key]: withId(follow(payload, [key]), deeper, id) };
}

/** What keeps the id out of its place, though the schema may allow it: null where an object would carry it. */
export function noRoom(payload: unknown, place: readonly string[]): readonly Problem[] {
  const depth = place.findIndex((_, index) => !hasMembers(follow(payload, place.slice(0, index))));
  if (depth < 0) return [];
  const message = `must be an object, to carry the id of the request at ${pointer(place)}`;
  return [{ path: pointer(place.slice(0, depth)), message }];
}

/** What is absent is made where it is needed. */
function hasMembers(value: unknown): value is object | undefined {
  return value === undefined || (typeof value === "object" && value !== null && !Array.isArray(value));
}

function pointer(place: readonly string[]): string {
  return place.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
