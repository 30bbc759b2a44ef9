/**
 * Which validators must say what they evaluate: those with `unevaluated…`, and all that these call, since ajv asks them
 * at every call. For all others ajv's code is the shorter one.
 */
import type { Schema } from "../contract.js";
import { schemasIn } from "../normalise/keywords.js";
import { reachable } from "./reachable.js";

export function countingTypes(schemas: ReadonlyMap<string, Schema>): ReadonlySet<string> {
  const limiting = [...schemas].flatMap(([name, schema]) => {
    const limits = [...schemasIn(schema)].some((one) => "unevaluatedProperties" in one || "unevaluatedItems" in one);
    return limits ? [name] : [];
  });
  return new Set(reachable(limiting, schemas));
}
