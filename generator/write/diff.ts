/**
 * What would change, as a unified diff (POSIX.1-2024, `diff -u`) that `git apply` and `patch` take.
 */
import { relative, sep } from "node:path";
import { formatPatch, structuredPatch } from "diff";
import { plain } from "./manifest.js";

/** The texts of a file; undefined where there is none. */
export interface Texts {
  readonly before?: string | undefined;
  readonly after?: string | undefined;
}

/** The diff of a file; of a long one only the first `most` lines, and how many there are more. */
export function unifiedDiff(path: string, { before, after }: Texts, most: number): string {
  const name = relative("", path).split(sep).join("/");
  const from = before === undefined ? "/dev/null" : `a/${name}`;
  const to = after === undefined ? "/dev/null" : `b/${name}`;
  const texts = [plain(before ?? ""), plain(after ?? "")] as const;
  const patch = structuredPatch(from, to, ...texts, undefined, undefined, { context: 3 });
  const lines = formatPatch(patch).replace(/^=+\n/, "").trimEnd().split("\n");
  if (lines.length <= most) return lines.join("\n");
  return `${lines.slice(0, most).join("\n")}\n… ${lines.length - most} more lines; --verbose shows all`;
}
