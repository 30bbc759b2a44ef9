/**
 * The published JSON Schemas of what we accept and speak. They lie in `schemas/` at the package's root: beside `generator/` in
 * the sources, one level further up from `dist/generator/`.
 */
import { existsSync, readFileSync } from "node:fs";

export type SchemaFile = "asyncapi-2" | "asyncapi-3" | "actions" | "frame" | "config";

/** The parsed schema. */
export function schemaFile(name: SchemaFile): object {
  const file = `schemas/${name}.schema.json`;
  const beside = new URL(`../${file}`, import.meta.url);
  const url = existsSync(beside) ? beside : new URL(`../../${file}`, import.meta.url);
  return JSON.parse(readFileSync(url, "utf8")) as object; // our own file
}
