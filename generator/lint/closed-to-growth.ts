/**
 * What a server says, where members that come later would be refused. Clients made here take them; others may not.
 */
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { payloadsOf, spotsOf } from "./spots.js";

export const closedToGrowth: LintRule = {
  id: "closed-to-growth",
  level: "note",
  check(contract, _root, report) {
    const found = spotsOf(contract, payloadsOf(contract, "toClient")).filter(
      ({ schema }) =>
        (schema["additionalProperties"] === false || schema["unevaluatedProperties"] === false) &&
        schema["patternProperties"] === undefined,
    );
    const [first] = found;
    if (!first) return;
    const names = [...new Set(found.map(({ name, at }) => name || at.replace(/^.*\//, "")))];
    report(
      `${counted(found.length, "object")} that the server says may never have another member: ${listed(names)}`,
      first.at,
      'without "additionalProperties: false" a server can say more tomorrow than its clients know today',
    );
  },
};
