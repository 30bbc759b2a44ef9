/**
 * Folders: a new file is as safe as its name in its folder, and that is written to the disk separately.
 */
import { mkdir, open, realpath } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

/** Writes a folder's names to the disk. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === "win32") return; // where a folder cannot be opened, and its names need no such thing
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The file's one true path, symbolic links followed, so that two names of it are one. Makes its folder where there is none. */
export async function settle(path: string): Promise<string> {
  const absolute = resolve(path);
  await makeDirectory(dirname(absolute));
  try {
    return await realpath(absolute);
  } catch {
    return join(await realpath(dirname(absolute)), basename(absolute));
  }
}

/** Nobody else may read what waits to be sent. */
async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let made = path; ; made = dirname(made)) {
    await syncDirectory(dirname(made));
    if (made === resolve(first) || made === dirname(made)) return;
  }
}
