/**
 * What the file system refuses, told of the option whose path it is about.
 */
import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Problems } from "../problem.js";

const REASONS: Readonly<Record<string, string>> = {
  EISDIR: "a folder is in the way of a file",
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "nothing can be written there",
  ENAMETOOLONG: "the name is too long",
  ENOENT: "no folder can be made there",
  ENOSPC: "there is no space left",
};

/** Does work on files; throws InputError, with a sentence that names option and path, where the file system does not let it. */
export async function told<T>(
  option: "--out" | "--routes",
  path: string,
  problems: Problems,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = await reasonOf(codeOf(error), path);
    if (reason === undefined) throw error;
    const hint = option === "--out" ? "Name another folder with --out." : "Name a file of your own with --routes.";
    const rule = option === "--out" ? "out-path" : "routes-path";
    problems.error(rule, `${option} ${path} cannot be written: ${reason}`, undefined, hint);
    problems.throwIfErrors();
    throw error;
  }
}

/** The code of a system error: `ENOENT`, `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** In words, why a path cannot be written; undefined for what is no answer of a file system. */
export async function reasonOf(code: string | undefined, path: string): Promise<string | undefined> {
  if (code !== "ENOTDIR" && code !== "EEXIST") return REASONS[code ?? ""];
  const file = await fileOnTheWay(resolve(path));
  return file === undefined ? undefined : `${file} is a file, not a folder`;
}

/** The path or the folder above it that is a file. */
async function fileOnTheWay(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found) return found.isDirectory() ? undefined : path;
  return path === dirname(path) ? undefined : fileOnTheWay(dirname(path));
}
