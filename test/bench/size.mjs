/**
 * What a page loads: the chat's generated client, bundled and minified with esbuild, by how it delivers; and how much of
 * that is the runtime, without what was generated. Then the largest parts of the client with a session.
 * `node test/bench/size.mjs`; it reads sources, nothing needs to be built.
 */
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
const chat = 'import { ChatClient } from "./examples/chat/generated/client.ts";';
const client = 'import { Client } from "@actionwire/runtime";';
const bare = 'new Client({ runtime: 1, title: "", version: "", hash: "", servers: {}, path: "", ';
const nothing = "toServer: { actions: {}, dispatch: null }, toClient: { actions: {}, dispatch: null } }";
const session = 'import { session } from "@actionwire/runtime/session";';
const both = 'import { indexedDbStore, session } from "@actionwire/runtime/session";';
const kept = 'delivery: session({ store: indexedDbStore("x") })';

const pages = {
  plain: `${chat} new ChatClient();`,
  session: `${chat} ${session} new ChatClient({ delivery: session() });`,
  "session + IndexedDB": `${chat} ${both} new ChatClient({ ${kept} });`,
  "runtime alone, plain": `${client} ${bare}${nothing});`,
  "runtime alone, session": `${client} ${session} ${bare}${nothing}, { delivery: session() });`,
  "runtime alone, session + IndexedDB": `${client} ${both} ${bare}${nothing}, { ${kept} });`,
};

async function bundled(contents) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root, loader: "ts" },
    absWorkingDir: root,
    alias: {
      "@actionwire/runtime/session": "./runtime/session/index.ts",
      "@actionwire/runtime/validators": "./runtime/validators/index.ts",
      "@actionwire/runtime": "./runtime/index.ts",
    },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    write: false,
    metafile: true,
  });
  const [{ contents: code }] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  return { code, inputs };
}

const table = {};
for (const [name, contents] of Object.entries(pages)) {
  const { code } = await bundled(contents);
  const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  table[name] = { min: code.length, gzip: gzipSync(code, { level: 9 }).length, brotli: brotli.length };
}
console.table(table);

const { inputs } = await bundled(pages.session);
const parts = Object.entries(inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput]);
const largest = parts.sort(([, a], [, b]) => b - a).slice(0, 10);
console.table(Object.fromEntries(largest.map(([file, bytes]) => [file, { bytes }])));
