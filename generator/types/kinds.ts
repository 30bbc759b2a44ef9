/**
 * The kinds of JSON values, and which of them a schema admits.
 */
import type { Json, JsonType, Schema } from "../contract.js";
import { isMembers, type Members } from "../normalise/keywords.js";

export const KINDS: readonly JsonType[] = ["string", "number", "boolean", "object", "array", "null"];

/** Declared schemas by the names of their types, normalised. */
export type Schemas = ReadonlyMap<string, Schema>;

export function kindOf(value: Json): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "number") return "number";
  return typeof value === "string" ? "string" : "object";
}

/** The kinds that `type`, or what stands for it (`normalise/bigints.ts`), names; undefined where nothing does. */
export function kindsNamed({ type, bigint, number }: Members): readonly JsonType[] | undefined {
  if (bigint !== undefined || number !== undefined) return ["number"];
  if (type === undefined) return undefined;
  const words = [type].flat();
  return KINDS.filter((kind) => words.includes(kind) || (kind === "number" && words.includes("integer")));
}

/** The name of the type that a schema refers to. */
export function refName(schema: Json | undefined): string | undefined {
  const ref = isMembers(schema) ? schema["$ref"] : undefined;
  return typeof ref === "string" ? ref.slice("#/$defs/".length) : undefined;
}

/** The kinds of values that a schema may accept; never too few. */
export function kindsOf(schema: Json, schemas: Schemas, depth: number = 8): readonly JsonType[] {
  if (schema === false) return [];
  if (!isMembers(schema) || depth === 0) return KINDS;
  const name = refName(schema);
  const values = valuesOf(schema)?.map(kindOf);
  const all = [
    kindsNamed(schema),
    values,
    name === undefined ? undefined : kindsOf(schemas.get(name) ?? true, schemas, depth - 1),
    ...list(schema["allOf"]).map((part) => kindsOf(part, schemas, depth - 1)),
    ...[schema["anyOf"], schema["oneOf"]].map((choice) =>
      Array.isArray(choice) ? choice.flatMap((one: Json) => kindsOf(one, schemas, depth - 1)) : undefined,
    ),
  ];
  return KINDS.filter((kind) => all.every((some) => some === undefined || some.includes(kind)));
}

/** The only values that a schema's own `const` and `enum` leave; undefined where they say nothing. */
export function valuesOf({ enum: choice, const: only }: Members): readonly Json[] | undefined {
  if (only === undefined) return Array.isArray(choice) ? choice : undefined;
  return Array.isArray(choice) ? choice.filter((value) => isSame(value, only)) : [only];
}

export function isSame(one: Json, other: Json): boolean {
  return canonical(one) === canonical(other);
}

/** The same text for equal values: members in the order of their names. */
function canonical(value: Json): string {
  return JSON.stringify(value, (_, inner: Json) =>
    isMembers(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

export function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

/** What is no schema says nothing. */
export function asSchema(value: Json | undefined): Schema {
  return isMembers(value) || typeof value === "boolean" ? value : true;
}
