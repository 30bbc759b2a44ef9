/**
 * A type that is, by way of alternatives only, itself (`A = A | B`) says nothing about a value on that way: TypeScript
 * refuses it (TS2456) and a validator would never end. The reference that closes such a circle is cut.
 */
import type { Json, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, type Members } from "./keywords.js";
import type { Warning } from "./warning.js";

/** Keywords whose schemas are about the same value as the schema they stand in. */
const SAME_VALUE = ["allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"];

/** What is asked of the same schemas again and again. */
const known = new WeakMap<Members, readonly string[]>();
const NONE: readonly string[] = [];

export function cutCycles(types: readonly TypeDeclaration[], warnings: Warning[]): readonly TypeDeclaration[] {
  const schemas = new Map(types.map(({ name, schema }) => [name, schema]));
  const done = new Set<string>();
  const visit = (name: string, way: readonly string[]): void => {
    if (done.has(name)) return;
    const schema = schemas.get(name) ?? true;
    const others = sameValue(schema);
    if (others.length === 0) {
      done.add(name);
      return;
    }
    const here = [...way, name];
    const back = new Set(others.filter((next) => here.includes(next)));
    if (back.size > 0) {
      schemas.set(name, cut(schema, back));
      warnings.push({
        rule: "circular-type",
        type: name,
        path: "",
        message: `the type is defined as itself, by way of ${[...back].join(", ")}; that way is cut`,
      });
    }
    for (const next of sameValue(schemas.get(name) ?? true)) visit(next, here);
    done.add(name);
  };
  for (const { name } of types) visit(name, []);
  return types.map((type) => ({ ...type, schema: schemas.get(type.name) ?? true }));
}

/** Whether a type is, by way of alternatives only, itself. */
export function isCircular(name: string, schemaOf: (name: string) => Schema | undefined): boolean {
  const seen = new Set<string>();
  const open = [...sameValue(schemaOf(name) ?? true)];
  for (const next of open) {
    if (next === name) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    for (const one of sameValue(schemaOf(next) ?? true)) open.push(one); // unions may be long
  }
  return false;
}

/** Names of the types that a value of this schema is also measured by. */
function sameValue(schema: Json): readonly string[] {
  if (!isMembers(schema)) return NONE;
  const before = known.get(schema);
  if (before) return before;
  const name = refName(schema);
  const found = name === undefined ? [] : [name];
  for (const keyword of SAME_VALUE) {
    const value = schema[keyword];
    if (value === undefined) continue;
    const inner = Array.isArray(value) ? value : keyword === "dependentSchemas" ? Object.values(value ?? {}) : [value];
    for (const one of inner) for (const other of sameValue(one)) found.push(other); // unions may be long
  }
  known.set(schema, found);
  return found;
}

/** The schema without references to these names; an alternative that was one is gone, elsewhere any value is accepted. */
function cut(schema: Schema, names: ReadonlySet<string>): Schema {
  if (!isMembers(schema) || !sameValue(schema).some((name) => names.has(name))) return schema;
  if (names.has(refName(schema) ?? "")) return true;
  const entries = Object.entries(schema).flatMap(([keyword, value]): [string, Json][] => {
    const touched = sameValue({ [keyword]: value }).some((name) => names.has(name));
    if (!touched) return [[keyword, value]];
    // What is refused, or asked first, cannot be half known.
    if (keyword === "not" || keyword === "if" || keyword === "dependentSchemas") return [];
    if (!Array.isArray(value)) return [[keyword, cut(asSchema(value), names)]];
    const kept = value.flatMap((item) => {
      const rest = cut(asSchema(item), names);
      return rest === true && item !== true && keyword !== "allOf" ? [] : [rest];
    });
    return kept.length > 0 ? [[keyword, kept]] : [];
  });
  return Object.fromEntries(
    schema["if"] !== undefined && !entries.some(([key]) => key === "if") ? withoutBranches(entries) : entries,
  );
}

function withoutBranches(entries: [string, Json][]): [string, Json][] {
  return entries.filter(([keyword]) => keyword !== "then" && keyword !== "else");
}

function refName(schema: Members): string | undefined {
  const ref = schema["$ref"];
  return typeof ref === "string" ? ref.slice("#/$defs/".length) : undefined;
}

function asSchema(value: Json): Schema {
  return isMembers(value) || typeof value === "boolean" ? value : true;
}
