/**
 * A walk over a file: its maps without what is data, and which of them are schemas. Names that a schema gives itself count
 * only where a schema can stand. https://json-schema.org/draft/2020-12/json-schema-core#section-9.4.2
 */
import type { Path } from "../document.js";

export type Members = Readonly<Record<string, unknown>>;

/** A map of a file, AsyncAPI's or a schema's. */
export interface Found {
  readonly path: Path;
  readonly value: Members;
  readonly isSchema: boolean;
  /** The map it stands in, by its last key; absent for the root and in lists. */
  readonly around?: Members;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Keywords whose contents are data, neither AsyncAPI nor schema. */
const data = set("example examples default const enum");

/** Keywords whose members are schemas, named by the author: `properties: {default: …}` is no default. */
const schemasByName = set("properties patternProperties definitions $defs dependencies dependentSchemas");

/** The same of AsyncAPI's keys. */
const partsByName = set("channels operations messages parameters servers variables actions schemas");

/** Keywords whose value is a schema or a list of schemas. */
const schemas = set(
  "items additionalItems prefixItems contains additionalProperties unevaluatedItems unevaluatedProperties " +
    "propertyNames contentSchema not if then else allOf anyOf oneOf",
);

/** Keys of AsyncAPI objects that hold a schema, or a map that says which language the schema in it is in. */
const payloads = set("payload headers schema");

/** What no object of AsyncAPI has (`oneOf` may list messages), so that what has it is a schema wherever it stands. */
const telling = set(
  "$schema $id $anchor $dynamicAnchor $recursiveAnchor $defs definitions properties patternProperties type items prefixItems " +
    "additionalProperties allOf anyOf not if",
);

/** What makes a file a description of an API, whatever else it has. */
const documents = ["asyncapi", "actionwire", "openapi", "swagger"];

/** `names`: the members are named by the author; `groups`: they are such maps themselves (`components`). */
type Shape = "object" | "names" | "groups";

/** Outside of schemas; at or below one; at what is one unless it wraps one; below a keyword that no draft has. */
type Sort = "api" | "payload" | "schema" | "foreign";

/** Several ask of the same file. */
const known = new WeakMap<object, readonly Found[]>();

/** Every map that is AsyncAPI's or a schema's and no data, in document order. */
export function objectsIn(root: unknown): readonly Found[] {
  if (typeof root !== "object" || root === null) return [];
  const all = known.get(root) ?? walked(root);
  known.set(root, all);
  return all;
}

function walked(root: object): readonly Found[] {
  const found: Found[] = [];
  walk(root, [], "object", "api");
  return found;

  function walk(value: unknown, path: Path, shape: Shape, inherited: Sort, around?: Members): void {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, [...path, index], "object", inherited);
      return;
    }
    const members = value as Members; // a map, as just checked
    const sort = shape === "object" ? sortOf(members, inherited) : inherited;
    found.push({ path, value: members, isSchema: sort === "schema" && shape === "object", ...(around && { around }) });
    for (const [key, member] of Object.entries(members)) {
      if (typeof member !== "object" || member === null) continue;
      if (shape !== "names" && (data.has(key) || key.startsWith("x-"))) continue;
      walk(member, [...path, key], shapeBelow(key, shape), sortBelow(key, shape, sort), members);
    }
  }
}

function sortOf(members: Members, inherited: Sort): Sort {
  if (inherited === "payload") return isWrapper(members) ? "api" : "schema";
  if (inherited !== "api" || documents.some((key) => Object.hasOwn(members, key))) return inherited;
  return Object.entries(members).some(([key, value]) => telling.has(key) && (key !== "type" || isType(value)))
    ? "schema"
    : "api";
}

/** `{schemaFormat?, schema}` and nothing of a schema's own beside it; as languages/described.ts has it. */
function isWrapper(members: Members): boolean {
  const has = (key: string): boolean => Object.hasOwn(members, key);
  return has("schema") && !has("type") && !has("properties");
}

function isType(value: unknown): boolean {
  return typeof value === "string" || Array.isArray(value);
}

function shapeBelow(key: string, shape: Shape): Shape {
  if (shape === "names") return "object";
  if (shape === "groups" || schemasByName.has(key) || partsByName.has(key)) return "names";
  return key === "components" ? "groups" : "object";
}

function sortBelow(key: string, shape: Shape, sort: Sort): Sort {
  if (shape === "names" || sort === "foreign") return sort;
  if (sort === "schema") return schemasByName.has(key) || schemas.has(key) ? "schema" : "foreign";
  return payloads.has(key) || key === "schemas" ? "payload" : "api";
}
