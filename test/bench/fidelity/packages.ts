/**
 * Packages of this folder and of `peers/`. Their names are no literals, so that the compiler does not look for them: the
 * project is checked without them, and what is used of them is written down where it is used.
 */
import { existsSync } from "node:fs";

/** Whether the oracle is there; the peers are asked by who needs them. */
export const INSTALLED: boolean = existsSync(new URL("node_modules/", import.meta.url));

export async function load<Module>(name: string): Promise<Module> {
  const module: Module = await import(name);
  return module;
}
