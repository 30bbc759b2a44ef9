/**
 * Whether a type is what it was before, with all that it refers to: then so is what is said of it.
 */
import { hash } from "node:crypto";
import type { Schema } from "../contract.js";
import { once } from "../memo.js";
import { isMembers, type Members } from "../normalise/keywords.js";

interface Said {
  readonly hash: string;
  /** Names of types; of constants that look like references too, which does no harm. */
  readonly refers: readonly string[];
}

export class Fingerprints {
  readonly #said: ReadonlyMap<string, Said>;

  constructor(schemas: ReadonlyMap<string, Schema>) {
    this.#said = new Map(
      [...schemas].map(([name, schema]) => [name, isMembers(schema) ? saidBy(schema) : saidOf(schema)]),
    );
  }

  /** Equal for two types of one name exactly when they, and all they refer to by way of others, are equal. */
  of(name: string): string {
    const names = new Set([name]);
    let all = "";
    // Grows while it is walked.
    for (const one of names) {
      const said = this.#said.get(one);
      all += `${one} ${said?.hash}\n`;
      for (const other of said?.refers ?? []) names.add(other);
    }
    return hash("sha256", all, "base64");
  }
}

/** Schemas that say what they said are the same objects after an edit (`build/same.ts`). */
const saidBy = once((schema: Members): Said => saidOf(schema));

function saidOf(schema: Schema): Said {
  const text = JSON.stringify(schema);
  const refers = [...text.matchAll(/"#\/\$defs\/([^"]*)"/g)].map(([, name = ""]) => name);
  return { hash: hash("sha256", text, "base64"), refers: [...new Set(refers)] };
}
