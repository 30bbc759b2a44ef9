/**
 * Which validators must say what they evaluate: those with `unevaluated…`, and all that these call, since ajv asks them
 * at every call. For all others ajv's code is the shorter one.
 */
import type { Json, Schema } from "../contract.js";
import { isMembers, schemasIn } from "../normalise/keywords.js";
import { asSchema, list, refName, type Schemas } from "../types/kinds.js";
import { reachable } from "./reachable.js";

/** What parts of a schema look for by `contains`. Those of a choice count as well, whether or not it is taken. */
export function foundIn(schema: Json, schemas: Schemas, seen: Set<Json> = new Set()): readonly Schema[] {
  if (!isMembers(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const { contains, allOf, anyOf, oneOf, if: condition, then: met, else: unmet } = schema;
  const name = refName(schema);
  const parts = [...list(allOf), ...list(anyOf), ...list(oneOf), condition ?? false, met ?? false, unmet ?? false];
  const target = name === undefined ? [] : [schemas.get(name) ?? true];
  const inner = [...parts, ...target].flatMap((part) => foundIn(part, schemas, seen));
  return contains === undefined ? inner : [asSchema(contains), ...inner];
}

export function countingTypes(schemas: ReadonlyMap<string, Schema>): ReadonlySet<string> {
  const limiting = [...schemas].flatMap(([name, schema]) => {
    const limits = [...schemasIn(schema)].some((one) => "unevaluatedProperties" in one || "unevaluatedItems" in one);
    return limits ? [name] : [];
  });
  return new Set(reachable(limiting, schemas));
}
