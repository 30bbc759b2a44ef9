/**
 * The keywords of a schema, read leniently: one with a value it cannot have says nothing.
 */
import type { Json, Schema, TypeDeclaration } from "../../contract.js";

export type Keywords = Exclude<Schema, boolean>;

/** Finds a declared type by its name. */
export type Lookup = (name: string) => TypeDeclaration | undefined;

/** A schema behind its reference: its keywords, and the name of the type it is where it is one. */
export interface Resolved {
  readonly own?: Keywords;
  readonly name?: string;
}

export function resolve(schema: Schema | undefined, types: Lookup): Resolved {
  if (typeof schema !== "object") return {};
  const name = refName(schema);
  if (name === undefined) return { own: schema };
  const target = types(name)?.schema;
  if (typeof target !== "object") return { name };
  // Beside a reference nothing counts (draft-07, 8.3) but OpenAPI's `nullable`; a type may be a bare reference itself.
  const own = schema["nullable"] === true ? { ...target, nullable: true } : target;
  return { own: refName(own) === undefined ? own : { allOf: [own] }, name };
}

export function refName(schema: Keywords): string | undefined {
  return typeof schema["$ref"] === "string" ? schema["$ref"].replace("#/$defs/", "") : undefined;
}

/** Each choice between schemas, as its branches. */
export function alternatives(own: Keywords): readonly (readonly Schema[])[] {
  const { oneOf, anyOf } = own;
  if (oneOf === undefined && anyOf === undefined) return NO_CHOICES; // as most
  return [list(oneOf), list(anyOf)].filter((branches) => branches.length > 0);
}

const CONDITIONS = ["if", "then", "else"];
const DEPENDENCIES = ["dependencies", "dependentSchemas", "dependentRequired"];
const NONE: readonly Schema[] = [];
const NO_MEMBERS: Readonly<Record<string, Json>> = {};
const NO_CHOICES: readonly (readonly Schema[])[] = [];

/** Schemas that hold for some values only, by what else these have. What they name is named, and never required. */
export function conditional(own: Keywords): readonly Schema[] {
  const has = (keyword: string): boolean => own[keyword] !== undefined;
  if (!CONDITIONS.some(has) && !DEPENDENCIES.some(has)) return NONE; // as most
  const single = CONDITIONS.flatMap((keyword) => own[keyword] ?? []);
  const byKey = DEPENDENCIES.flatMap((keyword) =>
    Object.entries(object(own[keyword])).map(([key, then]) =>
      Array.isArray(then) ? { required: [key, ...then] } : { allOf: [{ required: [key] }, then] },
    ),
  );
  return [...single, ...byKey] as Schema[]; // what stands below these keywords is one
}

export function list(value: Json | undefined): readonly Schema[] {
  return Array.isArray(value) ? (value as Schema[]) : NONE; // a list of schemas wherever this is asked
}

export function object(value: Json | undefined): Readonly<Record<string, Json>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, Json>)
    : NO_MEMBERS;
}

export function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}
