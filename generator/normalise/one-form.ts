/**
 * The keywords of one schema, each valid by itself, in draft 2020-12's words: what older drafts and OpenAPI 3.0 say
 * differently is said its way.
 */
import type { Json, Schema } from "../contract.js";
import { isMembers, OF_ARRAYS, OF_OBJECTS, WORDS } from "./keywords.js";

export type Keywords = Map<string, Json>;

const CHOICES = ["enum", "const", "$ref", "allOf", "anyOf", "oneOf", "not", "if"];

export function oneForm(keywords: Keywords, { nullable, letter }: { nullable: boolean; letter: boolean }): Schema {
  const choice = keywords.get("enum");
  if (Array.isArray(choice) && choice.length === 0) return impossible(keywords);
  limits(keywords, "exclusiveMinimum", "minimum");
  limits(keywords, "exclusiveMaximum", "maximum");
  tuples(keywords);
  dependencies(keywords);
  orphans(keywords);
  if (!letter) implyTypes(keywords);
  if (isAny(keywords.get("type"))) keywords.delete("type");
  return nullable ? withNull(keywords) : Object.fromEntries(keywords);
}

/** No value fits; what is said in words stays. */
function impossible(keywords: Keywords): Schema {
  const words = [...keywords].filter(([keyword]) => WORDS.has(keyword));
  return words.length === 0 ? false : Object.fromEntries([...words, ["not", true]]);
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

/** Before 2020-12: a list of `items`, and `additionalItems` for the rest, which means nothing without a list. */
function tuples(keywords: Keywords): void {
  const items = keywords.get("items");
  const rest = keywords.get("additionalItems");
  keywords.delete("additionalItems");
  if (!Array.isArray(items)) return;
  keywords.delete("items");
  if (items.length > 0 && !keywords.has("prefixItems")) keywords.set("prefixItems", items);
  if (rest !== undefined) keywords.set("items", rest);
}

/** Before 2019-09 `dependencies` was two things in one. */
function dependencies(keywords: Keywords): void {
  const both = keywords.get("dependencies");
  keywords.delete("dependencies");
  if (!isMembers(both)) return;
  const split = { dependentRequired: {} as Record<string, Json>, dependentSchemas: {} as Record<string, Json> };
  for (const [name, value] of Object.entries(both)) {
    const kind = Array.isArray(value) ? split.dependentRequired : split.dependentSchemas;
    Object.defineProperty(kind, name, { value, enumerable: true });
  }
  for (const [name, value] of Object.entries(split)) {
    if (Object.keys(value).length === 0) continue;
    if (!keywords.has(name)) keywords.set(name, value);
    else keywords.set("allOf", [...listed(keywords.get("allOf")), { [name]: value }]);
  }
}

/** Branches without a condition, and counts without what is counted, mean nothing. */
function orphans(keywords: Keywords): void {
  if (!keywords.has("if")) for (const keyword of ["then", "else"]) keywords.delete(keyword);
  if (!keywords.has("contains")) for (const keyword of ["minContains", "maxContains"]) keywords.delete(keyword);
}

/** `properties` without `type` is meant for an object, `items` for an array, and nobody expects a number there. */
function implyTypes(keywords: Keywords): void {
  if (keywords.has("type") || keywords.has("enum") || keywords.has("const")) return;
  const object = OF_OBJECTS.some((keyword) => keywords.has(keyword));
  const array = OF_ARRAYS.some((keyword) => keywords.has(keyword));
  if (object && array) keywords.set("type", ["object", "array"]);
  else if (object || array) keywords.set("type", object ? "object" : "array");
}

/** Every type there is, which is how a document's letter is kept where a type would be implied (`build/types-of.ts`). */
export const ANY_TYPE: readonly string[] = ["null", "boolean", "object", "array", "number", "string"];

function isAny(type: Json | undefined): boolean {
  return Array.isArray(type) && ANY_TYPE.every((one) => type.includes(one));
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
