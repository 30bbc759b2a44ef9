/**
 * Whether a message may have something at a place: an object that names members means these, one that names none means
 * any, and so does one that says that it has more (`additionalProperties`, `patternProperties`).
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.5.6 (`additionalProperties`)
 */
import type { Schema } from "../../contract.js";
import { jsonTypes } from "./json-types.js";
import {
  alternatives,
  conditional,
  type Keywords,
  type Lookup,
  list,
  object,
  resolve,
  strings,
} from "./schema-words.js";
import type { Way } from "./shapes.js";

/** `never`: provably nothing. `unsaid`: what is there is not named, so not meant, and yet may come. */
export type Holding = "never" | "unsaid" | "meant";

/** What holds together: schemas behind references and in `allOf`, and one branch of each choice. */
type Conjunction = readonly Keywords[];

/** So many ways through the choices of a schema are looked at; one that has more may mean anything. */
const WAYS = 64;

/** So many conditions inside of each other are looked into. */
const PARTS = 3;

function holdingAt(schema: Schema, at: Way, types: Lookup): Holding {
  if (schema === false) return "never";
  return at.length === 0 ? "meant" : holdingOf(conjunctions(schema, types), at, types);
}

/** The same of many places, whose schema is looked into once. */
export function holdings(schema: Schema, types: Lookup): (at: Way) => Holding {
  const ways = conjunctions(schema, types);
  return (at) => (schema === false ? "never" : holdingOf(ways, at, types));
}

function holdingOf(ways: readonly Conjunction[], [key, ...deeper]: Way, types: Lookup): Holding {
  if (key === undefined) return "meant";
  if (ways.length === 0 || ways.length > WAYS) return "meant";
  const all = new Set(ways.map((way) => holdingIn(way, key, deeper, types)));
  return all.has("meant") ? "meant" : all.has("unsaid") ? "unsaid" : "never";
}

/** Whether a value may have members of any name. */
export function isFreeForm(schema: Schema, types: Lookup): boolean {
  const ways = conjunctions(schema, types);
  return ways.length > WAYS || ways.some((way) => canBe(way, "object", types) && isOpen(way));
}

function holdingIn(way: Conjunction, key: string | number, deeper: Way, types: Lookup): Holding {
  if (!canBe(way, typeof key === "string" ? "object" : "array", types)) return "never";
  const said = way.flatMap((own) => (typeof key === "string" ? memberOf(own, key) : itemOf(own, key)));
  if (said.length > 0) {
    const holding = said.includes(false) ? "never" : holdingAt({ allOf: said }, deeper, types);
    return holding === "unsaid" && namedInPart(way, key, deeper, types) ? "meant" : holding;
  }
  if (typeof key === "number" || namedInPart(way, key, deeper, types)) return "meant";
  return isOpen(way) || way.some((own) => strings(own["required"]).includes(key)) ? "meant" : "unsaid";
}

/** Whether what holds for some values only names the place. `depth`: one such part may stand in another, or be it. */
function namedInPart(way: Conjunction, key: string | number, deeper: Way, types: Lookup, depth = PARTS): boolean {
  if (depth === 0) return false;
  const parts = way.flatMap(conditional);
  return parts.some((part) =>
    conjunctions(part, types).some((inner) => {
      const said = inner.flatMap((own) => (typeof key === "string" ? memberOf(own, key) : itemOf(own, key)));
      if (said.length > 0) return said.some((one) => holdingAt(one, deeper, types) === "meant");
      const isRequired = inner.some((own) => strings(own["required"]).includes(String(key)));
      return (isRequired && deeper.length === 0) || namedInPart(inner, key, deeper, types, depth - 1);
    }),
  );
}

function isOpen(way: Conjunction): boolean {
  const hasMore = ({ additionalProperties: more, patternProperties }: Keywords) =>
    (more !== undefined && more !== false) || patternProperties !== undefined;
  const says = (own: Keywords) =>
    Object.keys(object(own["properties"])).length + strings(own["required"]).length > 0 ||
    own["additionalProperties"] === false;
  return way.some(hasMore) || !way.some(says);
}

function canBe(way: Conjunction, type: "object" | "array", types: Lookup): boolean {
  return way.every((own) => jsonTypes(own, types).has(type));
}

function memberOf(own: Keywords, key: string): Schema[] {
  const members = object(own["properties"]);
  return Object.hasOwn(members, key) ? [members[key] as Schema] : []; // what stands in `properties` is one
}

function itemOf(own: Keywords, index: number): Schema[] {
  const place = list(own["prefixItems"] ?? own["items"])[index];
  return place === undefined ? [] : [place];
}

/**
 * Every way through the choices of a schema; a few more than are looked at where there are too many. `known`: of each
 * schema once, since schemas may share parts in many ways.
 */
function conjunctions(schema: Schema, types: Lookup, known: Map<Keywords, Conjunction[]> = new Map()): Conjunction[] {
  const { own } = resolve(schema, types);
  if (schema === false) return [];
  if (!own) return [[]];
  const before = known.get(own);
  if (before) return before;
  known.set(own, [[]]); // a circle says nothing new
  const parts = list(own["allOf"]).map((part) => conjunctions(part, types, known));
  const choices = alternatives(own).map((branches) => branches.flatMap((branch) => conjunctions(branch, types, known)));
  const ways = [...parts, ...choices].reduce<Conjunction[]>(
    (ways, more) =>
      ways.slice(0, WAYS + 1).flatMap((way) => more.slice(0, WAYS + 1).map((one) => [...new Set([...way, ...one])])),
    [[own]],
  );
  known.set(own, ways);
  return ways;
}
