/**
 * Choices whose branches a constant tells apart: what the value is meant to be is known before it is checked, so that only
 * that branch is looked at, and only what it says is told.
 */
import type { Json, Schema } from "../contract.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import { kindsOf, list, refName, type Schemas, valuesOf } from "./kinds.js";

/** The member that says which branch is meant, and its constants for each. */
export interface Tag {
  readonly name: string;
  readonly values: readonly (readonly string[])[];
}

/** How far references and parts of parts are followed. */
const DEPTH = 8;

/** Undefined where no member tells all branches apart. */
export function tagOf(branches: readonly Json[], schemas: Schemas): Tag | undefined {
  if (branches.length < 2 || !branches.every((branch) => isObject(branch, schemas))) return undefined;
  const said = branches.map((branch) => constantsIn(branch, schemas, DEPTH));
  const name = [...(said[0]?.keys() ?? [])].find((member) => {
    const values = said.map((constants) => constants.get(member));
    const all = values.flatMap((some) => some ?? []);
    return values.every((some) => some !== undefined) && new Set(all).size === all.length;
  });
  return name === undefined ? undefined : { name, values: said.map((constants) => constants.get(name) ?? []) };
}

function isObject(schema: Json, schemas: Schemas): boolean {
  const kinds = kindsOf(schema, schemas);
  return kinds.length === 1 && kinds[0] === "object";
}

/** Members that an object must have, and whose values are among these texts. */
function constantsIn(schema: Json, schemas: Schemas, depth: number): ReadonlyMap<string, readonly string[]> {
  const parts = partsOf(schema, schemas, depth);
  const required = new Set(parts.flatMap((part) => list(part["required"])));
  const found = new Map<string, readonly string[]>();
  for (const { properties } of parts) {
    for (const [name, member] of Object.entries(isMembers(properties) ? properties : {})) {
      const values = required.has(name) && name !== "__proto__" ? textsOf(member, schemas) : undefined;
      if (values && !found.has(name)) found.set(name, values);
    }
  }
  return found;
}

/** Everything that holds together: behind references and in `allOf`. */
export function partsOf(schema: Json, schemas: Schemas, depth: number = DEPTH): readonly Members[] {
  if (!isMembers(schema) || depth === 0) return [];
  const name = refName(schema);
  const target: Schema = name === undefined ? true : (schemas.get(name) ?? true);
  return [schema, ...[target, ...list(schema["allOf"])].flatMap((part) => partsOf(part, schemas, depth - 1))];
}

function textsOf(member: Json, schemas: Schemas): readonly string[] | undefined {
  for (const part of partsOf(member, schemas, DEPTH)) {
    const values = valuesOf(part);
    if (values?.every((value) => typeof value === "string")) return [...new Set(values)];
  }
  return undefined;
}
