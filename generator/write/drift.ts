/**
 * What differs between the output folder and what belongs there, as findings: what `--check` fails for.
 */
import { join } from "node:path";
import type { Position } from "../document.js";
import type { Problem } from "../problem.js";
import { MANIFEST, plain } from "./manifest.js";
import { placeOfFile } from "./place-of-file.js";
import type { FolderPlan, PlannedFile } from "./plan.js";

const HINT = "Run actionwire generate and commit what it writes.";

/** One finding for each file; the manifest is told of only where nothing else is. */
export function driftOf({ folder, files }: FolderPlan): Problem[] {
  const found = files.flatMap((file) => drift(folder, file));
  const others = found.filter(({ name }) => name !== MANIFEST);
  return (others.length > 0 ? others : found).map(({ problem }) => problem);
}

function drift(folder: string, file: PlannedFile): { readonly name: string; readonly problem: Problem }[] {
  const { name, change, before = "", edited, after } = file;
  if (change === "keep" && !(edited && after === undefined)) return [];
  const place = placeOfFile(join(folder, name), before, firstDifference(before, after ?? before));
  const problem = (rule: "missing-output" | "orphaned-file" | "stale-file", message: string): Problem => ({
    rule,
    severity: "error",
    message,
    hint: HINT,
    place,
  });
  switch (change) {
    case "create":
      return [{ name, problem: problem("missing-output", `${name} is missing`) }];
    case "update":
      return [{ name, problem: problem("stale-file", `${name} ${edited ? "was changed by hand" : "is out of date"}`) }];
    default:
      return [{ name, problem: problem("orphaned-file", `${name} is generated no more`) }];
  }
}

/** The line, as it is there, in which two texts differ first. */
function firstDifference(before: string, after: string): Position {
  const [there, expected] = [before, after].map((text) => plain(text).split("\n"));
  const line = there?.findIndex((text, index) => text !== expected?.[index]) ?? 0;
  return { line: Math.max(0, line) + 1, column: 1 };
}
