import type { RuleId } from "../rules/rules.js";

/** Something a schema says that its validator does not check. */
export interface Warning {
  /** As problems are called: kebab-case, stable. */
  readonly rule: RuleId;
  /** The name of the type. */
  readonly type: string;
  /** Pointer into its schema. */
  readonly path: string;
  readonly message: string;
}

/** What is said of a regular expression that flagsFor knows no flags for. */
export function badPattern(pattern: string): string {
  return `${JSON.stringify(pattern)} is no regular expression of JavaScript; it is not checked`;
}
