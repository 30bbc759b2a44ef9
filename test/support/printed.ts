/**
 * Runs printed modules on the runtime's sources: bundled with them, as an application would do it.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Api, Validate } from "../../runtime/api.js";

const source = (path: string): string => fileURLToPath(new URL(`../../runtime/${path}`, import.meta.url));

const DOORS = {
  "@actionwire/runtime/validators": source("validators/index.ts"),
  "@actionwire/runtime/conversions": source("conversions.ts"),
  "@actionwire/runtime/bigint": source("bigint.ts"),
};

/** What a printed `validators.ts` exports. */
export async function runPrinted(text: string): Promise<Readonly<Record<string, Validate>>> {
  return run({ "validators.ts": text }, "validators.ts");
}

/** The contract's APIs, by their names, of its printed files. */
export async function runWire(files: ReadonlyMap<string, string>): Promise<Readonly<Record<string, Api>>> {
  return run(Object.fromEntries(files), "wire.ts");
}

/** What a file exports is whatever its printer says. */
async function run<Exported>(
  files: Readonly<Record<string, string>>,
  entry: string,
): Promise<Readonly<Record<string, Exported>>> {
  const folder = await mkdtemp(join(tmpdir(), "printed-"));
  try {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const outfile = join(folder, "printed.mjs");
    await build({
      entryPoints: [join(folder, entry)],
      alias: DOORS,
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
