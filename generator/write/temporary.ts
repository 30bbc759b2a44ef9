/**
 * New texts of files before they take their places; and those that a killed run has left.
 */
import { randomUUID } from "node:crypto";
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** A name beside a file: who writes it stands in it. */
export function temporaryFor(path: string): string {
  return `${path}.${process.pid}.${randomUUID()}.tmp`;
}

/** Removes what runs left that are gone, of these files alone. */
export async function removeLeft(folder: string, files: readonly string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const [, file = "", writer] = TEMPORARY.exec(entry.name) ?? [];
    if (!entry.isFile() || !files.includes(file)) continue;
    const path = join(folder, entry.name);
    if (await isLeft(path, Number(writer))) await rm(path, { force: true });
  }
}

const TEMPORARY = /^(.+)\.(\d+)\.[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\.tmp$/;

/** Whether its writer is gone; where its number is ours by now, the file is older than this process. */
async function isLeft(path: string, writer: number): Promise<boolean> {
  if (writer !== process.pid) return !isRunning(writer);
  const found = await stat(path).catch(() => undefined);
  return found !== undefined && found.mtimeMs < Date.now() - process.uptime() * 1000;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // somebody else's
  }
}
