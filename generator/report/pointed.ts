/**
 * Where in a text a problem points to. Places are where members begin, with their keys; what is wrong mostly is the value.
 */
import { type Place, type Position, type SourceFile, valueAt } from "../document.js";
import type { Problem } from "../problem.js";
import type { RuleId } from "../rules/rules.js";

/** What these rules find wrong with a member is its name, or that it is there. */
const OF_NAMES: ReadonlySet<RuleId> = new Set<RuleId>([
  "unknown-key",
  "unknown-rule",
  "reserved-name",
  "not-a-document",
  "misplaced-ref",
  "beside-ref",
]);

/** At a text, a number or the like that stands behind its key in one line; else where the place begins. */
export function pointedAt({ rule }: Problem, { file, path }: Place): Position {
  const at = file.position(path);
  const key = path.at(-1);
  if (OF_NAMES.has(rule) || typeof key !== "string") return at;
  const line = lineOf(file, at.line);
  const behind = behindKey(line, at.column - 1, key);
  if (behind === undefined || !begins(line.slice(behind), valueAt({ file, path }))) return at;
  return { line: at.line, column: behind + 1 };
}

/** Where lines begin, by file: there may be many findings in a large one. */
const begun = new WeakMap<SourceFile, readonly number[]>();

function lineOf(file: SourceFile, line: number): string {
  const starts = begun.get(file) ?? [0, ...Array.from(file.text.matchAll(/\n/g), ({ index }) => index + 1)];
  begun.set(file, starts);
  return file.text.slice(starts[line - 1], starts[line]);
}

/** Where something stands behind a key and its colon; undefined where it is not this key that stands there. */
function behindKey(line: string, start: number, key: string): number | undefined {
  const written = [key, JSON.stringify(key), `'${key}'`].find((text) => line.startsWith(text, start));
  if (written === undefined) return undefined;
  const end = start + written.length;
  const colon = (written === key ? /^\s*:\s+/ : /^\s*:\s*/).exec(line.slice(end));
  return colon ? end + colon[0].length : undefined;
}

/** Whether a text begins with a value that is no list or map. */
function begins(text: string, value: unknown): boolean {
  if (typeof value === "string") return /^["']/.test(text) || (value !== "" && text.startsWith(value));
  return ["number", "bigint", "boolean"].includes(typeof value) && /^[-+.\w]/.test(text);
}
