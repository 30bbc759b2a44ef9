/**
 * Where a schema inside another one is meant: settled by the place of the value alone, or by something that can be asked
 * at run time, or neither.
 */
import type { Json, JsonType } from "../contract.js";
import type { Members } from "../normalise/keywords.js";
import { kindsOf, list, refName, type Schemas } from "../types/kinds.js";
import { type Tag, tagOf } from "../types/tagged.js";

const BY_PLACE: ReadonlySet<string> = new Set(["properties", "additionalProperties", "items", "prefixItems", "allOf"]);

/** Kinds of values that may become others, or have such inside. */
const CONVERTED: ReadonlySet<JsonType> = new Set<JsonType>(["string", "object", "array"]);

/** The alternatives of a choice, by how it is known which is meant. */
export interface Choice {
  /** The only ones of their kinds. */
  readonly alone: ReadonlySet<Json>;
  /** A constant tells. */
  readonly tagged?: { readonly tag: Tag; readonly branches: readonly Json[] };
  /** Declared types, whose validators tell. */
  readonly fits: readonly Json[];
}

export class Settled {
  readonly #schemas: Schemas;
  readonly #choices = new WeakMap<readonly Json[], Choice>();

  constructor(schemas: Schemas) {
    this.#schemas = schemas;
  }

  /** Whether it is known where `inner`, which stands below a keyword of the schema, is meant. */
  isKnown(schema: Members, keyword: string, inner: Json): boolean {
    // Which members are additional, patterns tell, too.
    if (keyword === "additionalProperties" && schema["patternProperties"] !== undefined) return false;
    if (keyword !== "anyOf" && keyword !== "oneOf") return BY_PLACE.has(keyword);
    const { alone, tagged, fits } = this.choice(list(schema[keyword]));
    return alone.has(inner) || tagged !== undefined || fits.includes(inner);
  }

  choice(branches: readonly Json[]): Choice {
    const known = this.#choices.get(branches) ?? this.#choice(branches);
    this.#choices.set(branches, known);
    return known;
  }

  #choice(branches: readonly Json[]): Choice {
    const kinds = new Map(branches.map((branch) => [branch, this.#convertedKinds(branch)]));
    const all = branches.flatMap((branch) => kinds.get(branch) ?? []);
    const isAlone = (branch: Json): boolean => {
      return kinds.get(branch)?.every((kind) => all.indexOf(kind) === all.lastIndexOf(kind)) ?? false;
    };
    const some = branches.filter((branch) => kinds.get(branch)?.length !== 0);
    const alone = new Set(some.filter(isAlone));
    const contested = some.filter((branch) => !alone.has(branch));
    const tag = tagOf(contested, this.#schemas);
    if (tag) return { alone, tagged: { tag, branches: contested }, fits: [] };
    return { alone, fits: contested.filter((branch) => refName(branch) !== undefined) };
  }

  #convertedKinds(branch: Json): readonly JsonType[] {
    return kindsOf(branch, this.#schemas).filter((kind) => CONVERTED.has(kind));
  }
}
