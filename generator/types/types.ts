/**
 * The declared types as TypeScript: an interface or an alias each, in the order given, references by name.
 */
import type { TypeDeclaration } from "../contract.js";
import { normalise } from "../normalise/normalise.js";
import type { Int64 } from "../options.js";
import { MemberNames } from "./member-names.js";
import { prepare } from "./prepare.js";
import { layDeclaration } from "./type-layout.js";
import { readDeclaration } from "./type-syntax.js";

/** Only closed objects reach it (see prepare.ts), tuples come as long as they are, and nothing formats its output. */
const OPTIONS = {
  additionalProperties: false,
  bannerComment: "",
  declareExternallyReferenced: false,
  format: false,
  ignoreMinAndMaxItems: true,
};

/** Declarations with a blank line between them; types without one (`untyped`) are left out. */
export async function typesText(types: readonly TypeDeclaration[], int64?: Int64): Promise<string> {
  const { compile } = await import("json-schema-to-typescript");
  const declared = normalise(types, int64).types.filter(({ untyped }) => !untyped);
  const texts: string[] = [];
  for (const { name, schema, bytes } of declared) {
    // It takes a mutable schema of its own type, and a name that it would change.
    const names = new MemberNames();
    const shape = bytes ? { ...prepare(schema), tsType: "Uint8Array" } : prepare(schema);
    const printed = await compile(names.hide(shape) as Parameters<typeof compile>[0], "Declared", OPTIONS);
    const declaration = readDeclaration(printed);
    texts.push(layDeclaration(name, { ...declaration, type: names.show(declaration.type) }));
  }
  return texts.join("\n");
}
