/** Members without a name of their own: what an index signature can say of them. */
import { has, isMembers, type Json, type Members, mapMembers } from "../json.js";
import type { Context } from "./context.js";
import { allows, anyOf, anything, copy, forbids, nothing } from "./schemas.js";
import { isTemplate } from "./template.js";

/** `patternProperties` and `additionalProperties` of a schema, relaxed. */
export function membersOf(schema: Members, change: (schema: Json) => Json, context: Context): Members {
  if (!has(schema, "patternProperties") && !has(schema, "additionalProperties")) return {};
  const patterns = schema["patternProperties"];
  const byPattern = isMembers(patterns) ? mapMembers(patterns, change) : {};
  const exact = (pattern: string): boolean => context.tier === "extended" && isTemplate(pattern);
  const loose = Object.keys(byPattern).filter((pattern) => !exact(pattern));
  const others = has(schema, "additionalProperties") ? change(schema["additionalProperties"] ?? true) : undefined;
  const index = signature(schema, byPattern, loose, others, change);

  const out: Record<string, Json> = {};
  if (Object.keys(byPattern).length > 0) {
    out["patternProperties"] = mapMembers(byPattern, (one, pattern) => (exact(pattern) ? one : structuredClone(index)));
  }
  if (others === undefined && loose.length > 0 && context.unevaluated) {
    out["additionalProperties"] = anything(); // a type cannot tell names that match apart
  }
  if (others !== undefined) {
    const never = context.draft === "draft4" ? false : others;
    out["additionalProperties"] = forbids(index) ? never : index;
  }
  return out;
}

/** It holds every loose pattern, every member with a name and, where the rest is not forbidden, each exact pattern. */
function signature(
  schema: Members,
  byPattern: Members,
  loose: readonly string[],
  others: Json | undefined,
  change: (schema: Json) => Json,
): Json {
  if (others === undefined || allows(others)) return anything();
  if (forbids(others) && loose.length === 0) return nothing();
  const named = schema["properties"];
  const exact = Object.keys(byPattern).filter((pattern) => !loose.includes(pattern));
  return anyOf([
    copy(others),
    ...loose.map((pattern) => copy(byPattern[pattern] ?? true)),
    ...(isMembers(named) ? Object.values(named).map((one) => copy(change(one))) : []),
    ...exact.map((pattern) => copy(byPattern[pattern] ?? true)),
  ]);
}
