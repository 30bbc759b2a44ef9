/**
 * What a rule of lint is: a question to the contract about what generates but will hurt.
 */
import type { At, Contract } from "../contract.js";
import type { Node } from "../document.js";

/** `off`: asked only where the configuration gives it another level. */
export type Level = "off" | "note" | "warning" | "error";

/** `at`: where in the document, as the contract says it. */
export type Report = (message: string, at: At, hint?: string) => void;

export interface LintRule {
  /** Stable, kebab-case. */
  readonly id: string;
  /** Unless the configuration says another. */
  readonly level: Level;
  /** A rule of `generate` that, where it has spoken, has said the same. */
  readonly unless?: string;
  check(contract: Contract, root: Node, report: Report): void;
}
