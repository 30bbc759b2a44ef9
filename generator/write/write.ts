/**
 * Planned files onto the disk: all or none, and only what changed.
 */
import { rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Problems } from "../problem.js";
import { makeFolder } from "./make-folder.js";
import type { FolderPlan, PlannedFile } from "./plan.js";
import { removeLeft, temporaryFor } from "./temporary.js";
import { told } from "./told.js";

/**
 * Does what is planned. New texts of all folders stand ready before the first file is replaced; what `before` does comes
 * between, so that nothing is replaced where it fails.
 */
export async function writeFolders(
  plans: readonly FolderPlan[],
  problems: Problems,
  before: () => Promise<void>,
): Promise<void> {
  const ready: Ready[] = [];
  try {
    for (const plan of plans) await told("--out", plan.folder, problems, () => prepare(plan, ready));
    await before();
    for (const { path, temporary } of ready) await rename(temporary, path);
  } catch (error) {
    await Promise.all(ready.map(({ temporary }) => rm(temporary, { force: true })));
    throw error;
  }
  for (const { folder, files } of plans) {
    for (const { name } of files.filter(({ change }) => change === "delete"))
      await rm(join(folder, name), { force: true });
    await removeLeft(
      folder,
      files.map(({ name }) => name),
    );
  }
}

interface Ready {
  readonly path: string;
  readonly temporary: string;
}

async function prepare({ folder, files }: FolderPlan, ready: Ready[]): Promise<void> {
  const changed = files.filter(isWritten);
  if (changed.length > 0) await makeFolder(folder);
  for (const { name, after } of changed) {
    const path = join(folder, name);
    const temporary = temporaryFor(path);
    ready.push({ path, temporary });
    await writeFile(temporary, after, { flag: "wx" });
  }
}

function isWritten(file: PlannedFile): file is PlannedFile & { readonly after: string } {
  return file.after !== undefined && (file.change === "create" || file.change === "update");
}
