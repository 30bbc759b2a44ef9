/**
 * A configuration that is a program. TypeScript is Node's own work where it can (from 22.18 on), else jiti's; both leave
 * types unchecked.
 */
import { extname } from "node:path";
import { pathToFileURL } from "node:url";

/** What the module exports as `default`. Throws what it throws. `again`: it, or what it imports, may have changed since. */
export async function importDefault(path: string, again: boolean): Promise<unknown> {
  const byNode =
    extname(path) !== ".ts" || ("typescript" in process.features && process.features.typescript === "strip");
  const module: unknown = byNode && !again ? await import(pathToFileURL(path).href) : await importAnew(path);
  return typeof module === "object" && module !== null && "default" in module ? module.default : undefined;
}

async function importAnew(path: string): Promise<unknown> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false });
  return jiti.import(path);
}
