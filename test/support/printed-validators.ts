/**
 * Runs a printed validators module: bundled with our runtime's helpers, as an application would do it.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { Validate } from "../../runtime/api.js";

const HELPERS = fileURLToPath(new URL("../../runtime/validators/index.ts", import.meta.url));

export async function runPrinted(text: string): Promise<Readonly<Record<string, Validate>>> {
  const folder = await mkdtemp(join(tmpdir(), "printed-"));
  try {
    const outfile = join(folder, "validators.mjs");
    await build({
      stdin: { contents: text, loader: "ts", resolveDir: folder },
      alias: { "@actionwire/runtime/validators": HELPERS },
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
