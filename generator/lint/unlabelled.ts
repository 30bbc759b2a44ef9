/**
 * Messages that no constant names: they are told apart by the members they have, or by trying which schema fits. What cannot
 * be told apart at all is a warning of its own, `look-alike`.
 */
import type { Dispatch } from "../contract.js";
import { listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { directionsOf } from "./spots.js";

export const unlabelled: LintRule = {
  id: "unlabelled",
  level: "warning",
  check(contract, _root, report) {
    for (const [way, { actions, dispatch }] of directionsOf(contract)) {
      const how = shaped(dispatch);
      const all = actions.filter(({ id, grouped }) => how.has(id) && !grouped);
      const [first] = all;
      if (!first || all.length < 2) continue;
      const by = all.some(({ id }) => how.get(id) === "fit") ? "trying which schema fits" : "the members they have";
      report(
        `nothing in ${all.length} messages ${way} names them; they are told apart by ${by}: ${listed(all.map(({ title }) => title))}`,
        first.at,
        'with a required constant in each, such as "type: { const: … }", no schema that grows can take what is another\'s',
      );
    }
  },
};

type How = "keys" | "fit";

/** Ids that a question about shape leads to, and no constant after it. */
function shaped(dispatch: Dispatch | undefined, here?: How): ReadonlyMap<string, How> {
  if (typeof dispatch === "string") return new Map(here ? [[dispatch, here]] : []);
  if (dispatch === null || dispatch === undefined) return new Map();
  if (dispatch.by === "frame")
    return all([dispatch.json, dispatch.text, dispatch.bytes].map((one) => shaped(one, here)));
  const next = dispatch.by === "keys" || dispatch.by === "fit" ? dispatch.by : undefined;
  const absent = dispatch.by === "value" ? shaped(dispatch.absent) : new Map<string, How>();
  return all([...dispatch.cases.map(([, then]) => shaped(then, next)), absent, shaped(dispatch.otherwise, next)]);
}

function all(parts: readonly ReadonlyMap<string, How>[]): ReadonlyMap<string, How> {
  return new Map(parts.flatMap((part) => [...part]));
}
