/**
 * A planned routes file onto the disk: whole or not at all, and never over what was not seen.
 */
import { access, chmod, constants, link, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Problems } from "../problem.js";
import { makeFolder } from "../write/make-folder.js";
import { removeLeft, temporaryFor } from "../write/temporary.js";
import { codeOf, told } from "../write/told.js";
import type { RoutesPlan } from "./plan.js";

/** Throws InputError where the file system does not let it, or where the file is another by now. Removes what killed runs left. */
export async function writeRoutes({ path, text, before }: RoutesPlan, problems: Problems): Promise<void> {
  const real = await realpath(path).catch(() => path); // links are replaced where they lead
  await removeLeft(dirname(real), [basename(real)]);
  if (text === undefined) return;
  const isWritten = await told("--routes", path, problems, () =>
    before === undefined ? create(path, text) : replace(real, before, text),
  );
  if (isWritten) return;
  const what = before === undefined ? "appeared" : "was changed";
  problems.error("routes-changed", `${path} ${what} meanwhile, so it is left as it is`, undefined, "Run again.");
  problems.throwIfErrors();
}

/** False where there is a file by now. */
async function create(path: string, text: string): Promise<boolean> {
  await makeFolder(dirname(path));
  const temporary = temporaryFor(path);
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await placeNew(temporary, path, text);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** A second name, as renaming would write over what is there; in place where a file system has no second names (exFAT). */
async function placeNew(temporary: string, path: string, text: string): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw error;
    await writeFile(path, text, { flag: "wx" });
  }
}

/** With the mode that it has; false where it is no longer what was read. */
async function replace(path: string, before: string, text: string): Promise<boolean> {
  await access(path, constants.W_OK);
  const { mode } = await stat(path);
  const temporary = temporaryFor(path);
  try {
    await writeFile(temporary, text, { flag: "wx", mode });
    await chmod(temporary, mode); // whatever the umask took away
    if ((await readFile(path, "utf8")) === before) {
      await rename(temporary, path);
      return true;
    }
    return false;
  } finally {
    await rm(temporary, { force: true });
  }
}
