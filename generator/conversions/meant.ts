/**
 * Which texts are another value for an application: `becomes` is written into their schemas. Only where a text stands may
 * decide that: what depends on a condition, or on which of several schemas of texts is meant, stays text.
 */
import type { Json, Representation, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, type Members, mapSchemas, schemasIn } from "../normalise/keywords.js";
import { refName, type Schemas } from "../types/kinds.js";
import { partsOf } from "../types/tagged.js";
import { Settled } from "./settled.js";

export function withConversions(
  types: readonly TypeDeclaration[],
  { dates, binary }: Representation,
): readonly TypeDeclaration[] {
  if (!dates && !binary) return types;
  const meant = new Meant(
    types,
    new Map([
      ["date-time", dates],
      ["byte", binary],
    ]),
  );
  return types.map((type) => (meant.staysText(type) ? type : { ...type, schema: meant.written(type.schema) }));
}

class Meant {
  readonly #formats: ReadonlyMap<Json | undefined, string | undefined>;
  readonly #schemas: Schemas;
  readonly #settled: Settled;
  /** By the names of originals: a twin is what it is a twin of. */
  readonly #originals: ReadonlyMap<string, string>;
  /** Types that are meant in places, too, where texts stay texts, so that theirs do everywhere. */
  readonly #texts = new Set<string>();
  /** Schemas of members of which others say otherwise. */
  readonly #members = new Set<Members>();

  constructor(types: readonly TypeDeclaration[], formats: ReadonlyMap<Json | undefined, string | undefined>) {
    this.#formats = formats;
    this.#schemas = new Map(types.map(({ name, schema }) => [name, schema]));
    this.#settled = new Settled(this.#schemas);
    this.#originals = new Map(types.map(({ name, twinOf }) => [name, twinOf ?? name]));
    for (const { schema } of types) this.#look(schema, true);
  }

  staysText({ name, twinOf }: TypeDeclaration): boolean {
    return this.#texts.has(twinOf ?? name);
  }

  /** The schema with what becomes of its texts. */
  written(schema: Schema): Schema {
    if (!isMembers(schema)) return schema;
    const becomes = this.#becomes(schema);
    const inner = mapSchemas(schema, (one, keyword) => {
      return this.#settled.isKnown(schema, keyword, one) ? this.written(one as Schema) : one; // as it stands in a schema
    });
    return becomes === undefined ? inner : { ...inner, becomes };
  }

  #becomes(schema: Members): string | undefined {
    if (this.#members.has(schema) || "enum" in schema || "const" in schema) return undefined;
    const isText = [schema["type"]].flat().every((type) => type === "string" || type === "null");
    return isText && schema["type"] !== "null" ? this.#formats.get(schema["format"]) : undefined;
  }

  #look(schema: Json, settled: boolean): void {
    if (!isMembers(schema)) return;
    const name = refName(schema);
    if (name !== undefined && !settled) this.#add(name);
    this.#compare(schema);
    mapSchemas(schema, (one, keyword) => {
      this.#look(one, settled && this.#settled.isKnown(schema, keyword, one));
      return one;
    });
  }

  #add(name: string): void {
    const original = this.#originals.get(name) ?? name;
    if (this.#texts.has(original)) return;
    this.#texts.add(original);
    for (const one of schemasIn(this.#schemas.get(name) ?? true)) {
      const inner = refName(one);
      if (inner !== undefined) this.#add(inner);
    }
  }

  /** Parts that hold together and disagree about what a member becomes: then it stays what it is. */
  #compare(schema: Members): void {
    if (schema["allOf"] === undefined) return;
    const said = new Map<string, Json[]>();
    const parts = partsOf(schema, this.#schemas);
    for (const { properties } of parts) {
      for (const [name, member] of Object.entries(isMembers(properties) ? properties : {}))
        said.set(name, [...(said.get(name) ?? []), member]);
    }
    for (const members of said.values()) {
      const results = members.map((member) => (isMembers(member) ? this.#becomes(member) : undefined));
      if (results.every((result) => result === results[0])) continue;
      for (const member of members) if (isMembers(member)) this.#members.add(member);
    }
  }
}
