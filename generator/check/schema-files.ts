/**
 * The published JSON Schemas of what we accept and speak, in `schemas/` at the package's root.
 */
import { readFileSync } from "node:fs";
import { packageRoot } from "../package.js";

export const SCHEMA_FILES = ["asyncapi-2", "asyncapi-3", "actions", "frame", "config", "report"] as const;
export type SchemaFile = (typeof SCHEMA_FILES)[number];

/** The parsed schema. */
export function schemaFile(name: SchemaFile): object {
  const url = new URL(`schemas/${name}.schema.json`, packageRoot);
  return JSON.parse(readFileSync(url, "utf8")) as object; // our own file
}
