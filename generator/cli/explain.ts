/**
 * `actionwire explain`: what a rule means and what to do; without one, which rules there are.
 */
import { explain, explainList, isRule, nearestRule } from "../rules/index.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

export function runExplain(rule: string | undefined, { print, printColor = false }: Terminal): number {
  if (rule !== undefined && !isRule(rule)) {
    throw new UsageError(
      `There is no rule ${JSON.stringify(rule)}; ${nearestRule(rule) ?? "actionwire explain lists them"}`,
    );
  }
  print(rule === undefined ? explainList() : explain(rule, { color: printColor }));
  return 0;
}
