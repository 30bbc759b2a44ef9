/**
 * What real documents mean where JSON Schema has no answer: names count as written and wherever they stand, `id` beside
 * `$id` in any draft, below keywords that nobody knows, in any map of the file.
 */
import type { Path, Place, SourceFile } from "../document.js";
import { textOf } from "./identifiers.js";
import { type Found, type Members, objectsIn } from "./objects.js";

const known = new WeakMap<SourceFile, ReadonlyMap<string, Path>>();

/** Where the schema stands that a reference means by its own name: `#meeting`, `https://example.com/meeting.json`. */
export function placeCalled(file: SourceFile, name: string): Path | undefined {
  const names = known.get(file) ?? new Map(objectsIn(file.value).flatMap(namesOf).reverse()); // the first of two has it
  known.set(file, names);
  return names.get(name);
}

function namesOf({ path, value }: Found): [string, Path][] {
  const anchor = textOf(value, "$anchor");
  const ids = ["$id", "id"].flatMap((keyword) => textOf(value, keyword) ?? []);
  // AsyncAPI has ids of its own, of other things than schemas: none of them looks like one of these.
  const names = ids.filter((name) => (name.startsWith("#") || /^[a-z][a-z0-9+.-]*:/i.test(name)) && name !== "#");
  return [...(anchor === undefined ? [] : [`#${anchor}`]), ...names].map((name) => [
    name.replace(/(?<=.)#$/, ""),
    path,
  ]);
}

/** The nearest map around a place that names itself, says which rules it follows or is said to. */
export function wholeAround({ file, path }: Place): Path | undefined {
  const way: unknown[] = [file.value];
  for (const key of path) way.push((way.at(-1) as Members | undefined)?.[key]); // a place that there is
  for (let length = path.length; length > 0; length--) {
    if (isWhole(way[length], String(path[length - 1]), way[length - 1])) return path.slice(0, length);
  }
  return undefined;
}

function isWhole(value: unknown, key: string, parent: unknown): boolean {
  const names = ["$id", "id", "$schema"].map((keyword) => textOf(value, keyword));
  // A fragment as an id names a place in what is around it.
  if (names.some((name) => name !== undefined && !name.startsWith("#"))) return true;
  const format = key === "schema" || key === "payload" ? textOf(parent, "schemaFormat") : undefined;
  return format !== undefined && !format.includes("vnd.aai.asyncapi");
}
