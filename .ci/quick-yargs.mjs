/** What `yargs` does before every command for the sake of few: it loads Node's `assert` and lays out the help. */
import { readFile } from "node:fs/promises";

/** The help is laid out again by who shows it. */
const CACHES_HELP = "yargs.getInternalMethods().getUsageInstance().cacheHelpMessage();";

const ASSERT = `
const hold = (isTrue, message) => { if (!isTrue) throw new Error(message); };
export const strictEqual = (a, b, message) => hold(Object.is(a, b), message);
export const notStrictEqual = (a, b, message) => hold(!Object.is(a, b), message);
`;

/** For esbuild. */
export const quickYargs = {
  name: "quick yargs",
  setup({ onLoad, onResolve }) {
    const namespace = "quick-yargs";
    onResolve({ filter: /^assert$/ }, () => ({ path: "assert", namespace }));
    onLoad({ filter: /./, namespace }, () => ({ contents: ASSERT, loader: "js" }));
    onLoad({ filter: /yargs\/build\/lib\/command\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      if (!source.includes(CACHES_HELP)) throw new Error("yargs is not what .ci/quick-yargs.mjs knows");
      return { contents: source.replace(CACHES_HELP, ""), loader: "js" };
    });
  },
};
