/**
 * Patterns without anchors in what a client sends: any text that has a match somewhere in it fits.
 */
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { payloadsOf, spotsOf } from "./spots.js";

export const openPattern: LintRule = {
  id: "open-pattern",
  level: "warning",
  check(contract, _root, report) {
    const found = spotsOf(contract, payloadsOf(contract, "toServer")).filter(
      ({ schema: { pattern } }) => typeof pattern === "string" && !/^\(?\^|\$\)?$|^\(\?[=!]/.test(pattern),
    );
    const [first] = found;
    if (!first) return;
    report(
      `${counted(found.length, "pattern")} without ^ and $ takes any text with a match somewhere in it: ${listed(found.map(({ name, schema }) => `${name} (${schema["pattern"]})`))}`,
      first.at,
      "write ^(…)$ where the whole text is meant",
    );
  },
};
