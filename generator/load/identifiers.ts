/**
 * The names that schemas of a file give themselves, by which references may mean them.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.2
 */
import type { Path, SourceFile } from "../document.js";
import { objectsIn } from "./references.js";

/** `$anchor` since 2019-09, a fragment as `$id` in draft-06 and 07, as `id` in draft-04; and whole addresses. */
const KEYWORDS = ["$anchor", "$id", "id"] as const;

const known = new WeakMap<SourceFile, ReadonlyMap<string, Path>>();

/**
 * Where the schema stands that a reference means by its own name: `#meeting`, `https://example.com/meeting.json`.
 * Addresses count as written; they are not resolved against one another.
 */
export function identified(file: SourceFile, name: string): Path | undefined {
  const names = known.get(file) ?? new Map(objectsIn(file.value).flatMap(namesOf).reverse()); // the first of two has it
  known.set(file, names);
  return names.get(name);
}

function namesOf({ path, value }: ReturnType<typeof objectsIn>[number]): [string, Path][] {
  return KEYWORDS.flatMap((keyword): [string, Path][] => {
    const name = Object.hasOwn(value, keyword) ? value[keyword] : undefined;
    if (typeof name !== "string" || name === "" || name === "#") return [];
    if (keyword === "$anchor") return [[`#${name}`, path]];
    // AsyncAPI has ids of its own, of other things than schemas: none of them looks like one of these.
    return name.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(name) ? [[name.replace(/(?<=.)#$/, ""), path]] : [];
  });
}
