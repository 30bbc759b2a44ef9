/**
 * What is constant in a payload: the values by which messages can be told apart.
 */
import type { Json, Schema, TypeDeclaration } from "../contract.js";

export type Scalar = string | number | boolean | null;

/** A place in every value of a schema that holds one of a few constants. */
export interface Tag {
  readonly at: readonly (string | number)[];
  readonly values: readonly Scalar[];
  /** Every value of the schema has it. */
  readonly required: boolean;
}

/** How deep a tag may sit: `{header: {name: "x"}}` is seen, more is not looked for. */
const DEPTH = 3;

export class Shapes {
  readonly #types: (name: string) => TypeDeclaration | undefined;

  constructor(types: (name: string) => TypeDeclaration | undefined) {
    this.#types = types;
  }

  /** Every tag of a schema, outermost first. */
  tags(schema: Schema | undefined, depth: number = DEPTH, seen: readonly string[] = []): Tag[] {
    const { own, name } = this.#resolve(schema);
    if (!own || (name !== undefined && seen.includes(name))) return [];
    const path = name === undefined ? seen : [...seen, name];
    const choices = alternatives(own).map((branches) => branches.map((branch) => this.tags(branch, depth, path)));
    const always = this.keys(own).required;
    return merge([
      ...constants(own),
      ...(depth > 0 ? this.#members(own, depth, path) : []),
      ...list(own["allOf"]).flatMap((part) => this.tags(part, depth, path)),
      ...choices.flatMap(shared),
    ]).map((tag) => (tag.at.length === 1 && always.has(String(tag.at[0])) ? { ...tag, required: true } : tag));
  }

  /** Names of members that every value has, and of all that are declared at all. */
  keys(schema: Schema | undefined, seen: readonly string[] = []): { required: Set<string>; declared: Set<string> } {
    const { own, name } = this.#resolve(schema);
    const none = { required: new Set<string>(), declared: new Set<string>() };
    if (!own || (name !== undefined && seen.includes(name))) return none;
    const path = name === undefined ? seen : [...seen, name];
    const parts = list(own["allOf"]).map((part) => this.keys(part, path));
    const choices = alternatives(own).map((branches) => branches.map((branch) => this.keys(branch, path)));
    const inAll = choices.flatMap(([first, ...rest]) =>
      [...(first?.required ?? [])].filter((key) => rest.every(({ required }) => required.has(key))),
    );
    return {
      required: new Set([...strings(own["required"]), ...parts.flatMap(({ required }) => [...required]), ...inAll]),
      declared: new Set([
        ...Object.keys(object(own["properties"])),
        ...strings(own["required"]),
        ...[...parts, ...choices.flat()].flatMap(({ declared }) => [...declared]),
      ]),
    };
  }

  /** Whether a value may have members that are not declared by name. */
  isOpenMap(schema: Schema | undefined): boolean {
    const { own } = this.#resolve(schema);
    if (!own) return true;
    const extra = own["additionalProperties"];
    return (extra !== undefined && extra !== false) || own["patternProperties"] !== undefined;
  }

  /** Whether every value is an object. */
  isObject(schema: Schema | undefined): boolean {
    const { own } = this.#resolve(schema);
    if (!own) return false;
    return own["type"] === "object" || (own["type"] === undefined && own["properties"] !== undefined);
  }

  #members(own: Keywords, depth: number, seen: readonly string[]): Tag[] {
    const required = new Set(strings(own["required"]));
    const named = Object.entries(object(own["properties"])).flatMap(([key, schema]) =>
      under(key, this.tags(schema as Schema, depth - 1, seen), required.has(key)),
    );
    const places = list(own["prefixItems"] ?? own["items"]).flatMap((schema, index) =>
      under(index, this.tags(schema, depth - 1, seen), true),
    );
    return [...named, ...places];
  }

  #resolve(schema: Schema | undefined): { own?: Keywords; name?: string } {
    if (typeof schema !== "object") return {};
    const name = typeof schema["$ref"] === "string" ? schema["$ref"].replace("#/$defs/", "") : undefined;
    if (name === undefined) return { own: schema };
    const target = this.#types(name)?.schema;
    return typeof target === "object" ? { own: target, name } : { name };
  }
}

type Keywords = Exclude<Schema, boolean>;

function constants(own: Keywords): Tag[] {
  const values = own["const"] !== undefined ? [own["const"]] : Array.isArray(own["enum"]) ? own["enum"] : [];
  return values.length > 0 && values.every(isScalar) ? [{ at: [], values, required: true }] : [];
}

function under(key: string | number, tags: readonly Tag[], required: boolean): Tag[] {
  return tags.map((tag) => ({ ...tag, at: [key, ...tag.at], required: required && tag.required }));
}

/** Two tags at one place hold together: the narrower values, required if either is. */
function merge(tags: readonly Tag[]): Tag[] {
  const byPlace = new Map<string, Tag>();
  for (const tag of tags) {
    const place = JSON.stringify(tag.at);
    const before = byPlace.get(place);
    const values = before ? tag.values.filter((value) => before.values.includes(value)) : tag.values;
    byPlace.set(place, { ...tag, values, required: tag.required || (before?.required ?? false) });
  }
  return [...byPlace.values()].filter((tag) => tag.values.length > 0).sort((a, b) => a.at.length - b.at.length);
}

/** What every branch has a tag at, with the values of all. */
function shared(branches: readonly (readonly Tag[])[]): Tag[] {
  const [first = [], ...others] = branches;
  return first.flatMap((tag) => {
    const same = others.map((tags) => tags.find((other) => JSON.stringify(other.at) === JSON.stringify(tag.at)));
    if (same.some((other) => other === undefined)) return [];
    const all = [tag, ...same.flatMap((other) => other ?? [])];
    return [
      { at: tag.at, values: [...new Set(all.flatMap(({ values }) => values))], required: all.every((t) => t.required) },
    ];
  });
}

/** Each choice between schemas, as its branches. */
function alternatives(own: Keywords): Schema[][] {
  return [list(own["oneOf"]), list(own["anyOf"])].filter((branches) => branches.length > 0);
}

function list(value: Json | undefined): Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : []; // a list of schemas wherever this is asked
}

function object(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function isScalar(value: Json): value is Scalar {
  return value === null || typeof value !== "object";
}
