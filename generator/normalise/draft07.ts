/**
 * The keywords of one schema, each valid by itself, in draft-07's words: what draft-04, OpenAPI 3.0 and the drafts
 * after 07 say differently is said draft-07's way.
 */
import type { Json, Schema } from "../contract.js";
import { isMembers, OF_ARRAYS, OF_OBJECTS, WORDS } from "./keywords.js";

export type Keywords = Map<string, Json>;

const CHOICES = ["enum", "const", "$ref", "allOf", "anyOf", "oneOf", "not", "if"];

export function draft07(keywords: Keywords, { nullable, letter }: { nullable: boolean; letter: boolean }): Schema {
  const choice = keywords.get("enum");
  if (Array.isArray(choice) && choice.length === 0) return false;
  limits(keywords, "exclusiveMinimum", "minimum");
  limits(keywords, "exclusiveMaximum", "maximum");
  tuples(keywords);
  dependencies(keywords);
  if (!letter) implyTypes(keywords);
  return nullable ? withNull(keywords) : Object.fromEntries(keywords);
}

/** Draft-04: `exclusiveMinimum: true` beside `minimum`. */
function limits(keywords: Keywords, exclusive: string, inclusive: string): void {
  const flag = keywords.get(exclusive);
  if (typeof flag !== "boolean") return;
  const limit = keywords.get(inclusive);
  keywords.delete(exclusive);
  if (!flag || limit === undefined) return;
  keywords.delete(inclusive);
  keywords.set(exclusive, limit);
}

/** Draft 2020-12: `prefixItems`, and `items` for the rest; `additionalItems` means nothing without a list. */
function tuples(keywords: Keywords): void {
  const prefix = keywords.get("prefixItems");
  if (prefix !== undefined) {
    const rest = keywords.get("items");
    keywords.delete("prefixItems");
    keywords.delete("additionalItems");
    keywords.set("items", prefix);
    if (rest !== undefined && !Array.isArray(rest)) keywords.set("additionalItems", rest);
  }
  if (!Array.isArray(keywords.get("items"))) keywords.delete("additionalItems");
}

/** Draft 2019-09 split `dependencies` in two. */
function dependencies(keywords: Keywords): void {
  for (const name of ["dependentRequired", "dependentSchemas"]) {
    const value = keywords.get(name);
    if (value === undefined) continue;
    keywords.delete(name);
    if (!keywords.has("dependencies")) keywords.set("dependencies", value);
    else keywords.set("allOf", [...listed(keywords.get("allOf")), { dependencies: value }]);
  }
}

/** `properties` without `type` is meant for an object, `items` for an array, and nobody expects a number there. */
function implyTypes(keywords: Keywords): void {
  if (keywords.has("type") || keywords.has("enum") || keywords.has("const")) return;
  const object = OF_OBJECTS.some((keyword) => keywords.has(keyword));
  const array = OF_ARRAYS.some((keyword) => keywords.has(keyword));
  if (object && array) keywords.set("type", ["object", "array"]);
  else if (object || array) keywords.set("type", object ? "object" : "array");
}

/** OpenAPI 3.0: `nullable: true`. Null is accepted whatever else the schema says. */
function withNull(keywords: Keywords): Schema {
  const type = keywords.get("type");
  if (!CHOICES.some((keyword) => keywords.has(keyword))) {
    if (type !== undefined) keywords.set("type", [...new Set([...(Array.isArray(type) ? type : [type]), "null"])]);
    return Object.fromEntries(keywords);
  }
  const words = [...keywords].filter(([keyword]) => WORDS.has(keyword));
  const rules = [...keywords].filter(([keyword]) => !WORDS.has(keyword));
  return Object.fromEntries([...words, ["anyOf", [Object.fromEntries(rules), { type: "null" }]]]);
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : isMembers(value) ? [value] : [];
}
