/**
 * What is known of every value of a payload: where it has constants, and which members it has.
 */
import type { JsonType, Schema } from "../../contract.js";
import { type Implied, inherited, ofBranch } from "./discriminator.js";
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

export type Scalar = string | number | boolean | null;

/** Keys from a value to one inside of it. */
export type Way = readonly (string | number)[];

/** A place in every value of a schema that holds one of a few constants. */
export interface Tag {
  readonly at: Way;
  readonly values: readonly Scalar[];
  /** Every value of the schema has it. */
  readonly required: boolean;
  /** It stands at a position of a list that may be too short to have it. */
  readonly unsure?: true;
  /** It is a discriminator's, which heirs say in their own names. */
  readonly implied?: true;
}

/** A member that values of a schema may have. */
export interface Member {
  readonly at: readonly string[];
  readonly required: boolean;
}

/** How deep a tag may sit: `{header: {name: "x"}}` is seen, more is not looked for. */
const DEPTH = 3;

/** Schemas that one answer may look at: those that refer to each other in circles have too many ways through them. */
const BUDGET = 20_000;

/** The names on the way to a schema, since a circle says nothing new, and how many more may be looked at. */
interface Walk {
  readonly seen: readonly string[];
  readonly budget: { left: number };
}

export interface Keys {
  readonly required: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
}

const NO_KEYS: Keys = { required: new Set(), declared: new Set() };
const NO_TAGS: readonly Tag[] = [];
const NO_MEMBERS: readonly Member[] = [];

const KEYED: ReadonlySet<string> = new Set([
  ...["properties", "required", "allOf", "anyOf", "oneOf", "if", "then", "else"],
  ...["dependencies", "dependentSchemas", "dependentRequired"],
]);

/** Whether a schema says anything of members. */
function isKeyed(own: Keywords): boolean {
  return Object.keys(own).some((keyword) => KEYED.has(keyword));
}

export class Shapes {
  /** Finds a declared type. */
  readonly types: Lookup;
  readonly #keys = new Map<Keywords, Keys>();
  readonly #outermost = new Map<Keywords, readonly Tag[]>();

  constructor(types: Lookup) {
    this.types = types;
  }

  /** Every tag of a schema, outermost first. */
  tags(schema: Schema | undefined): readonly Tag[] {
    const { own } = resolve(schema, this.types);
    if (!own) return NO_TAGS;
    const known = this.#outermost.get(own) ?? this.#tags(schema, DEPTH, begin());
    this.#outermost.set(own, known);
    return known;
  }

  #tags(schema: Schema | undefined, depth: number, walk: Walk): readonly Tag[] {
    const { own, name } = resolve(schema, this.types);
    const path = further(walk, name);
    if (!own || !path) return NO_TAGS;
    const all = constants(own);
    if (depth > 0) this.#members(own, depth, path, all);
    for (const part of list(own["allOf"])) all.push(...this.#tags(part, depth, path));
    for (const branches of alternatives(own)) all.push(...this.#shared(own, branches, depth, path));
    const implied = depth > 0 && name !== undefined ? inherited(name, own, this.types) : [];
    if (all.length + implied.length === 0) return NO_TAGS; // as most
    const explicit = merge(all);
    const { required } = this.keys(own);
    const has = this.jsonTypes(own);
    return withImplied(explicit, implied, required).map((tag) => {
      const [key, ...deeper] = tag.at;
      if (key === undefined) return tag;
      const surely = has.size === 1 && has.has(typeof key === "string" ? "object" : "array");
      return { ...tag, required: surely && (tag.required || (deeper.length === 0 && required.has(String(key)))) };
    });
  }

  /** Names of members that every object has, and of all that are declared at all. */
  keys(schema: Schema | undefined): Keys {
    const { own } = resolve(schema, this.types);
    if (!own || !isKeyed(own)) return NO_KEYS;
    const known = this.#keys.get(own) ?? this.#keysOf(schema, begin());
    this.#keys.set(own, known);
    return known;
  }

  #keysOf(schema: Schema | undefined, walk: Walk): Keys {
    const { own, name } = resolve(schema, this.types);
    const path = further(walk, name);
    if (!own || !path || !isKeyed(own)) return NO_KEYS;
    const parts = list(own["allOf"]).map((part) => this.#keysOf(part, path));
    const choices = alternatives(own).map((branches) => branches.map((branch) => this.#keysOf(branch, path)));
    const perhaps = conditional(own).map((part) => this.#keysOf(part, path));
    const inAll = choices.flatMap(([first, ...rest]) =>
      [...(first?.required ?? [])].filter((key) => rest.every(({ required }) => required.has(key))),
    );
    return {
      required: new Set([...strings(own["required"]), ...parts.flatMap(({ required }) => [...required]), ...inAll]),
      declared: new Set([
        ...Object.keys(object(own["properties"])),
        ...strings(own["required"]),
        ...[...parts, ...choices.flat(), ...perhaps].flatMap(({ declared }) => [...declared]),
      ]),
    };
  }

  /** Members of members, down to where tags are looked for. */
  inner(schema: Schema | undefined): readonly Member[] {
    return this.#inner(schema, DEPTH - 1, begin());
  }

  #inner(schema: Schema | undefined, depth: number, walk: Walk): readonly Member[] {
    const { own, name } = resolve(schema, this.types);
    const path = further(walk, name);
    if (!own || depth === 0 || !path) return NO_MEMBERS;
    const { required } = this.keys(own);
    const found: Member[] = [];
    for (const [key, value] of Object.entries(object(own["properties"]))) {
      const schema = value as Schema; // what stands in `properties` is one
      const keys = this.keys(schema);
      const surely = keys.declared.size > 0 && required.has(key) && only(this.jsonTypes(schema), "object");
      for (const inner of keys.declared) found.push({ at: [key, inner], required: surely && keys.required.has(inner) });
      for (const member of this.#inner(schema, depth - 1, path))
        found.push({ at: [key, ...member.at], required: surely && member.required });
    }
    for (const part of list(own["allOf"])) for (const member of this.#inner(part, depth, path)) found.push(member);
    for (const branch of [...alternatives(own).flat(), ...conditional(own)])
      for (const { at } of this.#inner(branch, depth, path)) found.push({ at, required: false });
    return found;
  }

  /** Whether a value may have members that are not declared by name. */
  isOpenMap(schema: Schema | undefined): boolean {
    const { own } = resolve(schema, this.types);
    if (!own) return true;
    const extra = own["additionalProperties"];
    return (extra !== undefined && extra !== false) || own["patternProperties"] !== undefined;
  }

  /** The JSON types that a value can have. */
  jsonTypes(schema: Schema | undefined): ReadonlySet<JsonType> {
    return jsonTypes(schema, this.types);
  }

  /** What every branch of a choice has a tag at, with the values of all. */
  #shared(own: Keywords, branches: readonly Schema[], depth: number, walk: Walk): Tag[] {
    const [first = [], ...others] = branches.map((branch) => {
      const implied = depth > 0 ? ofBranch(own, branch, this.types) : undefined;
      return byPlace(
        withImplied(this.#tags(branch, depth, walk), implied ? [implied] : [], this.keys(branch).required),
      );
    });
    return [...first].flatMap(([place, tag]) => {
      const all = [tag, ...others.flatMap((tags) => tags.get(place) ?? [])];
      if (all.length <= others.length) return [];
      const values = [...new Set(all.flatMap(({ values }) => values))];
      const isImplied = all.some(({ implied }) => implied);
      return [
        {
          at: tag.at,
          values,
          required: all.every(({ required }) => required),
          ...(isImplied && { implied: true as const }),
        },
      ];
    });
  }

  /** Adds the tags of members, and of places in lists. */
  #members(own: Keywords, depth: number, walk: Walk, all: Tag[]): void {
    const places = list(own["prefixItems"] ?? own["items"]);
    if (own["properties"] === undefined && places.length === 0) return; // as most
    const required = new Set(strings(own["required"]));
    for (const [key, schema] of Object.entries(object(own["properties"]))) {
      for (const tag of this.#tags(schema as Schema, depth - 1, walk)) all.push(under(key, tag, required.has(key)));
    }
    const length = filled(own, this.types);
    for (const [index, schema] of places.entries()) {
      for (const tag of this.#tags(schema, depth - 1, walk)) {
        const here = under(index, tag, index < length);
        all.push(index < length ? here : { ...here, unsure: true });
      }
    }
  }
}

function begin(): Walk {
  return { seen: [], budget: { left: BUDGET } };
}

/** One schema on; undefined where it was on the way already, or the walk has been too long. */
function further({ seen, budget }: Walk, name: string | undefined): Walk | undefined {
  if ((name !== undefined && seen.includes(name)) || budget.left-- <= 0) return undefined;
  return { seen: name === undefined ? seen : [...seen, name], budget };
}

/** The place of a tag, to find it by. */
export function placeOf(at: Way): string {
  return JSON.stringify(at);
}

export function byPlace(tags: readonly Tag[]): Map<string, Tag> {
  return new Map(tags.map((tag) => [placeOf(tag.at), tag]));
}

export function only(types: ReadonlySet<JsonType>, type: JsonType): boolean {
  return types.size === 1 && types.has(type);
}

function constants(own: Keywords): Tag[] {
  const said = own["const"] !== undefined ? [own["const"]] : Array.isArray(own["enum"]) ? own["enum"] : [];
  const values = said.length > 0 && own["nullable"] === true ? [...said, null] : said;
  return values.length > 0 && values.every(isScalar) ? [{ at: [], values, required: true }] : [];
}

/** What a discriminator implies counts where no constant is named; the innermost schema's own name, not those of its bases. */
function withImplied(tags: readonly Tag[], implied: readonly Implied[], required: ReadonlySet<string>): readonly Tag[] {
  if (implied.length === 0) return tags;
  const explicit = new Set(tags.filter((tag) => !tag.implied).map(({ at }) => placeOf(at)));
  const nearest = new Map(implied.toReversed().map((one) => [one.member, one]));
  const more = [...nearest.values()]
    .map(({ member, values }) => ({ at: [member], values, required: required.has(member), implied: true as const }))
    .filter(({ at }) => !explicit.has(placeOf(at)));
  const own = new Set(more.map(({ at }) => placeOf(at)));
  return [...tags.filter(({ at }) => !own.has(placeOf(at))), ...more];
}

/** So many positions of a list are surely filled. */
function filled(own: Keywords, types: Lookup): number {
  const bounds = [own, ...list(own["allOf"]).map((part) => resolve(part, types).own)].map((part) => part?.["minItems"]);
  return Math.max(0, ...bounds.filter((bound) => typeof bound === "number"));
}

function under(key: string | number, tag: Tag, required: boolean): Tag {
  return { ...tag, at: [key, ...tag.at], required: required && tag.required };
}

/** Two tags at one place hold together: the narrower values, required if either is. What is implied gives way. */
function merge(tags: readonly Tag[]): readonly Tag[] {
  if (tags.length === 1) return tags;
  const merged = new Map<string, Tag>();
  for (const tag of tags) {
    const place = placeOf(tag.at);
    const before = merged.get(place);
    merged.set(place, before ? both(before, tag) : tag);
  }
  return [...merged.values()].filter((tag) => tag.values.length > 0).sort((a, b) => a.at.length - b.at.length);
}

function both(one: Tag, other: Tag): Tag {
  const required = one.required || other.required;
  if (one.implied !== other.implied) return { ...(one.implied ? other : one), required };
  return { ...other, values: other.values.filter((value) => one.values.includes(value)), required };
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== "object";
}
