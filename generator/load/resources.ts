/**
 * Schema resources inside of a file: a schema that names itself, says which rules it follows, or is said to be in another
 * language than AsyncAPI's is a document of its own, and `#` in it means itself.
 * https://json-schema.org/draft/2020-12/json-schema-core#section-9.1.1
 */
import type { Path, Place } from "../document.js";

/** The nearest resource around a place; the file's root where there is none. */
export function resourceAround({ file, path }: Place): Path {
  const way: unknown[] = [file.value];
  for (const key of path) way.push((way.at(-1) as Record<string | number, unknown>)[key]); // a place that there is
  for (let length = path.length; length > 0; length--) {
    if (isResource(way[length], String(path[length - 1]), way[length - 1])) return path.slice(0, length);
  }
  return [];
}

function isResource(value: unknown, key: string, parent: unknown): boolean {
  const names = [text(value, "$id"), text(value, "id"), text(value, "$schema")];
  // A fragment as an id names a place in the resource around it.
  if (names.some((name) => name !== undefined && !name.startsWith("#"))) return true;
  const format = key === "schema" || key === "payload" ? text(parent, "schemaFormat") : undefined;
  return format !== undefined && !format.includes("vnd.aai.asyncapi");
}

function text(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  const member = (value as Record<string, unknown>)[key]; // own, as just checked
  return typeof member === "string" && member !== "" ? member : undefined;
}
