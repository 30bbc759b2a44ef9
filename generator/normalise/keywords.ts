/**
 * The keywords of JSON Schema, drafts 04 to 2020-12, and what their values must be.
 * A keyword with another value says nothing that can be checked, so it is left out, with a warning.
 */
import type { Json } from "../contract.js";

export type Members = { readonly [name: string]: Json };

/** Words about a value that restrict nothing; doc comments are made of them. */
export const WORDS: ReadonlySet<string> = new Set([
  ...["title", "description", "deprecated", "default", "examples", "example"],
]);

/** Keywords whose value is one schema. `items` may be a list instead. */
export const SINGLE: ReadonlySet<string> = new Set([
  ...["items", "additionalItems", "contains", "additionalProperties", "propertyNames", "not", "if", "then", "else"],
  ...["unevaluatedItems", "unevaluatedProperties"],
]);

/** Keywords whose value is a list of schemas. */
export const LISTS: ReadonlySet<string> = new Set(["items", "prefixItems", "allOf", "anyOf", "oneOf"]);

/** Keywords whose value is schemas by name. */
export const BY_NAME: ReadonlySet<string> = new Set([
  ...["properties", "patternProperties", "dependencies", "dependentSchemas"],
]);

/** Keywords that only mean something for objects, or for arrays; alone they imply the type. */
export const OF_OBJECTS: readonly string[] = ["properties", "patternProperties", "additionalProperties", "required"];
export const OF_ARRAYS: readonly string[] = ["items", "additionalItems", "prefixItems"];

export const TYPES: ReadonlySet<Json> = new Set([
  ...["null", "boolean", "object", "array", "number", "string", "integer"],
]);

const VALUES: Readonly<Record<string, (value: Json) => boolean>> = {
  const: () => true,
  enum: Array.isArray,
  required: isNames,
  dependentRequired: (value) => isMembers(value) && Object.values(value).every(isNames),
  format: (value) => typeof value === "string",
  pattern: (value) => typeof value === "string",
  uniqueItems: (value) => typeof value === "boolean",
  minimum: Number.isFinite,
  maximum: Number.isFinite,
  exclusiveMinimum: Number.isFinite,
  exclusiveMaximum: Number.isFinite,
  multipleOf: (value) => typeof value === "number" && value > 0,
  minLength: isCount,
  maxLength: isCount,
  minItems: isCount,
  maxItems: isCount,
  minContains: isCount,
  maxContains: isCount,
  minProperties: isCount,
  maxProperties: isCount,
};

/** Whether the value is one that the keyword can have; undefined for what is no such keyword. */
export function fits(keyword: string, value: Json): boolean | undefined {
  if (Object.hasOwn(VALUES, keyword)) return VALUES[keyword]?.(value);
  if (BY_NAME.has(keyword)) return isMembers(value);
  if (LISTS.has(keyword) && Array.isArray(value)) return value.length > 0 || keyword === "items";
  if (SINGLE.has(keyword)) return typeof value === "boolean" || isMembers(value) || value === null;
  return LISTS.has(keyword) ? false : undefined;
}

export function isMembers(value: Json | undefined): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isNames(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}

function isCount(value: Json): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
}

/** The schema with each schema directly inside it changed; itself where none is. */
export function mapSchemas(schema: Members, changed: (inner: Json, keyword: string) => Json): Members {
  return mapMembers(schema, (value, keyword) => {
    if (LISTS.has(keyword) && Array.isArray(value)) return mapItems(value, (inner) => changed(inner, keyword));
    if (BY_NAME.has(keyword) && isMembers(value))
      return mapMembers(value, (inner) => (isNames(inner) ? inner : changed(inner, keyword)));
    return SINGLE.has(keyword) ? changed(value, keyword) : value;
  });
}

/** The object with each member changed; itself where none is. */
export function mapMembers(members: Members, changed: (value: Json, name: string) => Json): Members {
  let copy: Record<string, Json> | undefined;
  for (const name of Object.keys(members)) {
    const value = members[name] as Json; // one of its keys
    const next = changed(value, name);
    if (next === value) continue;
    copy ??= { ...members };
    copy[name] = next;
  }
  return copy ?? members;
}

/** The list with each item changed; itself where none is. */
export function mapItems(items: readonly Json[], changed: (item: Json) => Json): readonly Json[] {
  let copy: Json[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = changed(item);
    if (next === item) continue;
    copy ??= [...items];
    copy[index] = next;
  }
  return copy ?? items;
}

/** The schema and all schemas inside of it; what constants and examples hold is none. */
export function* schemasIn(schema: Json): Generator<Members> {
  if (!isMembers(schema)) return;
  yield schema;
  for (const [keyword, value] of Object.entries(schema)) {
    const inner =
      LISTS.has(keyword) && Array.isArray(value)
        ? value
        : BY_NAME.has(keyword) && isMembers(value)
          ? Object.values(value)
          : SINGLE.has(keyword)
            ? [value]
            : [];
    for (const one of inner) yield* schemasIn(one);
  }
}
