/**
 * The user's routes file: drafted once; afterwards only read, to say which routes it lacks.
 */
import { readFile, stat } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";
import { doorsOf, printFile, routes } from "../../templates/index.js";
import type { Contract } from "../contract.js";
import type { Problems } from "../problem.js";
import { codeOf, told } from "./told.js";
import { writeOnce } from "./write.js";

interface RoutesOf {
  /** The interface that asks for them, or does not. */
  readonly routes: string;
  readonly ids: readonly string[];
}

export interface RoutesReport {
  readonly drafted: boolean;
  /** Routes that the contract has and the file has not, by the interface that asks for them. */
  readonly missing: readonly RoutesOf[];
  /** Routes that the file has and the contract has not, or no more. */
  readonly extra: readonly RoutesOf[];
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
  } else if (await told("--routes", path, problems, () => isFolder(path))) {
    problems.error("routes-path", `${path} is a folder`, undefined, hint);
  }
}

export async function routesFile(
  path: string,
  out: string,
  contract: Contract,
  problems: Problems,
): Promise<RoutesReport> {
  const draft = printFile(routes(contract, importPath(path, out)), FIRST_LINE);
  const text = await told("--routes", path, problems, async () =>
    (await writeOnce(path, draft)) ? undefined : readFile(path, "utf8"),
  );
  return text === undefined ? { drafted: true, missing: [], extra: [], notFound: [] } : compared(text, contract);
}

async function compared(text: string, { connections }: Contract): Promise<RoutesReport> {
  const { routesIn } = await import("./merge.js"); // heavy, and needed only where such a file exists
  const found = routesIn(
    text,
    connections.map(({ names }) => names.routes),
  );
  const missing: RoutesOf[] = [];
  const extra: RoutesOf[] = [];
  for (const { names, toServer } of connections) {
    const members = found.get(names.routes);
    const asked = doorsOf(toServer).map(({ id }) => id);
    const lacks = members && !members.isOpen ? asked.filter((id) => !members.names.has(id)) : [];
    const has = members?.isOnlyRoutes ? [...members.names].filter((id) => !asked.includes(id)) : [];
    if (lacks.length > 0) missing.push({ routes: names.routes, ids: lacks });
    if (has.length > 0) extra.push({ routes: names.routes, ids: has });
  }
  const notFound = [...found].flatMap(([name, members]) => (members === undefined ? name : []));
  return { drafted: false, missing, extra, notFound };
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
