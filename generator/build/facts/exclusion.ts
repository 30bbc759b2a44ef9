/**
 * Whether two schemas provably exclude each other, so that asking a validator is an answer and no guess.
 *
 * A proof holds for the tolerant twin that a client checks too (`tolerant.ts`), where nothing else is asked for:
 * `additionalProperties: false` proves nothing, and `oneOf` is read as `anyOf`. Schemas are read as validators read them (`normalise/`).
 */
import type { Schema, TypeDeclaration } from "../../contract.js";
import { isMembers } from "../../normalise/keywords.js";
import { normalise } from "../../normalise/normalise.js";
import type { Candidate } from "../ladder/known.js";
import { isImpossible, type Reading } from "./impossible.js";
import type { Lookup } from "./schema-words.js";

export class Exclusion {
  readonly #candidates: readonly Candidate[];
  readonly #types: Lookup;
  readonly #known = new Map<string, boolean>();
  readonly #reading: Reading;
  #read: ReadonlyMap<string, Schema> | undefined;

  constructor(candidates: readonly Candidate[], types: Lookup, reading: Reading = "tolerant") {
    this.#candidates = candidates;
    this.#types = types;
    this.#reading = reading;
  }

  /** Whether no value fits both. False where that cannot be shown. */
  between(one: Candidate, other: Candidate): boolean {
    const pair = JSON.stringify([one.id, other.id].sort());
    const known = this.#known.get(pair);
    if (known !== undefined) return known;
    this.#read ??= this.#normalised();
    const read = this.#read;
    const schemas = [one, other].map(({ id }) => read.get(nameOf(id)) ?? true);
    const proven = isImpossible(schemas, read, undefined, this.#reading);
    this.#known.set(pair, proven);
    return proven;
  }

  /** All that the candidates are made of; read at the first question, since most groups never come to this rung. */
  #normalised(): ReadonlyMap<string, Schema> {
    const reached = new Map<string, TypeDeclaration>();
    const reach = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      const ref = "$ref" in value && typeof value.$ref === "string" ? value.$ref.replace("#/$defs/", "") : "";
      const target = reached.has(ref) ? undefined : this.#types(ref);
      if (target) {
        reached.set(ref, target);
        reach(target.schema);
      }
      Object.values(value).forEach(reach);
    };
    const own = this.#candidates.map(({ id, schema }) => ({ name: nameOf(id), schema, at: "" }));
    for (const { schema } of own) reach(schema);
    const { types } = normalise([...own, ...reached.values()]);
    return new Map(types.map(({ name, schema }) => [name, isMembers(schema) ? schema : schema !== false]));
  }
}

/** A candidate among the types: no identifier, so no type is called so. */
function nameOf(id: string): string {
  return `message ${id}`;
}
