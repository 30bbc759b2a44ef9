/**
 * Problems as a terminal shows them: where, what, the lines around it, and what to do.
 */
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Brief, briefly } from "./brief.js";
import { codeFrame, printable } from "./code-frame.js";
import type { Place, Position } from "./document.js";
import type { Problem, Severity } from "./problem.js";

export interface FormatOptions {
  readonly color: boolean;
  /** How wide the terminal is; 120 where nobody knows. */
  readonly columns?: number | undefined;
  /** Only some warnings of each rule, and of long ones the beginning. Default: all, in full. */
  readonly brief?: boolean | undefined;
}

type Paint = (text: string) => string;

/** How wide text is laid out that goes to no terminal. */
const COLUMNS = 120;

/** SGR codes (ECMA-48, 8.3.117). */
const codes = { error: 31, warning: 33, note: 34, strong: 1, dim: 2, hint: 36 } as const;

/**
 * Sorted by file and position; problems without a place come first, and notes last. Ends with a count, and with no
 * newline. Empty for none.
 */
export function formatProblems(
  problems: readonly Problem[],
  { color, columns = 0, brief = false }: FormatOptions,
): string {
  if (problems.length === 0) return "";
  const paint = (name: keyof typeof codes): Paint =>
    color ? (text) => `\u001b[${codes[name]}m${text}\u001b[0m` : (text) => text;
  const { shown, more, isCut }: Brief = brief ? briefly(problems) : { shown: problems, more: new Map(), isCut: false };
  const located = shown.map((problem) => ({ problem, at: problem.place && locate(problem.place) }));
  located.sort((a, b) => compare(a.at, b.at));
  const isNote = ({ problem }: { problem: Problem }): boolean => problem.severity === "note";
  const blocks = (all: typeof located): string[] =>
    all.map(({ problem, at }) => block(problem, at, columns || COLUMNS, paint));
  const rest = [...more].map(([rule, count]) => `  … and ${count} more of ${rule}`);
  return [
    ...blocks(located.filter((one) => !isNote(one))),
    ...(rest.length > 0 ? [rest.join("\n")] : []),
    ...blocks(located.filter(isNote)),
    summary(problems, shown, isCut),
  ].join("\n\n");
}

interface Located extends Position {
  readonly file: string;
  readonly text: string;
}

function block(
  problem: Problem,
  at: Located | undefined,
  columns: number,
  paint: (name: keyof typeof codes) => Paint,
): string {
  const where = at ? [paint("strong")(`${at.file}:${at.line}:${at.column}`)] : [];
  const head = [...where, paint(problem.severity)(problem.severity), paint("dim")(problem.rule)].join(" ");
  const lines = [`${head}  ${printable(problem.message)}`];
  for (const { gutter, text, mark } of at?.text ? codeFrame(at.text, at, columns) : []) {
    lines.push(`${paint("dim")(`  ${gutter} |`)} ${text}`.trimEnd());
    if (mark) lines.push(`${paint("dim")(`  ${" ".repeat(gutter.length)} |`)} ${paint(problem.severity)(mark)}`);
  }
  if (problem.hint) lines.push(`  ${paint("hint")("hint:")} ${printable(problem.hint)}`);
  return lines.join("\n");
}

function locate({ file, path }: Place): Located {
  return { ...file.position(path), file: printable(shown(file.path, file.url)), text: file.text };
}

/** Relative to the working directory, as a shell's user would type it; a way up and around is shown in full. */
function shown(path: string, url: string | undefined): string {
  if (!url?.startsWith("file:")) return path;
  const absolute = fileURLToPath(url);
  const way = relative(process.cwd(), absolute);
  return (way.startsWith(`..${sep}..${sep}`) ? absolute : way).split(sep).join("/");
}

function compare(a: Located | undefined, b: Located | undefined): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1; // not by locale: the order is the same on any machine
  return a.line - b.line || a.column - b.column;
}

/** `2 errors, 1 warning, 1 note`; `12 warnings, 7 shown; --verbose shows all` */
function summary(problems: readonly Problem[], shown: readonly Problem[], isCut: boolean): string {
  const count = (severity: Severity): string[] => {
    const found = problems.filter((problem) => problem.severity === severity).length;
    return found === 0 ? [] : [`${found} ${severity}${found === 1 ? "" : "s"}`];
  };
  const warnings = shown.filter(({ severity }) => severity === "warning").length;
  const isPart = shown.length < problems.length;
  const counts = [...count("error"), ...count("warning"), ...(isPart ? [`${warnings} shown`] : []), ...count("note")];
  const all = counts.join(", ");
  if (isPart) return `${all}; --verbose shows all`;
  return isCut ? `${all}; --verbose shows all of what is cut short` : all;
}
