/**
 * Whether a payload takes the ids that the runtime makes for requests (`runtime/request-ids.ts`): a schema may ask more
 * of a text than that it is one, and then every request would be refused by its own validator.
 */
import type { Json, Reply, Schema } from "../contract.js";
import { OF_TEXT } from "../normalise/formats.js";
import { flagsFor } from "../normalise/pattern.js";
import { alternatives, type Keywords, type Lookup, list, object, refName } from "./facts/schema-words.js";

export type IdKind = Extract<Reply, { by: "field" }>["id"];

/** What the runtime makes, early and late in a client's life. */
const MADE: Readonly<Record<IdKind, readonly (string | number)[]>> = {
  string: ["k7f01xq90", "0z8k2m4qzz", "9a1b2c3d1c4"],
  uuid: ["3f2a9c01-5b7e-4d10-8a6c-000000000001", "90b8e7d2-01fa-4c3d-8e5b-0000000f4240"],
  integer: [1, 2, 1_000_000],
};

/** Formats of texts that such ids happen to have. */
const TAKING = new Set(["hostname", "regex", "uri-reference", "uri-template"]);

/** Compositions in each other that are looked into. */
const DEPTH = 16;

/** A place of a payload. */
export interface IdPlace {
  readonly schema: Schema;
  readonly at: readonly string[];
}

export class MadeIds {
  readonly #types: Lookup;

  constructor(types: Lookup) {
    this.#types = types;
  }

  /** What ids have to be to fit at every place; where none do, the first place that refuses, and what they look like. */
  choose(
    places: readonly IdPlace[],
    kinds: ReadonlySet<"string" | "integer">,
    uuid: boolean,
  ): { readonly id: IdKind } | { readonly refusing: number; readonly like: string } {
    const texts: readonly IdKind[] = uuid ? ["uuid"] : ["string", "uuid"];
    const made = [...(kinds.has("string") ? texts : []), ...(kinds.has("integer") ? (["integer"] as const) : [])];
    const refusing = made.map((kind) => places.findIndex((place) => !this.#fit(place, kind)));
    const id = made[refusing.indexOf(-1)];
    if (id !== undefined) return { id };
    return { refusing: refusing[0] ?? 0, like: made.map((kind) => JSON.stringify(MADE[kind][0])).join(" or ") };
  }

  /** Whether every id of a kind fits; true where that cannot be told. */
  #fit({ schema, at }: IdPlace, kind: IdKind): boolean {
    return MADE[kind].every((id) => this.#fits(schema, at, { id, kind }, DEPTH));
  }

  #fits(schema: Schema, place: readonly string[], made: Made, depth: number): boolean {
    if (typeof schema === "boolean" || depth === 0) return schema !== false;
    const name = refName(schema);
    const inside = (part: Schema) => this.#fits(part, place, made, depth - 1);
    if (name !== undefined && !inside(this.#types(name)?.schema ?? true)) return false;
    const [key, ...deeper] = place;
    const member = key === undefined ? undefined : object(schema["properties"])[key];
    // What stands below `properties` is a schema.
    const own = key === undefined ? takes(schema, made) : this.#fits((member ?? true) as Schema, deeper, made, DEPTH);
    return (
      own && list(schema["allOf"]).every(inside) && alternatives(schema).every((branches) => branches.some(inside))
    );
  }
}

interface Made {
  readonly id: string | number;
  readonly kind: IdKind;
}

/** What a schema's own keywords say of an id. */
function takes(schema: Keywords, { id, kind }: Made): boolean {
  const { const: only, enum: choice, format, pattern } = schema;
  if (only !== undefined && only !== id) return false;
  if (Array.isArray(choice) && !choice.includes(id)) return false;
  if (!isOfType(schema["type"], id)) return false;
  if (typeof id === "number") return isInRange(schema, id);
  if (typeof format === "string" && Object.hasOwn(OF_TEXT, format)) {
    if (!TAKING.has(format) && !(format === "uuid" && kind === "uuid")) return false;
  }
  const { minLength, maxLength } = schema;
  const isLong = typeof minLength !== "number" || id.length >= minLength;
  return isLong && !(typeof maxLength === "number" && id.length > maxLength) && mayMatch(id, pattern);
}

function isOfType(type: Json | undefined, id: string | number): boolean {
  const types = [type ?? []].flat();
  const words = typeof id === "string" ? ["string"] : ["integer", "number"];
  return types.length === 0 || types.some((word) => words.includes(String(word)));
}

function isInRange(
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf }: Keywords,
  id: number,
): boolean {
  if (typeof minimum === "number" && id < minimum) return false;
  if (typeof maximum === "number" && id > maximum) return false;
  if (typeof exclusiveMinimum === "number" && id <= exclusiveMinimum) return false;
  if (typeof exclusiveMaximum === "number" && id >= exclusiveMaximum) return false;
  return typeof multipleOf !== "number" || multipleOf <= 0 || Number.isInteger(id / multipleOf);
}

/** What may take a regular expression long: repeated groups, and many repetitions. Fixed counts are none. */
const SLOW = /\)[*+{]|\\[1-9k]|(?:[*+{].*){4}/s;

function mayMatch(id: string, pattern: Json | undefined): boolean {
  if (typeof pattern !== "string" || SLOW.test(pattern.replace(/\{\d{1,2}\}/g, ""))) return true;
  const flags = flagsFor(pattern);
  return flags === undefined || new RegExp(pattern, flags).test(id);
}
