/**
 * Which validators must say what they evaluate: those with `unevaluated…`, and those that such a schema asks about the
 * same value. For all others ajv's code is the shorter one.
 */
import type { Schema } from "../contract.js";
import { sameValue } from "../normalise/cycles.js";
import { schemasIn } from "../normalise/keywords.js";

export function countingTypes(schemas: ReadonlyMap<string, Schema>): ReadonlySet<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    for (const next of sameValue(schemas.get(name) ?? true)) add(next);
  };
  for (const [name, schema] of schemas) {
    const limiting = [...schemasIn(schema)].filter(
      (one) => "unevaluatedProperties" in one || "unevaluatedItems" in one,
    );
    if (limiting.length > 0) found.add(name);
    for (const part of limiting) for (const next of sameValue(part)) add(next);
  }
  return found;
}
