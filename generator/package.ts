/**
 * The package this code is part of: one level up in the sources, two from `dist/generator/`.
 */
import { existsSync, readFileSync } from "node:fs";

const up = new URL("../", import.meta.url);

/** The folder that holds package.json and `schemas/`. */
export const packageRoot: URL = existsSync(new URL("package.json", up)) ? up : new URL("../", up);

/** The package's version. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("package.json", packageRoot), "utf8"));
  return typeof manifest === "object" && manifest && "version" in manifest ? String(manifest.version) : "0.0.0";
}
