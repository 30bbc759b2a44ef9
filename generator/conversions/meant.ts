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

const ISO_LENGTH = "2024-01-01T00:00:00.000Z".length;

class Meant {
  readonly #formats: ReadonlyMap<Json | undefined, string | undefined>;
  readonly #schemas: Schemas;
  readonly #settled: Settled;
  /** By the names of originals: a twin is what it is a twin of. */
  readonly #originals: ReadonlyMap<string, string>;
  /** Types that are meant in places, too, where texts stay texts, so that theirs do everywhere. */
  readonly #types = new Set<string>();
  /** Schemas that are not all that is said of their texts. */
  readonly #texts = new Set<Members>();

  constructor(types: readonly TypeDeclaration[], formats: ReadonlyMap<Json | undefined, string | undefined>) {
    this.#formats = formats;
    this.#schemas = new Map(types.map(({ name, schema }) => [name, schema]));
    this.#settled = new Settled(this.#schemas);
    this.#originals = new Map(types.map(({ name, twinOf }) => [name, twinOf ?? name]));
    for (const { schema } of types) this.#look(schema, true);
  }

  staysText({ name, twinOf }: TypeDeclaration): boolean {
    return this.#types.has(twinOf ?? name);
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
    if (this.#texts.has(schema) || "enum" in schema || "const" in schema) return undefined;
    const isText = [schema["type"]].flat().every((type) => type === "string" || type === "null");
    if (!isText || schema["type"] === "null") return undefined;
    return schema["format"] === "date-time" && !admitsIso(schema) ? undefined : this.#formats.get(schema["format"]);
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
    if (this.#types.has(original)) return;
    this.#types.add(original);
    for (const one of schemasIn(this.#schemas.get(name) ?? true)) {
      const inner = refName(one);
      if (inner !== undefined) this.#add(inner);
    }
  }

  /** Parts that hold together and do not say the same of a member: then its texts stay what they are. */
  #compare(schema: Members): void {
    if (schema["allOf"] === undefined) return;
    const parts = partsOf(schema, this.#schemas);
    const named = parts.map(({ properties }) => new Map(Object.entries(isMembers(properties) ? properties : {})));
    const names = [...new Set(named.flatMap((members) => [...members.keys()])), undefined]; // and all others
    for (const name of names) {
      const said = parts.flatMap(({ additionalProperties }, at) => {
        const own = name === undefined ? undefined : named[at]?.get(name);
        return partsOf(own ?? additionalProperties ?? true, this.#schemas).filter((part) => this.#isAboutText(part));
      });
      const [first] = said.map((part) => this.#becomes(part));
      const agree = first !== undefined && said.every((part) => this.#becomes(part) === first);
      if (new Set(said).size > 1 && !agree) for (const part of said) this.#keep(part);
    }
  }

  #isAboutText(schema: Members): boolean {
    const inside = [...schemasIn(schema)];
    if (inside.some((one) => ABOUT_TEXT.some((keyword) => one[keyword] !== undefined))) return true;
    return inside.some(
      (one) => [one["type"]].flat().includes("string") || (one !== schema && refName(one) !== undefined),
    );
  }

  #keep(schema: Members): void {
    for (const one of schemasIn(schema)) {
      const name = refName(one);
      if (name !== undefined) this.#add(name);
      this.#texts.add(one);
    }
  }
}

const ABOUT_TEXT: readonly string[] = ["enum", "const", "format", "pattern", "minLength", "maxLength"];

/** Whether the text of any instant, as a `Date` says it, may stand here: 24 characters, and as they are. */
function admitsIso({ pattern, minLength = 0, maxLength = Infinity }: Members): boolean {
  return pattern === undefined && Number(minLength) <= ISO_LENGTH && Number(maxLength) >= ISO_LENGTH;
}
