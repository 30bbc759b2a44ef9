/**
 * The `type` of a schema: one of seven words, and what authors write for them.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.1
 */
import type { Json } from "../contract.js";

export const TYPE_WORDS: readonly string[] = ["string", "number", "integer", "boolean", "object", "array", "null"];

/** What other languages call them; each says nothing else. */
const SYNONYMS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["str", "text"].map((word) => [word, "string"])),
  ...Object.fromEntries(["float", "double", "decimal"].map((word) => [word, "number"])),
  ...Object.fromEntries(["int", "int32", "int64", "long"].map((word) => [word, "integer"])),
  ...Object.fromEntries(["bool"].map((word) => [word, "boolean"])),
  ...Object.fromEntries(["map", "dict", "struct"].map((word) => [word, "object"])),
  ...Object.fromEntries(["list"].map((word) => [word, "array"])),
};

/** The word of the seven that is meant: itself, another case of it, or a synonym. Undefined where none is. */
export function typeMeant(written: Json): string | undefined {
  if (typeof written !== "string") return undefined;
  if (TYPE_WORDS.includes(written)) return written; // as most
  const lower = written.toLowerCase();
  if (TYPE_WORDS.includes(lower)) return lower;
  return Object.hasOwn(SYNONYMS, lower) ? SYNONYMS[lower] : undefined;
}

/** The value of a `type` with each word as it is meant; undefined where one has no meaning, and so any value is. */
export function typesMeant(written: Json): Json | undefined {
  if (!Array.isArray(written)) return typeMeant(written);
  // `[string, null]` in YAML holds no text "null", and can mean nothing else.
  const meant = written.map((word: Json) => (word === null ? "null" : typeMeant(word)));
  return meant.every((word) => word !== undefined) ? meant : undefined;
}
