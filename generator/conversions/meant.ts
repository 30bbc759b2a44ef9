/**
 * Which texts are another value for an application: `becomes` is written into their schemas. Only where a text stands may
 * decide that: what depends on a condition, or on which of several schemas of texts is meant, stays text, wherever the
 * schema that says it is used.
 */
import type { Json, Representation, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, type Members, mapSchemas, schemasIn } from "../normalise/keywords.js";
import { refName, type Schemas } from "../types/kinds.js";
import { admitsIso, Disagreements } from "./disagreements.js";
import { Settled } from "./settled.js";

export function withConversions(
  types: readonly TypeDeclaration[],
  represented: Representation,
): readonly TypeDeclaration[] {
  if (!represented.dates && !represented.binary) return types;
  const meant = new Meant(types, represented);
  return types.map((type) => ({ ...type, schema: meant.written(type.schema) }));
}

class Meant {
  readonly #represented: Representation;
  readonly #types: readonly TypeDeclaration[];
  readonly #schemas: Schemas;
  readonly #settled: Settled;
  /** Schemas whose texts stay texts. */
  readonly #texts = new Set<Members>();

  constructor(types: readonly TypeDeclaration[], represented: Representation) {
    this.#types = types;
    this.#represented = represented;
    this.#schemas = new Map(types.map(({ name, schema }) => [name, schema]));
    this.#settled = new Settled(this.#schemas);
    for (const { schema } of types) this.#keepUnsettled(schema, true);
    // A text that stays one is what others may disagree with.
    for (let before = -1; before < this.#texts.size; ) {
      before = this.#texts.size;
      Disagreements.find(this.#schemas, this.#settled, (schema) => this.#becomes(schema), this.#texts);
      this.#keepTwinsAlike();
    }
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
    const { type, format } = schema;
    if (this.#texts.has(schema) || "enum" in schema || "const" in schema) return undefined;
    if (type === "null" || ![type].flat().every((one) => one === "string" || one === "null")) return undefined;
    if (format === "date-time") return admitsIso(schema) ? this.#represented.dates : undefined;
    return format === "byte" ? this.#represented.binary : undefined;
  }

  /** Texts of declared types that stand, here or elsewhere, where nothing settles whether they are meant. */
  #keepUnsettled(schema: Json, settled: boolean): void {
    if (!isMembers(schema)) return;
    const name = refName(schema);
    if (!settled) this.#texts.add(schema);
    if (!settled && name !== undefined) this.#keepType(name, new Set());
    mapSchemas(schema, (one, keyword) => {
      this.#keepUnsettled(one, settled && this.#settled.isKnown(schema, keyword, one));
      return one;
    });
  }

  #keepType(name: string, seen: Set<string>): void {
    if (seen.has(name)) return;
    seen.add(name);
    for (const one of schemasIn(this.#schemas.get(name) ?? true)) {
      this.#texts.add(one);
      const inner = refName(one);
      if (inner !== undefined) this.#keepType(inner, seen);
    }
  }

  /** A type and its tolerant twin are one type to an application. */
  #keepTwinsAlike(): void {
    for (const { schema, twinOf } of this.#types) {
      const original = twinOf === undefined ? undefined : this.#schemas.get(twinOf);
      if (original === undefined) continue;
      const pair = [placed(original), placed(schema)] as const;
      for (const [place, one] of pair.flatMap((places) => [...places])) {
        if (this.#texts.has(one)) for (const places of pair) this.#keepAt(places, place);
      }
    }
  }

  #keepAt(places: ReadonlyMap<string, Members>, place: string): void {
    const schema = places.get(place);
    if (schema) this.#texts.add(schema);
  }
}

/** All schemas in a schema, by their places; a twin says `anyOf` for `oneOf`. */
function placed(schema: Json, place = "", found: Map<string, Members> = new Map()): ReadonlyMap<string, Members> {
  if (!isMembers(schema)) return found;
  found.set(place, schema);
  const counts = new Map<string, number>();
  mapSchemas(schema, (one, keyword) => {
    const count = counts.get(keyword) ?? 0;
    counts.set(keyword, count + 1);
    placed(one, `${place}/${keyword === "oneOf" ? "anyOf" : keyword}/${count}`, found);
    return one;
  });
  return found;
}
