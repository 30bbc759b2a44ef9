/**
 * Lets Node run TypeScript where it stands, as vitest does: `node --import ./test/support/typescript.mjs file.ts`.
 * Imports of `./file.js` lead to `file.ts` where only that is there.
 */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { register } from "node:module";
import { fileURLToPath } from "node:url";
import { isMainThread } from "node:worker_threads";
import { transform } from "esbuild";

// The hooks below run in a thread of Node's own, which loads this file again.
if (isMainThread) register(import.meta.url);

export function resolve(specifier, context, next) {
  if (/^(\.|file:).*\.js$/.test(specifier)) {
    const typescript = new URL(specifier.replace(/\.js$/, ".ts"), context.parentURL);
    if (existsSync(typescript)) return next(typescript.href, context);
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!/^file:.*\.ts$/.test(url)) return next(url, context);
  const source = await readFile(fileURLToPath(url), "utf8");
  const options = { loader: "ts", format: "esm", target: "es2022", sourcefile: url, sourcemap: "inline" };
  return { format: "module", shortCircuit: true, source: (await transform(source, options)).code };
}
