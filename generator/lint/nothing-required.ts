/**
 * Payloads without a required member: `{}` is one of them, and every reader has to ask whether anything is there.
 */
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { actionsOf, membersOf } from "./spots.js";

/** Options may all be left out; of so many members few mean that. */
const MEMBERS = 3;

export const nothingRequired: LintRule = {
  id: "nothing-required",
  level: "note",
  check(contract, _root, report) {
    const actions = actionsOf(contract);
    const loose = actions.filter(({ payload }) => {
      const { all, required } = membersOf(contract, payload);
      return all.length >= MEMBERS && required.length === 0;
    });
    const [first] = loose;
    if (!first) return;
    report(
      `${loose.length} of ${counted(actions.length, "message")} ${loose.length === 1 ? "requires" : "require"} no member, so {} is valid: ${listed(loose.map(({ title }) => title))}`,
      first.at,
      'list what is always there under "required": types lose their question marks, and validators see what is missing',
    );
  },
};
