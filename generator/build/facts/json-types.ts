/**
 * The JSON types that values of a schema can have.
 */
import type { Json, JsonType, Schema } from "../../contract.js";
import { OF_ARRAYS, OF_OBJECTS } from "../../normalise/keywords.js";
import { alternatives, type Keywords, type Lookup, list, resolve } from "./schema-words.js";

export const JSON_TYPES: readonly JsonType[] = ["object", "array", "string", "number", "boolean", "null"];

/** What is known already: schemas that share parts in many ways are looked at once each. */
const KNOWN = new WeakMap<Keywords, ReadonlySet<JsonType>>();

export function jsonTypes(schema: Schema | undefined, types: Lookup): ReadonlySet<JsonType> {
  if (schema === false) return new Set();
  const { own } = resolve(schema, types);
  if (!own) return new Set(JSON_TYPES);
  const before = KNOWN.get(own);
  if (before) return before;
  KNOWN.set(own, new Set(JSON_TYPES)); // a circle says nothing new
  const known = typesOf(own, types);
  KNOWN.set(own, known);
  return known;
}

function typesOf(own: Keywords, types: Lookup): ReadonlySet<JsonType> {
  const parts = list(own["allOf"]).map((part) => jsonTypes(part, types));
  const choices = alternatives(own).map(
    (branches) => new Set(branches.flatMap((branch) => [...jsonTypes(branch, types)])),
  );
  const all = [said(own), ofConstants(own), ...parts, ...choices];
  const both = JSON_TYPES.filter((type) => all.every((some) => some.has(type)));
  return new Set(own["nullable"] === true ? [...both, "null"] : both);
}

/** What `type` says; what is implied where it is absent, as the validators have it (`normalise/one-form.ts`). */
function said(own: Keywords): ReadonlySet<JsonType> {
  const { type } = own;
  if (type === undefined) {
    if (own["enum"] !== undefined || own["const"] !== undefined) return new Set(JSON_TYPES);
    const isObject = OF_OBJECTS.some((keyword) => own[keyword] !== undefined);
    const isArray = OF_ARRAYS.some((keyword) => own[keyword] !== undefined);
    const implied = JSON_TYPES.filter((one) => (one === "object" && isObject) || (one === "array" && isArray));
    return new Set(implied.length > 0 ? implied : JSON_TYPES);
  }
  const words = (Array.isArray(type) ? type : [type]).map((word) => (word === "integer" ? "number" : word));
  const known = JSON_TYPES.filter((one) => words.includes(one));
  return new Set(known.length > 0 ? known : JSON_TYPES);
}

function ofConstants(own: Keywords): ReadonlySet<JsonType> {
  const values = own["const"] !== undefined ? [own["const"]] : Array.isArray(own["enum"]) ? own["enum"] : undefined;
  return new Set(values?.map(typeOf) ?? JSON_TYPES);
}

export function typeOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "object";
}
