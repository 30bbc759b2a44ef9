/**
 * What would become of the output folder: decided from what is there, before anything is written.
 */
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { HEADER } from "../../templates/index.js";
import type { Problem, Problems } from "../problem.js";
import { hashOf, isManifest, MANIFEST, type Manifest, manifestText, plain, readManifest } from "./manifest.js";
import { placeOfFile } from "./place-of-file.js";
import { codeOf, told } from "./told.js";

/** `keep`: it is as it should be, or it is somebody's. */
export type Change = "create" | "update" | "delete" | "keep";

export interface PlannedFile {
  readonly name: string;
  readonly change: Change;
  /** What is there now. */
  readonly before?: string;
  /** What will be there. */
  readonly after?: string;
  /** Somebody changed it since it was generated. */
  readonly edited: boolean;
}

export interface FolderPlan {
  readonly folder: string;
  readonly files: readonly PlannedFile[];
}

/**
 * Compares a folder with the files that belong there. Line ends do not count: a checkout may have changed them. Throws
 * InputError where one of the files is not ours.
 */
export async function planFolder(
  folder: string,
  files: ReadonlyMap<string, string>,
  problems: Problems,
): Promise<FolderPlan> {
  const there = (name: string) => told("--out", folder, problems, () => textIfThere(join(folder, name), problems));
  const written = await there(MANIFEST);
  const manifest = readManifest(written);
  const planned: PlannedFile[] = [];
  for (const [name, after] of files) planned.push(emitted(name, await there(name), after, manifest));
  const gone = [...manifest.keys()].filter((name) => !files.has(name));
  for (const name of gone) planned.push(...dropped(name, await there(name), manifest));
  const kept = planned.filter(({ change, after }) => change === "keep" && after === undefined);
  const hashes = new Map([...files].map(([name, text]) => [name, hashOf(text)]));
  for (const { name } of kept) hashes.set(name, manifest.get(name) ?? "");
  const plan = { folder, files: [...planned, emitted(MANIFEST, written, manifestText(hashes), new Map())] };
  for (const file of plan.files) refuseForeign(folder, file, problems);
  problems.throwIfErrors();
  return plan;
}

/** What there is to say of changes by hand: in a file that is written anew, and in one that would be deleted. */
export function editsOf({ folder, files }: FolderPlan): Problem[] {
  return files.flatMap(({ name, before = "", after, edited }): Problem[] => {
    if (!edited) return [];
    const [fate, hint] =
      after === undefined
        ? ["it is generated no more, and left to you", "Delete it."]
        : ["the change is lost", "Change the document instead."];
    const message = `${name} was changed by hand since it was generated; ${fate}`;
    return [
      { rule: "edited-file", severity: "warning", message, hint, place: placeOfFile(join(folder, name), before) },
    ];
  });
}

function emitted(name: string, before: string | undefined, after: string, manifest: Manifest): PlannedFile {
  if (before === undefined) return { name, change: "create", after, edited: false };
  const isSame = plain(before) === plain(after);
  const known = manifest.get(name);
  const edited = !isSame && known !== undefined && known !== hashOf(before);
  return { name, change: isSame ? "keep" : "update", before, after, edited };
}

/** A file of an earlier run that is generated no more. One that somebody changed is theirs to delete. */
function dropped(name: string, before: string | undefined, manifest: Manifest): PlannedFile[] {
  if (before === undefined) return [];
  const edited = manifest.get(name) !== hashOf(before) || !plain(before).startsWith(HEADER);
  return [{ name, change: edited ? "keep" : "delete", before, edited }];
}

function refuseForeign(folder: string, { name, change, before = "" }: PlannedFile, problems: Problems): void {
  const isOurs = name === MANIFEST ? isManifest(before) : plain(before).startsWith(HEADER);
  if (change !== "update" || isOurs) return;
  const hint = "Move it away, or choose another folder with --out.";
  const message = `${join(folder, name)} was not written by actionwire, so it is not overwritten`;
  problems.error("not-ours", message, undefined, hint);
}

async function textIfThere(path: string, problems: Problems): Promise<string | undefined> {
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
