/**
 * The configuration file: JSON, or a program that exports one, described by schemas/config.schema.json.
 */
import { readFile } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { checkShape } from "../check/check-shape.js";
import { Node, type Path, type Place, type Position, type SourceFile } from "../document.js";
import { load } from "../load/load.js";
import { Problems } from "../problem.js";
import { placeOfFile } from "../write/place-of-file.js";
import type { Config, ConfigRead, ContractConfig } from "./config.js";
import { importDefault } from "./import-module.js";
import { modulesOf } from "./modules.js";

/** Reads a configuration file. Throws InputError where it cannot be used. `again`: in a process that read it before. */
export async function readConfig(path: string, again = false): Promise<ConfigRead> {
  const problems = new Problems();
  const isData = [".json", ".yaml", ".yml"].includes(extname(path));
  const written = isData ? await load(path, {}, problems) : await programmed(path, again, problems);
  await checkShape(written, "config", problems);
  await checkRules(written, problems);
  problems.throwIfErrors();
  const config = written.value as Config; // as its schema says, just checked
  const { contracts, ...common } = config;
  const here = (one: ContractConfig) => withPaths(one, dirname(resolve(path)));
  const { format } = common;
  const formats =
    format === undefined ? {} : { format: [format].flat().map((word) => inFolder(word, dirname(resolve(path)))) };
  const each = Object.entries(contracts ?? {}).map(([name, contract]) => [name, here(contract)] as const);
  return {
    path: resolve(path),
    config: { ...here(common), ...formats, ...(contracts && { contracts: Object.fromEntries(each) }) },
    written,
  };
}

const PATHS = ["document", "out", "routes", "root"] as const;

/** `sarif:report.sarif`, with the file's absolute path. */
function inFolder<T extends string>(word: T, folder: string): T {
  const [format, file] = word.split(/:(.*)/s);
  return (file === undefined ? word : `${format}:${resolve(folder, file)}`) as T; // a format with another file
}

function withPaths<T extends ContractConfig>(config: T, folder: string): T {
  const absolute = PATHS.flatMap((key) => {
    const path = config[key];
    return path === undefined ? [] : [[key, resolve(folder, path)] as const];
  });
  return { ...config, ...Object.fromEntries(absolute) };
}

async function checkRules(written: Node, problems: Problems): Promise<void> {
  const all = [
    written,
    ...(written
      .get("contracts")
      ?.named()
      .map(([, contract]) => contract) ?? []),
  ];
  const named = all.flatMap((one) => one.get("rules")?.named() ?? []);
  if (named.length === 0) return;
  const { isRule, nearestRule } = await import("../rules/rules.js"); // all that is said of rules, for once
  for (const [rule, level] of named) {
    if (isRule(rule)) continue;
    const near = nearestRule(rule);
    const hint = near === undefined ? "actionwire explain lists the rules." : `did you mean ${JSON.stringify(near)}?`;
    problems.error("unknown-rule", `there is no rule ${JSON.stringify(rule)}`, level, hint);
  }
}

async function programmed(path: string, again: boolean, problems: Problems): Promise<Node> {
  const text = await readFile(path, "utf8").catch(() => "");
  const file = { path: relative("", path), url: pathToFileURL(resolve(path)).href, text };
  try {
    const value = plainValue(await importDefault(resolve(path), again));
    const source: SourceFile = { ...file, value, position: (keys) => positionIn(text, keys) };
    const root = Node.at({ file: source, path: [] }, nowhere);
    if (value === undefined) {
      const hint = 'export default defineConfig({ document: "chat.yaml", out: "src/generated" });';
      problems.error("bad-config", "the configuration has no default export that is an object", root, hint);
    }
    problems.throwIfErrors();
    return root;
  } catch (error) {
    problems.throwIfErrors();
    const said = error instanceof Error ? `${error.name}: ${error.message.split("\n", 1)[0]}` : String(error);
    const place = await blamed(error, resolve(path));
    problems.error("bad-config", `the configuration cannot be run: ${said}`, place);
    problems.throwIfErrors();
    throw error;
  }
}

/** A configuration has no references to follow. */
const nowhere = { follow: () => undefined, resource: (place: Node) => place, dynamicAnchor: () => undefined };

/** Plain data of what a program made; functions and the like are told by their kind. */
function plainValue(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return undefined;
  return JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === "function" ? "(a function)" : part)));
}

/** Where an error came up, in a program or in a module of its own; the program's beginning where it came up elsewhere. */
async function blamed(error: unknown, program: string): Promise<Place> {
  const told = error instanceof Error ? `${error.message}\n${error.stack}` : "";
  const found = modulesOf(program).flatMap((path) =>
    [pathToFileURL(path).href, path].flatMap((name) => {
      const index = told.indexOf(`${name}:`);
      const [, line, column] = index < 0 ? [] : (/^:(\d+)(?::(\d+))?/.exec(told.slice(index + name.length)) ?? []);
      const at = { line: Math.max(1, Number(line)), column: Math.max(1, Number(column ?? 1)) };
      return line === undefined ? [] : [{ path, index, at }];
    }),
  );
  const [first] = found.sort((a, b) => a.index - b.index);
  const path = first?.path ?? program;
  const text = await readFile(path, "utf8").catch(() => "");
  return placeOfFile(relative("", path), text, first?.at);
}

/** Where the text of a program first names a key after those above it: programs have no places, and mostly say it so. */
function positionIn(text: string, keys: Path): Position {
  let offset = 0;
  for (const key of keys) {
    const word = String(key).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const found = new RegExp(`(?<![\\w$])(["']?)${word}\\1\\s*[:,}]`).exec(text.slice(offset));
    if (found) offset += found.index;
  }
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
