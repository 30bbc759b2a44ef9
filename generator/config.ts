/**
 * The configuration file: the command's options, as JSON (or YAML), described by schemas/config.schema.json.
 */
import { dirname, resolve } from "node:path";
import { checkShape } from "./check/check-shape.js";
import { load } from "./load/load.js";
import type { ReadOptions } from "./options.js";
import { Problems } from "./problem.js";

export interface Config extends ReadOptions {
  readonly out?: string;
  readonly routes?: string;
  readonly root?: string;
  readonly allowRemote?: boolean;
  readonly strict?: boolean;
}

/** Reads a configuration file; its paths count from its own folder. Throws InputError where it cannot be used. */
export async function readConfig(path: string): Promise<Config> {
  const problems = new Problems();
  const root = await load(path, {}, problems);
  await checkShape(root, "config", problems);
  problems.throwIfErrors();
  const config = root.value as Config; // as its schema says, just checked
  const here = (file: string) => resolve(dirname(path), file);
  return {
    ...config,
    written: root,
    ...(config.out !== undefined && { out: here(config.out) }),
    ...(config.routes !== undefined && { routes: here(config.routes) }),
    ...(config.root !== undefined && { root: here(config.root) }),
  };
}
