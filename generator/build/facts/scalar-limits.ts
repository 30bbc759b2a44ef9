/**
 * What limits say of texts and numbers, of an array's length, and of a constant.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.2 to 6.4
 */
import type { Json } from "../../contract.js";
import type { Members } from "../../normalise/keywords.js";
import { flagsFor } from "../../normalise/pattern.js";

export interface Range {
  readonly min: number;
  readonly max: number;
  /** Whether one of its ends does not belong to it. */
  readonly open: boolean;
}

/** `minItems`, `minLength`, or for numbers `minimum`, of all schemas together. */
export function rangeOf(parts: readonly Members[], what?: "Items" | "Length"): Range {
  if (what === "Items")
    return { min: Math.max(0, most(parts, "minItems")), max: least(parts, "maxItems"), open: false };
  if (what) return { min: Math.max(0, most(parts, "minLength")), max: least(parts, "maxLength"), open: false };
  const above = most(parts, "exclusiveMinimum");
  const below = least(parts, "exclusiveMaximum");
  const min = Math.max(most(parts, "minimum"), above);
  const max = Math.min(least(parts, "maximum"), below);
  return { min, max, open: (above === min && above > -Infinity) || (below === max && below < Infinity) };
}

function most(parts: readonly Members[], keyword: string): number {
  let most = -Infinity;
  for (const { [keyword]: said } of parts) if (typeof said === "number") most = Math.max(most, said);
  return most;
}

function least(parts: readonly Members[], keyword: string): number {
  let least = Infinity;
  for (const { [keyword]: said } of parts) if (typeof said === "number") least = Math.min(least, said);
  return least;
}

export function isTooShort({ min, max, open }: Range): boolean {
  return min > max || (open && min === max);
}

/** Whether a constant may fit a schema's own limits; true for all that is no text and no number. */
export function mayFit(value: Json, part: Members): boolean {
  if (typeof value === "number") return !isTooShort(rangeOf([part, { minimum: value, maximum: value }]));
  if (typeof value !== "string") return true;
  const length = [...value].length;
  return !isTooShort(rangeOf([part, { minLength: length, maxLength: length }], "Length")) && mayMatch(value, part);
}

/** Texts and patterns short and plain enough that trying one takes no time. */
const LONGEST = 100;
const QUANTIFIED_GROUP = /\)[*+?{]|\\[1-9k]/;
const QUANTIFIER = /[*+?{]/g;

function mayMatch(value: string, { pattern }: Members): boolean {
  if (typeof pattern !== "string" || value.length > LONGEST || QUANTIFIED_GROUP.test(pattern)) return true;
  if ((pattern.match(QUANTIFIER) ?? []).length > 3) return true;
  const flags = flagsFor(pattern);
  return flags === undefined || new RegExp(pattern, flags).test(value);
}
