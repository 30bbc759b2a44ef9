/**
 * Where reports may not go: what is read, what is generated, and what somebody wrote would be lost.
 */
import { realpathSync, statSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { MANIFEST } from "../write/manifest.js";
import type { Telling } from "./findings.js";
import { UsageError } from "./usage-error.js";

/** Generated code, routes, and programs that a configuration is made of. */
const CODE = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

/** Throws UsageError for a report that would take the place of code, of one of these files, or of another report. */
export function refuseLoss(formats: Telling["formats"], files: Iterable<string>): void {
  const reports = formats.flatMap(({ file }) => (file === undefined ? [] : [file]));
  if (reports.length === 0) return;
  const read = new Set([...files].map(identity));
  const written = new Set<string>();
  for (const report of reports) {
    const id = identity(report);
    const own = ownWord(report) ?? ownWord(realPath(report)); // a link may have another name
    const why = read.has(id) ? "it is read here" : written.has(id) ? "another report goes there" : own;
    if (why !== undefined) throw new UsageError(`--format cannot write to ${report}: ${why}. Name another file.`);
    written.add(id);
  }
}

/** What may be said of a file by its name alone, also where no configuration can be read. */
function ownWord(report: string): string | undefined {
  if (basename(report) === MANIFEST) return "it is the manifest of what is generated";
  return CODE.includes(extname(report).toLowerCase()) ? "that is the name of a program" : undefined;
}

/** The same for every name of a file, links among them. */
function identity(path: string): string {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return join(realPath(dirname(resolve(path))), basename(path)); // it is not there yet
  }
}

function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
