/**
 * Constants that a discriminator implies: which member says what a value is, and what it says.
 *
 * AsyncAPI: `discriminator: petType`, and "the value MUST be the name of this schema or any schema that inherits it".
 * https://www.asyncapi.com/docs/reference/specification/v3.0.0#schemaObject
 * OpenAPI: `discriminator: {propertyName, mapping}`, whose mapping wins over names.
 * https://spec.openapis.org/oas/v3.0.3#discriminator-object
 */
import type { Json, Schema } from "../../contract.js";
import { type Keywords, type Lookup, list, object, refName, resolve } from "./schema-words.js";

/** A member and the values that it implies. */
export interface Implied {
  readonly member: string;
  readonly values: readonly string[];
}

interface Discriminator {
  readonly member: string;
  readonly mapping: Readonly<Record<string, Json>>;
}

/** What the discriminators of a type's bases say of it; its own is about those that inherit it. */
export function inherited(name: string, own: Keywords, types: Lookup, seen: readonly string[] = [name]): Implied[] {
  return list(own["allOf"]).flatMap((part) => {
    const { own: base, name: above } = resolve(part, types);
    if (!base || above === undefined || seen.includes(above)) return [];
    const said = discriminatorOf(base);
    const implied = said ? [{ member: said.member, values: valuesFor(name, said, types) }] : [];
    return [...implied, ...inherited(name, base, types, [...seen, above])].filter(({ values }) => values.length > 0);
  });
}

/** What a choice's discriminator says of one of its branches. */
export function ofBranch(own: Keywords, branch: Schema, types: Lookup): Implied | undefined {
  const said = discriminatorOf(own);
  const name = typeof branch === "object" ? refName(branch) : undefined;
  if (!said || name === undefined) return undefined;
  const values = valuesFor(name, said, types);
  return values.length > 0 ? { member: said.member, values } : undefined;
}

/** The mapping's keys for a type; where it names none, the name that the document gives the schema. */
function valuesFor(name: string, { mapping }: Discriminator, types: Lookup): string[] {
  const key = keyOf(name, types);
  if (key === undefined) return [];
  const mapped = Object.entries(mapping).filter(([, to]) => typeof to === "string" && lastToken(to) === key);
  return mapped.length > 0 ? mapped.map(([value]) => value) : [key];
}

function discriminatorOf(own: Keywords): Discriminator | undefined {
  const said = own["discriminator"];
  if (typeof said === "string") return { member: said, mapping: {} };
  const { propertyName, mapping } = object(said);
  return typeof propertyName === "string" ? { member: propertyName, mapping: object(mapping) } : undefined;
}

/** What the document calls a type, where it stands among schemas by name. */
function keyOf(name: string, types: Lookup): string | undefined {
  const key = /\/(?:schemas|definitions|\$defs)\/([^/]+)$/.exec(types(name)?.at ?? "")?.[1];
  return key === undefined ? undefined : unescaped(key);
}

/** A mapping's value is a reference, or a bare name. */
function lastToken(reference: string): string {
  return unescaped(reference.split("/").at(-1) ?? "");
}

function unescaped(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
