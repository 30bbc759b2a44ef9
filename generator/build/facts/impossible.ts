/**
 * Whether no value can fit several schemas at once, as far as that can be shown: types, constants, members and places
 * that one asks for and another rules out. https://json-schema.org/draft-07/json-schema-validation#rfc.section.6
 */
import type { Json, JsonType, Schema } from "../../contract.js";
import { isMembers, type Members } from "../../normalise/keywords.js";
import { JSON_TYPES, typeOf } from "./json-types.js";
import { isTooShort, mayFit, rangeOf } from "./scalar-limits.js";
import { strings } from "./schema-words.js";

/** Types by name, normalised. */
export type Read = Pick<ReadonlyMap<string, Schema>, "get">;

/** How deep is looked, and how many places in all: what takes longer counts as possible. */
const DEPTH = 8;
const STEPS = 1_000;

const CHOICES = ["anyOf", "oneOf"];

/** Positions of an array that are looked at. */
const PLACES = 16;

/** Whether closed objects refuse members that they do not name: they are open to a client (`tolerant.ts`). */
export type Reading = "strict" | "tolerant";

export function isImpossible(
  schemas: readonly Json[],
  read: Read,
  depth: number = DEPTH,
  reading: Reading = "tolerant",
): boolean {
  return new Search(read, reading).isImpossible(schemas, depth);
}

class Search {
  readonly #read: Read;
  readonly #reading: Reading;
  #steps = STEPS;

  constructor(read: Read, reading: Reading) {
    this.#read = read;
    this.#reading = reading;
  }

  isImpossible(schemas: readonly Json[], depth: number): boolean {
    if (depth === 0 || this.#steps <= 0) return false;
    this.#steps -= 1;
    const all: Members[] = [];
    const isRefused = (schema: Json): boolean => !this.#addParts(schema, all, []);
    if (schemas.some(isRefused)) return true;
    let types = JSON_TYPES;
    for (const part of all) types = both(types, typesOf(part));
    if (types.every((type) => this.#isImpossibleAs(type, all, depth)) || noConstantFits(all)) return true;
    return all.some((part) => CHOICES.some((keyword) => this.#isImpossibleChoice(part, keyword, all, depth)));
  }

  #isImpossibleChoice(part: Members, keyword: string, all: readonly Members[], depth: number): boolean {
    const branches = part[keyword];
    if (!Array.isArray(branches)) return false;
    const others = all.map((other) => (other === part ? without(part, keyword) : other));
    return branches.every((branch) => this.isImpossible([...others, branch], depth - 1));
  }

  /**
   * Adds everything that holds together: behind references, each once, beside and inside of `allOf`. Whether that leaves
   * any value at all: `false` does not.
   */
  #addParts(schema: Json, all: Members[], seen: string[]): boolean {
    if (!isMembers(schema)) return schema !== false;
    const ref = schema["$ref"];
    if (typeof ref === "string") {
      const name = ref.replace("#/$defs/", "");
      if (seen.includes(name)) return true;
      seen.push(name);
      return this.#addParts(this.#read.get(name) ?? true, all, seen);
    }
    all.push(schema);
    const inner = schema["allOf"];
    return !Array.isArray(inner) || inner.every((part: Json) => this.#addParts(part, all, seen));
  }

  #isImpossibleAs(type: JsonType, parts: readonly Members[], depth: number): boolean {
    if (type === "object") return this.#isImpossibleObject(parts, depth);
    if (type === "array") return this.#isImpossibleArray(parts, depth);
    return type === "string" ? isTooShort(rangeOf(parts, "Length")) : type === "number" && isTooShort(rangeOf(parts));
  }

  /** A member that one asks for and that can have no value, or that another refuses. */
  #isImpossibleObject(parts: readonly Members[], depth: number): boolean {
    const required = new Set<string>();
    for (const part of parts) for (const key of strings(part["required"])) required.add(key);
    if (parts.some((part) => refusedBy(part)?.every((key) => required.has(key)))) return true;
    for (const key of required) {
      const said = parts.flatMap((part) => memberOf(part, key, this.#reading));
      if (this.isImpossible(said, depth - 1)) return true;
    }
    return false;
  }

  #isImpossibleArray(parts: readonly Members[], depth: number): boolean {
    const range = rangeOf(parts, "Items");
    if (isTooShort(range)) return true;
    const places = Array.from({ length: Math.min(range.min, PLACES) }, (_, index) => index);
    return places.some((index) =>
      this.isImpossible(
        parts.flatMap((part) => itemOf(part, index)),
        depth - 1,
      ),
    );
  }
}

/** By a single word, as most say. */
const OF_WORDS = new Map<Json, readonly JsonType[]>();

function typesOf({ type }: Members): readonly JsonType[] {
  if (type === undefined) return JSON_TYPES;
  if (typeof type !== "string") return typesIn(Array.isArray(type) ? type : [type]);
  const known = OF_WORDS.get(type) ?? typesIn([type]);
  if (known.length > 0) OF_WORDS.set(type, known);
  return known;
}

function both(some: readonly JsonType[], others: readonly JsonType[]): readonly JsonType[] {
  if (others === JSON_TYPES || some === others) return some;
  return some === JSON_TYPES ? others : some.filter((type) => others.includes(type));
}

function typesIn(words: readonly Json[]): readonly JsonType[] {
  return JSON_TYPES.filter((one) => words.includes(one) || (one === "number" && words.includes("integer")));
}

/** Constants that all name and none rules out; none at all where there are constants is impossible. */
function noConstantFits(parts: readonly Members[]): boolean {
  if (!parts.some((part) => part["const"] !== undefined || part["enum"] !== undefined)) return false; // as most
  const named = parts.flatMap((part): (readonly Json[])[] => [
    ...(part["const"] === undefined ? [] : [[part["const"]]]),
    ...(Array.isArray(part["enum"]) ? [part["enum"]] : []),
  ]);
  if (named.length === 0) return false; // `enum: null`
  return !sharedBy(named).some((value) =>
    parts.every((part) => typesOf(part).includes(typeOf(value)) && mayFit(value, part)),
  );
}

/** Values that are in all lists. */
function sharedBy([first = [], ...others]: readonly (readonly Json[])[]): readonly Json[] {
  if (others.length === 0) return first;
  const texts = others.map((values) => new Set(values.map(canonical)));
  return first.filter((value) => texts.every((values) => values.has(canonical(value))));
}

/** Keys that a schema refuses to see together: `not: {required: […]}`. */
function refusedBy({ not }: Members): string[] | undefined {
  if (!isMembers(not)) return undefined;
  const { required, type, ...more } = not;
  const isPlain = Object.keys(more).length === 0 && (type === undefined || type === "object");
  return isPlain && Array.isArray(required) ? strings(required) : undefined;
}

/** What a schema says of a member. A pattern that would name it is not tried. */
function memberOf(part: Members, key: string, reading: Reading): Json[] {
  const { properties, patternProperties, additionalProperties } = part;
  if (isMembers(properties) && Object.hasOwn(properties, key)) return [properties[key] ?? true];
  if (patternProperties !== undefined) return [];
  if (additionalProperties === false) return reading === "strict" ? [false] : [];
  return isMembers(additionalProperties) ? [additionalProperties] : [];
}

function itemOf({ prefixItems, items }: Members, index: number): Json[] {
  const named = Array.isArray(prefixItems) ? prefixItems : [];
  if (index < named.length) return [named[index] ?? true];
  return items === undefined ? [] : [items];
}

function without(part: Members, keyword: string): Members {
  return Object.fromEntries(Object.entries(part).filter(([name]) => name !== keyword));
}

/** The same text for equal values: members in the order of their names. */
function canonical(value: Json): string {
  if (typeof value !== "object") return JSON.stringify(value);
  return JSON.stringify(value, (_, inner: unknown) =>
    isMembers(inner as Json) // what JSON.stringify visits of JSON is JSON
      ? Object.fromEntries(Object.entries(inner as Members).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
