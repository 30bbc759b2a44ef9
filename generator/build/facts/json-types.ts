/**
 * The JSON types that values of a schema can have.
 */
import type { Json, JsonType, Schema } from "../../contract.js";
import { OF_ARRAYS, OF_OBJECTS } from "../../normalise/keywords.js";
import { alternatives, type Keywords, type Lookup, list, resolve } from "./schema-words.js";

export const JSON_TYPES: readonly JsonType[] = ["object", "array", "string", "number", "boolean", "null"];

type TypeSet = ReadonlySet<JsonType>;

const ALL: TypeSet = new Set(JSON_TYPES);
const NONE: TypeSet = new Set();

/** What is known already, by what references lead to: schemas that share parts in many ways are looked at once each. */
const KNOWN = new WeakMap<Lookup, Map<Keywords, TypeSet>>();

export function jsonTypes(schema: Schema | undefined, types: Lookup): TypeSet {
  if (schema === false) return NONE;
  const { own } = resolve(schema, types);
  if (!own) return ALL;
  if (isPlain(own)) return said(own);
  const known = KNOWN.get(types) ?? new Map<Keywords, TypeSet>();
  KNOWN.set(types, known);
  const before = known.get(own);
  if (before) return before;
  known.set(own, ALL); // a circle says nothing new
  const found = typesOf(own, types);
  known.set(own, found);
  return found;
}

const COMPOSING: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "const", "enum", "nullable"]);

/** As most: nothing is said of a type but by `type`, or by what implies one. */
function isPlain(own: Keywords): boolean {
  return !Object.keys(own).some((keyword) => COMPOSING.has(keyword));
}

function typesOf(own: Keywords, types: Lookup): TypeSet {
  const parts = list(own["allOf"]).map((part) => jsonTypes(part, types));
  const choices = alternatives(own).map(
    (branches) => new Set(branches.flatMap((branch) => [...jsonTypes(branch, types)])),
  );
  const all = [said(own), ofConstants(own), ...parts, ...choices];
  const both = JSON_TYPES.filter((type) => all.every((some) => some.has(type)));
  return new Set(own["nullable"] === true ? [...both, "null"] : both);
}

/** Of single words, and of what implies a type. */
const OF_WORD: ReadonlyMap<Json, TypeSet> = new Map<Json, TypeSet>([
  ...JSON_TYPES.map((type): [Json, TypeSet] => [type, new Set([type])]),
  ["integer", new Set<JsonType>(["number"])],
]);
const OBJECT: TypeSet = new Set<JsonType>(["object"]);
const ARRAY: TypeSet = new Set<JsonType>(["array"]);
const OBJECT_OR_ARRAY: TypeSet = new Set<JsonType>(["object", "array"]);

/** What `type` says; what is implied where it is absent, as the validators have it (`normalise/one-form.ts`). */
function said(own: Keywords): TypeSet {
  const { type } = own;
  if (type === undefined) {
    if (own["enum"] !== undefined || own["const"] !== undefined) return ALL;
    const isObject = OF_OBJECTS.some((keyword) => own[keyword] !== undefined);
    const isArray = OF_ARRAYS.some((keyword) => own[keyword] !== undefined);
    if (isObject) return isArray ? OBJECT_OR_ARRAY : OBJECT;
    return isArray ? ARRAY : ALL;
  }
  if (!Array.isArray(type)) return OF_WORD.get(type) ?? ALL;
  const words = type.map((word) => (word === "integer" ? "number" : word));
  const known = JSON_TYPES.filter((one) => words.includes(one));
  return known.length > 0 ? new Set(known) : ALL;
}

function ofConstants(own: Keywords): TypeSet {
  const values = own["const"] !== undefined ? [own["const"]] : Array.isArray(own["enum"]) ? own["enum"] : undefined;
  return values ? new Set(values.map(typeOf)) : ALL;
}

export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "object";
}
