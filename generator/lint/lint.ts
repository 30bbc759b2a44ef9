/**
 * Asks every rule about a contract.
 */
import type { Contract } from "../contract.js";
import { keysOf, type Node, pointer } from "../document.js";
import type { Level, Levels, Problems } from "../problem.js";
import type { LintRule } from "./rule.js";
import { LINT_RULES } from "./rules.js";

/** Runs every rule; findings go to `problems` with their place. `levels`: other ones than the rules' own. */
export function lint(contract: Contract, root: Node, problems: Problems, levels: Levels = {}): void {
  for (const rule of LINT_RULES) {
    const level = levelOf(rule, levels);
    if (level === "off" || (rule.unless && problems.has(rule.unless))) continue;
    rule.check(contract, root, (message, at, hint) => {
      const place = placeOf(root, at);
      if (level === "error") problems.error(rule.id, message, place, hint);
      else if (level === "warning") problems.warn(rule.id, message, place, hint);
      else problems.note(rule.id, message, place, hint);
    });
  }
}

function levelOf({ id, level }: LintRule, levels: Levels): Level {
  return Object.hasOwn(levels, id) ? (levels[id] ?? level) : level;
}

/** What stands there, else what is around it: a schema that was translated from another language differs on the way. */
function placeOf(root: Node, at: string): Node | undefined {
  const [file = "", path = ""] = at.split(/#(.*)/s);
  for (let keys = keysOf(path); ; keys = keys.slice(0, -1)) {
    const node = root.follow(`${file}#${pointer(keys)}`);
    if (node || keys.length === 0) return node;
  }
}
