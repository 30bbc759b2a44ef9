/**
 * Branches of a `oneOf` that do not provably exclude each other: a value that fits several of them fits the whole not.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.7.3
 */
import type { Schema } from "../../contract.js";
import { Exclusion } from "./exclusion.js";
import type { Reading } from "./impossible.js";
import type { Lookup } from "./schema-words.js";

/** The indices of two branches that a value may fit at once; undefined where none can. */
export function overlapIn(
  branches: readonly Schema[],
  types: Lookup,
  reading: Reading,
): readonly [number, number] | undefined {
  const candidates = branches.map((schema, index) => ({ id: String(index), schema }));
  const exclusion = new Exclusion(candidates, types, reading);
  for (const [index, one] of candidates.entries()) {
    const other = candidates.slice(index + 1).find((later) => !exclusion.between(one, later));
    if (other) return [index, Number(other.id)];
  }
  return undefined;
}
