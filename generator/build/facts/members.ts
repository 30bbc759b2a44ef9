/**
 * What a schema says of a member somewhere in its values, through references and whatever is composed of others.
 */

import type { Json, Schema, TypeDeclaration } from "../../contract.js";
import { once } from "../../memo.js";

type Keywords = Exclude<Schema, boolean>;

export class Members {
  readonly #types: (name: string) => TypeDeclaration | undefined;

  constructor(types: (name: string) => TypeDeclaration | undefined) {
    this.#types = types;
  }

  /** Every schema that is declared for a place; none where nothing declares it. */
  at(schema: Schema, place: readonly string[]): Schema[] {
    return place.reduce<Schema[]>(
      (found, key) => found.flatMap((one) => this.#parts(one).flatMap((part) => property(part, key))),
      [schema],
    );
  }

  /** Names of the members that are declared there. */
  names(schemas: readonly Schema[]): string[] {
    const parts = schemas.flatMap((one) => this.#parts(one));
    return [...new Set(parts.flatMap(({ properties }) => Object.keys(object(properties))))];
  }

  /** What an id at such a place may be: nothing where it is a constant, or no text and no number. */
  ids(schemas: readonly Schema[]): { readonly kinds: ReadonlySet<"string" | "integer">; readonly uuid: boolean } {
    const parts = schemas.flatMap((one) => this.#parts(one));
    const types = parts.flatMap(({ type }) => (Array.isArray(type) ? (type as Json[]) : [type ?? []].flat()));
    const isFixed = parts.some((part) => part["const"] !== undefined || part["enum"] !== undefined);
    const any = types.length === 0 ? (["string", "integer"] as const) : [];
    const said = types.flatMap((type) =>
      type === "string" ? (["string"] as const) : type === "integer" || type === "number" ? (["integer"] as const) : [],
    );
    return { kinds: new Set(isFixed ? [] : [...any, ...said]), uuid: parts.some(({ format }) => format === "uuid") };
  }

  /** The schema and all that it refers to or is made of, each as it stands. */
  #parts(schema: Schema): readonly Keywords[] {
    return typeof schema === "object" ? this.#known(schema) : [];
  }

  readonly #known = once((schema: Keywords) => this.#partsOf(schema, []));

  #partsOf(schema: Schema, seen: readonly string[]): Keywords[] {
    if (typeof schema !== "object") return [];
    const name = typeof schema["$ref"] === "string" ? schema["$ref"].replace("#/$defs/", "") : undefined;
    if (name !== undefined && seen.includes(name)) return [];
    const path = name === undefined ? seen : [...seen, name];
    const target = name === undefined ? undefined : this.#types(name)?.schema;
    const inner = [target ?? [], ...["allOf", "anyOf", "oneOf"].map((keyword) => list(schema[keyword]))].flat();
    return [schema, ...inner.flatMap((one) => this.#partsOf(one, path))];
  }
}

function property({ properties }: Keywords, key: string): Schema[] {
  const members = object(properties);
  return Object.hasOwn(members, key) ? [members[key] as Schema] : []; // what stands below `properties` is a schema
}

function list(value: Json | undefined): Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : []; // a list of schemas wherever this is asked
}

function object(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, Json>) : {};
}
