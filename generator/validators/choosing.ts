/**
 * Which validators look at a value on behalf of an alternative, or have alternatives themselves.
 */
import type { Schema } from "../contract.js";
import { schemasIn } from "../normalise/keywords.js";
import { reachable } from "./reachable.js";

/** Keywords that ask whether a value fits a schema, and go on where it does not. */
const CHOICES: readonly string[] = ["anyOf", "oneOf", "not", "if", "contains"];

/** Types with a choice, and those that their schemas refer to. */
export function choosingTypes(schemas: ReadonlyMap<string, Schema>): ReadonlySet<string> {
  const chooses = (schema: Schema): boolean =>
    [...schemasIn(schema)].some((one) => CHOICES.some((keyword) => one[keyword] !== undefined));
  return new Set(
    reachable(
      [...schemas].flatMap(([name, schema]) => (chooses(schema) ? name : [])),
      schemas,
    ),
  );
}
