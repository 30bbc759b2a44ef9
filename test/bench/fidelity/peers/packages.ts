/** As `../packages.ts`, for the packages of this folder. */
import { existsSync } from "node:fs";

export const INSTALLED: boolean = existsSync(new URL("node_modules/", import.meta.url));

export async function load<Module>(name: string): Promise<Module> {
  const module: Module = await import(name);
  return module;
}
