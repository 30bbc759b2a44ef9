/**
 * Choices with a `discriminator` say of each branch which constant means it. Where the branch does not say so itself, it
 * is written out, so that types narrow in a `switch` and validators look at the branch that is meant.
 * https://spec.openapis.org/oas/v3.0.3#discriminator-object
 */
import type { Json, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, type Members, mapSchemas } from "../normalise/keywords.js";
import { type Implied, ofBranch } from "./facts/discriminator.js";
import { type Lookup, list, resolve } from "./facts/schema-words.js";
import { same } from "./same.js";

export function withDiscriminators(types: readonly TypeDeclaration[]): readonly TypeDeclaration[] {
  const known = new Map(types.map((type) => [type.name, type]));
  const lookup: Lookup = (name) => known.get(name);
  const written = (schema: Json): Json => {
    if (!isMembers(schema)) return schema;
    const inner = mapSchemas(schema, written);
    return schema["discriminator"] === undefined ? inner : { ...inner, ...choices(schema, inner, lookup) };
  };
  return types.map((type) => {
    const schema = written(type.schema) as Schema; // a schema written out is one
    return schema === type.schema ? type : same({ ...type, schema });
  });
}

function choices(own: Members, inner: Members, lookup: Lookup): Members {
  const changed = ["oneOf", "anyOf"].flatMap((keyword): [string, Json][] => {
    if (!Array.isArray(own[keyword])) return [];
    const branches = list(inner[keyword]).map((branch): Schema => {
      const implied = ofBranch(own, branch, lookup);
      return implied && !says(branch, implied, lookup) ? { allOf: [branch, claim(implied)] } : branch;
    });
    return [[keyword, branches]];
  });
  return Object.fromEntries(changed);
}

function claim({ member, values }: Implied): Schema {
  const [only = ""] = values;
  const constant: Schema = values.length === 1 ? { const: only } : { enum: values };
  return { type: "object", required: [member], properties: Object.fromEntries([[member, constant]]) };
}

/** Whether a branch has constants of its own there. */
function says(branch: Schema, { member }: Implied, lookup: Lookup, depth: number = 8): boolean {
  const { own } = resolve(branch, lookup);
  if (!own || depth === 0) return false;
  const properties = own["properties"];
  const said = isMembers(properties) && Object.hasOwn(properties, member) ? properties[member] : undefined;
  const { own: target } = resolve((said ?? true) as Schema, lookup); // what stands below `properties` is a schema
  if (target?.["const"] !== undefined || target?.["enum"] !== undefined) return true;
  return list(own["allOf"]).some((part) => says(part, { member, values: [] }, lookup, depth - 1));
}
