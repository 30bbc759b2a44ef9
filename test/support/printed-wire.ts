/**
 * Runs a printed `wire.ts`, with its validators, on the runtime's sources.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Api } from "../../runtime/api.js";

const source = (path: string): string => fileURLToPath(new URL(`../../runtime/${path}`, import.meta.url));

/** The contract's APIs, by their names. */
export async function runWire(files: ReadonlyMap<string, string>): Promise<Readonly<Record<string, Api>>> {
  const folder = await mkdtemp(join(tmpdir(), "printed-"));
  try {
    for (const name of ["wire.ts", "validators.ts"]) await writeFile(join(folder, name), files.get(name) ?? "");
    const outfile = join(folder, "wire.mjs");
    await build({
      entryPoints: [join(folder, "wire.ts")],
      alias: {
        "@actionwire/runtime/validators": source("validators/index.ts"),
        "@actionwire/runtime/conversions": source("conversions.ts"),
        "@actionwire/runtime/bigint": source("bigint.ts"),
      },
      bundle: true,
      format: "esm",
      logLevel: "silent",
      outfile,
    });
    return { ...(await import(/* @vite-ignore */ pathToFileURL(outfile).href)) };
  } finally {
    await rm(folder, { recursive: true });
  }
}
