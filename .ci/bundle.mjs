/**
 * The package's JavaScript, beside the declarations that tsc wrote: the command line and the public functions with what
 * they need of other packages, in parts that are loaded when they are used; and the licences of what is in them.
 */
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { SCHEMA_FILES } from "../generator/check/schema-files.ts";
import { printShapes } from "../generator/check/shapes.ts";
import { notices } from "./notices.mjs";
import { quickYargs } from "./quick-yargs.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = `${root}dist/generator/`;

/** Our own schemas as what ajv prints of them, a part each. */
const printed = {
  name: "printed shapes",
  setup({ onLoad, onResolve }) {
    const namespace = "shapes";
    onResolve({ filter: /^shapes:/ }, ({ path }) => ({ path: path.slice("shapes:".length), namespace }));
    onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: printShapes(path), loader: "js" }));
    onLoad({ filter: /generator\/check\/shapes\.ts$/ }, () => {
      const parts = SCHEMA_FILES.map((name) => `${JSON.stringify(name)}: () => import("shapes:${name}")`);
      return {
        contents: `const parts = { ${parts} };\nexport const shapesOf = (name) => parts[name]();`,
        loader: "js",
      };
    });
  },
};

// What an earlier build left; its parts have other names.
for (const name of readdirSync(out, { recursive: true })) if (name.endsWith(".js")) rmSync(`${out}${name}`);

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: ["generator/bin.ts", "generator/index.ts", "generator/plugin/plugin.ts"],
  outdir: out,
  chunkNames: "part-[hash]", // beside the entries, so that the package's root is as far from all
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["ts-morph", "jiti", "avsc", "unplugin"], // two that cannot be bundled, and two that are asked for by name
  alias: {
    yaml: `${root}node_modules/yaml/browser/dist/index.js`, // as modules, of which only what is used is taken
    "string-width": `${root}.ci/text-width.mjs`,
  },
  minifyWhitespace: true, // what is shorter is read sooner; names stay, for stack traces
  minifySyntax: true,
  plugins: [printed, quickYargs],
  metafile: true,
});
writeFileSync(`${root}dist/THIRD-PARTY-NOTICES.txt`, notices(Object.keys(metafile.inputs), root));
if (process.argv.includes("--sizes")) {
  const sizes = Object.entries(metafile.outputs).map(([path, { bytes, inputs }]) => {
    return [path.replace(/^.*\//, ""), { bytes, first: Object.keys(inputs).at(-1) }];
  });
  console.table(Object.fromEntries(sizes));
}
