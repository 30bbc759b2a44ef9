/**
 * The simulation as one file that any Node runs: with the runtime as it is, or with one mistake put into it.
 */
import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { build, type Plugin } from "esbuild";
import { ROOT } from "../support/examples.js";

/** A mistake: in a file of the runtime, one place says something else. */
export interface Mistake {
  /** What goes wrong with it. */
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** A seed near which it shows; the search begins there. */
  readonly near: number;
}

export async function bundle(outfile: string, mistake?: Mistake): Promise<void> {
  const doors = ["session", "server", "testing"].map((door) => [
    `@actionwire/runtime/${door}`,
    `${ROOT}runtime/${door}/index.ts`,
  ]);
  await build({
    entryPoints: [`${ROOT}test/simulation/main.ts`],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "error",
    alias: { ...Object.fromEntries(doors), "@actionwire/runtime": `${ROOT}runtime/index.ts` },
    plugins: mistake ? [making(mistake)] : [],
  });
}

function making({ name, file, from, to }: Mistake): Plugin {
  return {
    name: "mistake",
    setup({ onLoad }) {
      onLoad({ filter: /runtime\/.*\.ts$/ }, async ({ path }) => {
        if (relative(ROOT, path) !== `runtime/${file}`) return undefined;
        const text = await readFile(path, "utf8");
        // A mistake that cannot be made any more would be one that is never caught.
        if (text.split(from).length !== 2) throw new Error(`"${name}": runtime/${file} does not say once: ${from}`);
        return { contents: text.replace(from, () => to), loader: "ts" };
      });
    },
  };
}
