/**
 * The user's routes file: drafted once; afterwards only read, to say which routes it lacks.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { doorsOf, printFile, routes } from "../../templates/index.js";
import type { Contract } from "../contract.js";
import type { Problems } from "../problem.js";
import { codeOf, writeOnce } from "./write.js";

export interface RoutesReport {
  readonly drafted: boolean;
  /** Routes that the contract has and the file has not, by the interface that asks for them. */
  readonly missing: readonly { readonly routes: string; readonly ids: readonly string[] }[];
  /** Interfaces that nothing in the file is declared to implement. */
  readonly notFound: readonly string[];
}

const FIRST_LINE = "// Yours to edit: actionwire wrote this first draft and never touches it again.";

/** Reports a path that cannot be a routes file, before anything is written. */
export async function checkRoutesPath(path: string, out: string, problems: Problems): Promise<void> {
  const hint = "Name a file of your own with --routes.";
  if (path === "") {
    problems.error("routes-path", "the name of the routes file is empty", undefined, hint);
  } else if (dirname(resolve(path)) === resolve(out)) {
    problems.error("routes-path", `${path} is in the folder of generated files, and routes are yours`, undefined, hint);
  } else if (await isFolder(path)) {
    problems.error("routes-path", `${path} is a folder`, undefined, hint);
  }
}

export async function routesFile(path: string, out: string, contract: Contract): Promise<RoutesReport> {
  const text = printFile(routes(contract, importPath(path, out)), FIRST_LINE);
  if (await writeOnce(path, text)) return { drafted: true, missing: [], notFound: [] };
  return lacking(await readFile(path, "utf8"), contract);
}

async function lacking(text: string, { connections }: Contract): Promise<RoutesReport> {
  const { routesIn } = await import("./merge.js"); // heavy, and needed only where such a file exists
  const found = routesIn(
    text,
    connections.map(({ names }) => names.routes),
  );
  const missing = connections.flatMap(({ names, toServer }) => {
    const members = found.get(names.routes);
    if (members === undefined || members === "open") return [];
    const ids = doorsOf(toServer).flatMap(({ id }) => (members.has(id) ? [] : id));
    return ids.length > 0 ? [{ routes: names.routes, ids }] : [];
  });
  const notFound = [...found].flatMap(([name, members]) => (members === undefined ? name : []));
  return { drafted: false, missing, notFound };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}

/** How the routes file imports the generated server. */
function importPath(path: string, out: string): string {
  const way = relative(dirname(resolve(path)), resolve(out, "server.js"))
    .split(sep)
    .join("/");
  return way.startsWith(".") ? way : `./${way}`;
}
