/**
 * Which configuration file is meant: the one that is named, or the one in the working directory.
 */
import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { didYouMean } from "../nearest.js";
import type { Problems } from "../problem.js";

export const CONFIG_NAMES: readonly string[] = ["ts", "mjs", "js", "json"].map((kind) => `actionwire.config.${kind}`);

/** The configuration's path in a folder; undefined where it has none. A name that nearly is one is warned of. */
export async function findConfig(folder: string, problems: Problems): Promise<string | undefined> {
  const names = await readdir(folder).catch((): string[] => []);
  const [found, ...others] = CONFIG_NAMES.filter((name) => names.includes(name));
  if (others.length > 0) {
    problems.error(
      "several-configs",
      `${[found, ...others].join(" and ")} are both here`,
      undefined,
      "Keep one of them.",
    );
  }
  if (found !== undefined) return resolve(folder, found);
  for (const name of names.filter((name) => /^action-?wire[.-]?(?:config|conf)\.\w+$/i.test(name))) {
    const hint =
      didYouMean(name, CONFIG_NAMES) ??
      `A configuration is called ${CONFIG_NAMES.join(", ")}; or name it with --config.`;
    problems.warn("unread-config", `${name} is not read: it is not called as a configuration is`, undefined, hint);
  }
  return undefined;
}
