/**
 * A planned routes file onto the disk: whole or not at all, and never over what was not seen.
 */
import { randomUUID } from "node:crypto";
import { access, chmod, constants, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Problems } from "../problem.js";
import { makeFolder } from "../write/make-folder.js";
import { codeOf, told } from "../write/told.js";
import type { RoutesPlan } from "./plan.js";

/** Throws InputError where the file system does not let it, or where the file is another by now. */
export async function writeRoutes({ path, text, before }: RoutesPlan, problems: Problems): Promise<void> {
  if (text === undefined) return;
  const isWritten = await told("--routes", path, problems, () =>
    before === undefined ? create(path, text) : replace(path, before, text),
  );
  if (isWritten) return;
  const what = before === undefined ? "appeared" : "was changed";
  problems.error("routes-changed", `${path} ${what} meanwhile, so it is left as it is`, undefined, "Run again.");
  problems.throwIfErrors();
}

/** False where there is a file by now. */
async function create(path: string, text: string): Promise<boolean> {
  await makeFolder(dirname(path));
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** The file that a link leads to, with the mode it has; false where it is no longer what was read. */
async function replace(link: string, before: string, text: string): Promise<boolean> {
  const path = await realpath(link);
  await access(path, constants.W_OK);
  const { mode } = await stat(path);
  const temporary = `${path}.${randomUUID()}.tmp`;
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
