/**
 * How many problems of a severity there are, in words.
 */
import type { Problem, Severity } from "../problem.js";

/** `2 errors`, `1 warning`; nothing for none. */
export function counted(problems: readonly Pick<Problem, "severity">[], ...severities: readonly Severity[]): string[] {
  return severities.flatMap((severity) => {
    const found = problems.filter((problem) => problem.severity === severity).length;
    return found === 0 ? [] : `${found} ${severity}${found === 1 ? "" : "s"}`;
  });
}
