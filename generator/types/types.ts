/**
 * The declared types as TypeScript: an interface or an alias each, in the order given, references by name.
 */
import type { Json, Representation, Schema, TypeDeclaration } from "../contract.js";
import { Memo } from "../memo.js";
import { isMembers, mapSchemas } from "../normalise/keywords.js";
import { normalise } from "../normalise/normalise.js";
import { Fingerprints } from "./fingerprints.js";
import { refName } from "./kinds.js";
import { layDeclaration } from "./type-layout.js";
import { text } from "./type-node.js";
import { Typer } from "./typer.js";
import { words } from "./words.js";

const known = new Memo<{ readonly text: string }>(({ text }) => text.length);

/**
 * Declarations with a blank line between them; types without one (`untyped`) are left out. Where a client accepts more
 * than the schema, the type is that of what it accepts, so that it is true of all that arrives. `letter`: all that a type
 * can say is said, however it reads.
 */
export function typesText(
  types: readonly TypeDeclaration[],
  represented: Representation = {},
  letter: boolean = false,
): string {
  const all = withTolerance(normalise(types, represented).types);
  const schemas = new Map(all.map(({ name, schema }) => [name, schema]));
  const fingerprints = new Fingerprints(schemas);
  const typer = new Typer(schemas, !letter);
  return all
    .filter(({ untyped }) => !untyped)
    .map(({ name, schema, bytes }) => {
      const declared = (): string =>
        layDeclaration(name, bytes ? text("Uint8Array") : typer.declared(name, schema), words(schema));
      const key = `${name} ${letter} ${bytes === true} ${fingerprints.of(name)}`;
      return known.of(key, () => ({ text: declared() })).text;
    })
    .join("\n");
}

/** The types with the schemas of their tolerant twins, where they have such; each refers to types, none to twins. */
function withTolerance(types: readonly TypeDeclaration[]): readonly TypeDeclaration[] {
  const originals = new Map(
    types.flatMap(({ name, twinOf }) => (twinOf === undefined ? [] : [[name, twinOf] as const])),
  );
  const twins = new Map(
    types.flatMap(({ schema, twinOf }) => (twinOf === undefined ? [] : [[twinOf, schema] as const])),
  );
  const typed = (schema: Json): Json => {
    if (!isMembers(schema)) return schema;
    const name = refName(schema);
    const inner = mapSchemas(schema, typed);
    return name === undefined ? inner : { ...inner, $ref: `#/$defs/${originals.get(name) ?? name}` };
  };
  return types.map((type) => {
    const twin = twins.get(type.name);
    return twin === undefined ? type : { ...type, schema: typed(twin) as Schema }; // a schema with other names is one
  });
}
