/**
 * Problems as a terminal shows them: where, what, the lines around it, and what to do.
 */
import type { Problem } from "../problem.js";
import { type Brief, briefly } from "./brief.js";
import { codeFrame, printable } from "./code-frame.js";
import { isNote, type Located, located } from "./located.js";
import { type Palette, palette } from "./paint.js";
import { counted } from "./summary.js";

export interface FormatOptions {
  readonly color: boolean;
  /** How wide the terminal is; 120 where nobody knows. */
  readonly columns?: number | undefined;
  /** Only some warnings of each rule, and of long ones the beginning. Default: all, in full. */
  readonly brief?: boolean | undefined;
  /** Errors alone. Default: warnings and notes, too. */
  readonly quiet?: boolean | undefined;
}

/** How wide text is laid out that goes to no terminal. */
const COLUMNS = 120;

/** Ends with a count, and with no newline. Empty for none. */
export function formatProblems(
  all: readonly Problem[],
  { color, columns = 0, brief = false, quiet = false }: FormatOptions,
): string {
  const problems = quiet ? all.filter(({ severity }) => severity === "error") : all;
  if (problems.length === 0) return "";
  const paint = palette(color);
  const { shown, more, isCut }: Brief = brief ? briefly(problems) : { shown: problems, more: new Map(), isCut: false };
  const sorted = located(shown);
  const blocks = (some: readonly Located[]): string[] => some.map((one) => block(one, columns || COLUMNS, paint));
  const rest = [...more].map(([rule, count]) => `  … and ${count} more of ${rule}`);
  return [
    ...blocks(sorted.filter((one) => !isNote(one))),
    ...(rest.length > 0 ? [rest.join("\n")] : []),
    ...blocks(sorted.filter(isNote)),
    summary(problems, shown, isCut),
  ].join("\n\n");
}

function block({ problem, at }: Located, columns: number, paint: Palette): string {
  const where = at ? [paint("strong")(`${printable(at.shown)}:${at.line}:${at.column}`)] : [];
  const head = [...where, paint(problem.severity)(problem.severity), paint("dim")(problem.rule)].join(" ");
  const lines = [`${head}  ${printable(problem.message)}`];
  for (const { gutter, text, mark } of at?.text ? codeFrame(at.text, at, columns) : []) {
    lines.push(`${paint("dim")(`  ${gutter} |`)} ${text}`.trimEnd());
    if (mark) lines.push(`${paint("dim")(`  ${" ".repeat(gutter.length)} |`)} ${paint(problem.severity)(mark)}`);
  }
  if (problem.hint) lines.push(`  ${paint("hint")("hint:")} ${printable(problem.hint)}`);
  return lines.join("\n");
}

/** `2 errors, 1 warning, 1 note`; `12 warnings, 7 shown; --verbose shows all` */
function summary(problems: readonly Problem[], shown: readonly Problem[], isCut: boolean): string {
  const warnings = shown.filter(({ severity }) => severity === "warning").length;
  const isPart = shown.length < problems.length;
  const part = isPart ? [`${warnings} shown`] : [];
  const all = [...counted(problems, "error", "warning"), ...part, ...counted(problems, "note")].join(", ");
  if (isPart) return `${all}; --verbose shows all`;
  return isCut ? `${all}; --verbose shows all of what is cut short` : all;
}
