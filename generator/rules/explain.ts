/**
 * A rule at length, and all of them in brief, as a terminal shows them.
 */
import { didYouMean } from "../nearest.js";
import { type Palette, palette } from "../report/paint.js";
import type { Rule } from "./rule.js";
import { RULES, type RuleId, SUBJECTS } from "./rules.js";

export interface ExplainOptions {
  readonly color?: boolean;
  /** How wide the terminal is; at most 100 are used. Default: 80. */
  readonly columns?: number | undefined;
}

/** Lines longer than this are hard to follow. */
const WIDEST = 100;

/** What a rule means, why it matters, and what to do. Ends with no newline. */
export function explain(rule: RuleId, { color = false, columns = 80 }: ExplainOptions = {}): string {
  const paint = palette(color);
  const { title, why, mend, example } = RULES[rule];
  const width = Math.min(columns || WIDEST, WIDEST);
  return [
    `${paint("strong")(rule)}: ${title}`,
    wrapped(`Reported as: ${levelOf(RULES[rule])}`, width),
    wrapped(why.join(" "), width),
    wrapped(`What to do: ${mend.join(" ")}`, width),
    ...(example ? [indented("wrong", example.wrong, paint), indented("right", example.right, paint)] : []),
  ].join("\n\n");
}

/** Every rule with its title, by subject. */
export function explainList({ color = false }: ExplainOptions = {}): string {
  const paint = palette(color);
  const width = Math.max(...Object.keys(RULES).map((id) => id.length));
  const blocks = Object.entries(SUBJECTS).map(([subject, rules]) => {
    const lines = Object.entries(rules).map(([id, { severity, title }]) => {
      return `  ${id.padEnd(width)}  ${paint(severity)(severity.padEnd("warning".length))}  ${title}`;
    });
    return [paint("strong")(subject), ...lines].join("\n");
  });
  return [...blocks, "actionwire explain <rule> says more of one."].join("\n\n");
}

/** What is said to a word that is no rule. */
export function noSuchRule(word: string): string {
  const rest = didYouMean(word, Object.keys(RULES)) ?? "actionwire explain lists them";
  return `There is no rule ${JSON.stringify(word)}; ${rest}`;
}

function levelOf({ severity, yields, milder }: Rule): string {
  const spared = yields ? ["a warning where nothing that is generated depends on the place"] : [];
  return [severity, ...spared, ...(milder ? [milder.join(" ")] : [])].join("; ");
}

function indented(word: "wrong" | "right", lines: readonly string[], paint: Palette): string {
  return [paint(word === "wrong" ? "error" : "hint")(`${word}:`), ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Broken at blanks; a word that is too long has a line of its own. */
function wrapped(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join("\n");
}
