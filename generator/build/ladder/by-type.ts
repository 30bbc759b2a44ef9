/**
 * The first rung: objects beside arrays beside texts.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.1 (`type`)
 */
import type { Dispatch } from "../../contract.js";
import { JSON_TYPES } from "../facts/json-types.js";
import type { Known } from "./known.js";

export function byType(all: readonly Known[], next: (group: readonly Known[]) => Dispatch): Dispatch | undefined {
  const groups = JSON_TYPES.map((type) => [type, all.filter(({ types }) => types.has(type))] as const);
  const cases = groups.filter(([, group]) => group.length > 0);
  if (cases.length < 2 || cases.some(([, group]) => group.length === all.length)) return undefined;
  return { by: "type", cases: cases.map(([type, group]) => [type, next(group)] as const) };
}
