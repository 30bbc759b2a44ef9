/**
 * What the schemas of a contract say and nothing generated will check, each at its place in the document.
 */
import type { Contract } from "../contract.js";
import type { Node } from "../document.js";
import type { Problems } from "../problem.js";
import { normalise } from "./normalise.js";

export function warnOfUnchecked({ types }: Contract, root: Node, problems: Problems): void {
  const places = new Map(types.map(({ name, at }) => [name, at]));
  // A tolerant twin says what its original says.
  for (const { rule, type, path, message } of normalise(types.filter(({ untyped }) => !untyped)).warnings) {
    const at = places.get(type) ?? "";
    const place = root.follow(`${at}${path}`) ?? root.follow(at);
    problems.warn(rule, place ? message : `${type}${path}: ${message}`, place);
  }
}
