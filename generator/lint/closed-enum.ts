/**
 * Choices in what a server says: a value that comes later makes the whole message invalid to clients that are out already.
 */
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { payloadsOf, spotsOf } from "./spots.js";

export const closedEnum: LintRule = {
  id: "closed-enum",
  level: "off",
  check(contract, _root, report) {
    const found = spotsOf(contract, payloadsOf(contract, "toClient")).filter(
      ({ schema: { enum: choice } }) => Array.isArray(choice) && choice.length > 1,
    );
    const [first] = found;
    if (!first) return;
    report(
      `clients refuse a message with a new value in ${counted(found.length, "place")}: ${listed(found.map(({ name }) => name || "the payload"))}`,
      first.at,
      'where values may be added, say "anyOf: [{ enum: … }, { type: string }]"',
    );
  },
};
