/**
 * What a rule of lint is: a question to the contract about what generates but will hurt.
 */
import type { At, Contract } from "../contract.js";
import type { Node } from "../document.js";
import type { Level } from "../problem.js";
import type { RuleId } from "../rules/rules.js";

/** `at`: where in the document, as the contract says it. */
export type Report = (message: string, at: At, hint?: string) => void;

export interface LintRule {
  readonly id: RuleId;
  /** Unless the configuration says another. `off`: asked only where it does. */
  readonly level: Level;
  /** A rule of `generate` that, where it has spoken, has said the same. */
  readonly unless?: RuleId;
  check(contract: Contract, root: Node, report: Report): void;
}
