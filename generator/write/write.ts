/**
 * Generated files onto the disk: all or none, only what changed, and never over a file that is not ours.
 */
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { HEADER } from "../../templates/index.js";
import type { Problems } from "../problem.js";
import { codeOf, told } from "./told.js";

export interface Written {
  /** Names of files whose text is new. */
  readonly changed: readonly string[];
  readonly unchanged: readonly string[];
}

/** Writes the files into a folder. Throws InputError, with nothing written, where one of them belongs to somebody. */
export async function writeFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  problems: Problems,
): Promise<Written> {
  const existing = new Map<string, string | undefined>();
  await told("--out", folder, problems, async () => {
    for (const name of files.keys()) existing.set(name, await readIfThere(join(folder, name), problems));
  });
  for (const [name, text] of existing) {
    if (text !== undefined && !isOurs(text)) {
      problems.error(
        "not-ours",
        `${join(folder, name)} was not written by actionwire, so it is not overwritten`,
        undefined,
        "Move it away, or choose another folder with --out.",
      );
    }
  }
  problems.throwIfErrors();
  const changed = [...files].filter(([name, text]) => existing.get(name) !== text);
  await told("--out", folder, problems, async () => {
    if (changed.length > 0) await mkdir(folder, { recursive: true });
    await replaceAll(changed.map(([name, text]) => [join(folder, name), text]));
  });
  const names = changed.map(([name]) => name);
  return { changed: names, unchanged: [...files.keys()].filter((name) => !names.includes(name)) };
}

/** Whether a file carries our header, whatever line ends a checkout gave it. */
function isOurs(text: string): boolean {
  return text.replace(/^\ufeff/, "").startsWith(HEADER);
}

/** New texts stand ready beside the old ones before the first is replaced. */
async function replaceAll(files: readonly (readonly [path: string, text: string])[]): Promise<void> {
  const ready = files.map(([path, text]) => ({ path, text, temporary: `${path}.${process.pid}.tmp` }));
  try {
    await Promise.all(ready.map(({ temporary, text }) => writeFile(temporary, text, { flag: "wx" })));
    for (const { path, temporary } of ready) await rename(temporary, path);
  } catch (error) {
    await Promise.all(ready.map(({ temporary }) => rm(temporary, { force: true })));
    throw error;
  }
}

async function readIfThere(path: string, problems: Problems): Promise<string | undefined> {
  try {
    if ((await stat(path)).isDirectory()) {
      problems.error("not-ours", `${path} is a folder where a file is to be written`);
      return undefined;
    }
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}
