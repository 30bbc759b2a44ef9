import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { ROOT } from "./support/examples.js";

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

function sources(folder: string): Source[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry): Source[] => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === "dist" || entry.name === "node_modules" ? [] : sources(path);
    if (!entry.name.endsWith(".ts")) return [];
    const text = readFileSync(join(ROOT, path), "utf8");
    const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
    return [{ path, text, imports }];
  });
}

const generator = sources("generator");
const templates = sources("templates");
const runtime = sources("runtime");

/** Who imports a package, by file. */
function importers(name: string): string[] {
  return [...generator, ...templates, ...runtime]
    .filter(({ imports }) => imports.some((from) => from === name || from.startsWith(`${name}/`)))
    .map(({ path }) => path)
    .sort();
}

describe("the house", () => {
  test("runtime/ depends on no package: only its adapters name ws and Node, as the application's own", () => {
    const foreign = runtime.flatMap(({ path, imports }) =>
      imports.filter((from) => !from.startsWith(".")).map((from) => `${path}: ${from}`),
    );
    expect(foreign.filter((line) => !/^runtime\/(ws|node|file-store)\//.test(line))).toEqual([]);
    expect(
      foreign.map((line) => line.replace(/^.*: /, "")).filter((from) => from !== "ws" && !from.startsWith("node:")),
    ).toEqual([]);
    const manifest: unknown = JSON.parse(readFileSync(`${ROOT}runtime/package.json`, "utf8"));
    expect(manifest).not.toHaveProperty("dependencies");
  });

  test("runtime/ imports nothing outside itself", () => {
    const outside = runtime.flatMap(({ path, imports }) =>
      imports.filter((from) => from.startsWith(".") && !join(path, "..", from).startsWith("runtime/")),
    );
    expect(outside).toEqual([]);
  });

  test("templates/ import themselves, and of the generator only the contract's types", () => {
    const outside = templates.flatMap(({ imports }) => imports.filter((from) => !from.startsWith("./")));
    expect([...new Set(outside)]).toEqual(["../generator/contract.js"]);
    expect(templates.filter(({ text }) => /import \{[^}]*\} from "\.\.\/generator/.test(text))).toEqual([]);
  });

  test("generator/ never imports the runtime", () => {
    expect(generator.flatMap(({ imports }) => imports.filter((from) => /runtime/.test(from)))).toEqual([]);
  });

  test("a heavy package has one home", () => {
    expect(importers("ts-morph")).toEqual(["generator/routes/typescript.ts"]);
    expect(importers("avsc")).toEqual(["generator/languages/avro.ts"]);
    expect(importers("yargs")).toEqual(["generator/cli/flags.ts", "generator/cli/main.ts"]); // the first its types
    expect(importers("chokidar")).toEqual(["generator/cli/watch.ts"]);
    expect(importers("jiti")).toEqual(["generator/config/import-module.ts"]);
    expect(importers("diff")).toEqual(["generator/write/diff.ts"]);
    expect(importers("unplugin")).toEqual(["generator/plugin/plugin.ts"]);
    expect(importers("@eslint-community/regexpp")).toEqual([
      "generator/patterns/characters.ts",
      "generator/patterns/program.ts",
    ]);
    expect(importers("@apidevtools/json-schema-ref-parser")).toHaveLength(1);
  });

  test("only one file of the runtime speaks to the console", () => {
    const spoken = runtime.filter(({ text }) => /\bconsole\??\.(?:log|warn|error|info|debug)/.test(text));
    expect(spoken.map(({ path }) => path)).toEqual(["runtime/report.ts"]);
  });

  test("files are small", () => {
    const written = [...generator, ...templates, ...runtime].filter(({ path }) => !path.includes("/generated/"));
    const long = written.filter(({ text }) => text.split("\n").length > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  test("no lock file names a host", () => {
    for (const lock of [
      "package-lock.json",
      "test/compile/package-lock.json",
      "test/bench/fidelity/package-lock.json",
    ]) {
      expect(statSync(join(ROOT, lock)).isFile()).toBe(true);
      expect(readFileSync(join(ROOT, lock), "utf8")).not.toMatch(/"resolved": "http/);
    }
  });
});
