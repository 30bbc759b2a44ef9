/**
 * A configuration that is a program. TypeScript is Node's own work where it can (from 22.18 on), else jiti's; both leave
 * types unchecked.
 */
import { createRequire } from "node:module";
import { extname } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

/** Seconds after which a module is given up that runs again: who waits for it never sees it mended. A slow network takes fewer. */
const LIMIT = 10;

/**
 * What the module exports as `default`. Throws what it throws. `again`: it, or what it imports, may have changed since; then
 * functions in it are only said to be there, and it has `limit` seconds.
 */
export async function importDefault(path: string, again: boolean, limit: number = LIMIT): Promise<unknown> {
  if (again) return importAnew(path, limit);
  const module: unknown = isNodes(path) ? await import(pathToFileURL(path).href) : await byJiti(path);
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

function isNodes(path: string): boolean {
  return extname(path) !== ".ts" || ("typescript" in process.features && process.features.typescript === "strip");
}

async function byJiti(path: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  return createJiti(import.meta.url, { fsCache: false }).import(path);
}

/** What a thread says of the module. */
type Said = { readonly json?: string } | { readonly name: string; readonly message: string; readonly stack?: string };

/** Modules are kept as long as their thread lives, whoever loads them; so each time has a thread of its own. */
async function importAnew(path: string, limit: number): Promise<unknown> {
  const url = pathToFileURL(path).href;
  const jiti = isNodes(path) ? undefined : pathToFileURL(createRequire(import.meta.url).resolve("jiti")).href;
  const worker = new Worker(THREAD, { eval: true, workerData: { url, path, jiti } });
  let timer: NodeJS.Timeout | undefined;
  try {
    const said = await new Promise<Said>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
      worker.once("exit", () => reject(new Error("it ended the process")));
      timer = setTimeout(() => reject(new Error(`it is not done after ${limit} seconds`)), limit * 1000);
    });
    if ("message" in said) throw Object.assign(new Error(said.message), said);
    return said.json === undefined ? undefined : JSON.parse(said.json);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

const THREAD = `
const { parentPort, workerData: { url, path, jiti } } = require("node:worker_threads");
async function load() {
  if (!jiti) return import(url);
  const { createJiti } = await import(jiti);
  return createJiti(url, { fsCache: false }).import(path);
}
load().then((module) => {
  const said = (_, part) => (typeof part === "function" ? "(a function)" : part);
  parentPort.postMessage({ json: JSON.stringify(module?.default, said) });
}).catch((error) => {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  parentPort.postMessage({ name, message, stack });
});
`;
