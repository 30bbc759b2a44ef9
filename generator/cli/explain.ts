/**
 * `actionwire explain`: what a rule means and what to do; without one, which rules there are.
 */
import { explain, explainList, noSuchRule } from "../rules/explain.js";
import { isRule } from "../rules/rules.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

export function runExplain(rule: string | undefined, { print, printColor: color = false, columns }: Terminal): number {
  if (rule !== undefined && !isRule(rule)) {
    throw new UsageError(noSuchRule(rule));
  }
  print(rule === undefined ? explainList({ color }) : explain(rule, { color, columns }));
  return 0;
}
