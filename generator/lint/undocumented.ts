/**
 * Messages of which neither operation, message nor payload says what they are for.
 */
import type { Action, TypeDeclaration } from "../contract.js";
import { isMembers } from "../normalise/keywords.js";
import { counted, listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { actionsOf, typesByName } from "./spots.js";

export const undocumented: LintRule = {
  id: "undocumented",
  level: "note",
  check(contract, _root, report) {
    const types = typesByName(contract);
    const actions = actionsOf(contract);
    const silent = actions.filter((action) => !isDocumented(action, types.get(action.payload)));
    const [first] = silent;
    if (!first) return;
    report(
      `${silent.length} of ${counted(actions.length, "message")} ${silent.length === 1 ? "has" : "have"} no description: ${listed(silent.map(({ title }) => title))}`,
      first.at,
      'a "summary" or "description" at the message becomes the doc comment of its method',
    );
  },
};

function isDocumented({ doc }: Action, type: TypeDeclaration | undefined): boolean {
  return doc?.text !== undefined || (isMembers(type?.schema) && typeof type.schema["description"] === "string");
}
