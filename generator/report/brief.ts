/**
 * What of many warnings is shown: a document of another house may have hundreds of one kind. Errors and notes are all shown.
 */
import type { Problem } from "../problem.js";

/** Warnings of one rule that are shown with their place. */
const SHOWN = 3;

/** Characters of a warning that are shown; lists of names may be far longer. */
const LENGTH = 400;

export interface Brief {
  readonly shown: readonly Problem[];
  /** How many more there are, by rule. */
  readonly more: ReadonlyMap<string, number>;
  /** Whether a warning that is shown is not shown whole. */
  readonly isCut: boolean;
}

/** The first few of each rule. */
export function briefly(problems: readonly Problem[]): Brief {
  const seen = new Map<string, number>();
  const kept = problems.filter(({ severity, rule }) => {
    if (severity !== "warning") return true; // a note is said once
    const count = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, count);
    return count <= SHOWN;
  });
  const shown = kept.map((problem) => ({ ...problem, message: shortened(problem) }));
  return {
    shown,
    more: new Map([...seen].flatMap(([rule, count]) => (count > SHOWN ? [[rule, count - SHOWN]] : []))),
    isCut: shown.some(({ message }, index) => message !== kept[index]?.message),
  };
}

/** Cut at the last comma that leaves enough; at a blank where there is none. */
function shortened({ severity, message }: Problem): string {
  if (severity === "error" || message.length <= LENGTH) return message;
  const head = message.slice(0, LENGTH);
  const comma = head.lastIndexOf(", ");
  const end = comma > LENGTH / 2 ? comma + 1 : Math.max(head.lastIndexOf(" "), LENGTH / 2);
  return `${head.slice(0, end)} …`;
}
