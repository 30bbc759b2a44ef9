/**
 * What would become of the user's routes file. Nothing is written here.
 */
import { existsSync } from "node:fs";
import { lstat, readFile, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { printFile, type RoutesStyle, routes } from "../../templates/index.js";
import type { Contract } from "../contract.js";
import type { Problem, Problems } from "../problem.js";
import { codeOf, told } from "../write/told.js";
import type { Edit } from "./edits.js";

export interface RoutesOptions {
  /** What routes are: an object, or a class that overrides the generated one. A file that exists says itself which. */
  readonly style: RoutesStyle;
  /** Routes whose action has another name now: old → new. */
  readonly rename: Readonly<Record<string, string>>;
  /** Stubs that nobody wrote anything into go with their action. */
  readonly prune: boolean;
}

/** Routes by the interface that asks for them, or does not. */
export interface RoutesOf {
  readonly routes: string;
  readonly ids: readonly string[];
}

export interface RoutesPlan {
  readonly path: string;
  readonly action: "create" | "edit" | "keep";
  /** The file's text as it was read; absent where there is no file. */
  readonly before?: string;
  /** The file's whole new text, to the byte; absent where it is kept. */
  readonly text?: string;
  /** What leads from the old text to the new one, by offsets in the old one. */
  readonly edits: readonly Edit[];
  readonly inserted: readonly RoutesOf[];
  readonly renamed: readonly { readonly routes: string; readonly from: string; readonly to: string }[];
  /** Stubs of ours that are taken away. */
  readonly pruned: readonly RoutesOf[];
  /** Routes that the contract asks for and the file will not have. */
  readonly missing: readonly RoutesOf[];
  /** Routes that the file keeps and the contract does not ask for. */
  readonly extra: readonly RoutesOf[];
  /** What could not be put into the file, ready to be pasted. */
  readonly snippet?: string;
  /** Warnings and errors about the file, with places in it. With an error it is kept as it is. */
  readonly findings: readonly Problem[];
}

const FIRST_LINE = "// Yours to edit: actionwire wrote this first draft, and later only adds what the contract adds.";

/** Throws InputError, with what else is wrong, where the path cannot be a routes file. */
export async function planRoutes(
  path: string,
  out: string,
  contract: Contract,
  options: RoutesOptions,
  problems: Problems,
): Promise<RoutesPlan> {
  await checkPath(path, out, problems);
  problems.throwIfRefused();
  const generated = importPath(path, out);
  const bytes = await told("--routes", path, problems, () => readIfThere(path));
  if (bytes) {
    const { editRoutes } = await import("./edit.js"); // heavy, and needed only where such a file exists
    return editRoutes(path, bytes, out, generated, contract, options);
  }
  const text = printFile(routes(contract, generated, options.style), FIRST_LINE);
  const nothing = { edits: [], inserted: [], renamed: [], pruned: [], missing: [], extra: [], findings: [] };
  return { path, action: "create", text, ...nothing };
}

async function checkPath(path: string, out: string, problems: Problems): Promise<void> {
  const hint = "Name a file of your own with --routes.";
  if (path === "") {
    problems.error("routes-path", "the name of the routes file is empty", undefined, hint);
  } else if (dirname(resolve(path)) === resolve(out)) {
    problems.error("routes-path", `${path} is in the folder of generated files, and routes are yours`, undefined, hint);
  } else if (await told("--routes", path, problems, () => leadsNowhere(path))) {
    problems.error("routes-path", `${path} is a link that leads nowhere`, undefined, hint);
  } else if (await told("--routes", path, problems, () => isFolder(path))) {
    problems.error("routes-path", `${path} is a folder`, undefined, hint);
  }
}

async function leadsNowhere(path: string): Promise<boolean> {
  const link = await lstat(path).catch(() => undefined);
  return link?.isSymbolicLink() === true && !existsSync(path);
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** How the routes file imports the folder of generated files: `./generated`. */
function importPath(path: string, out: string): string {
  const way = relative(dirname(resolve(path)), resolve(out))
    .split(sep)
    .join("/");
  return /^\.\.?(?:\/|$)/.test(way) ? way : `./${way}`;
}
