/**
 * From a validator's verdict to what a person can act on: where, what was expected, what was found.
 */
import type { Place, Validate, ValidateError } from "./api.js";
import type { Problem } from "./errors.js";
import { problem } from "./validation/explain.js";
import { reasons } from "./validation/meant.js";
import { trees } from "./validation/trees.js";

/** What to do with a value that does not fit: refuse it, let it pass and say so, or do not look at all. */
export type ValidationPolicy = "reject" | "warn" | "off";

/** More problems are not told. */
const MOST = 20;

/** A value as its validator leaves it, which makes numbers the bigints that a schema says, and why it does not fit. */
export function checked(
  validate: Validate,
  value: unknown,
): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const holder = { value };
  const problems = problemsOf(validate, value, { parentData: holder, parentDataProperty: "value" });
  return { value: holder.value, problems };
}

/** Why a value does not fit; empty where it does. */
export function problemsOf(validate: Validate, value: unknown, place?: Place): readonly Problem[] {
  if (validate(value, place)) return [];
  const problems = explained(validate.errors ?? [], value);
  return problems.length > 0 ? problems : [{ path: "", message: "does not fit its schema" }];
}

/** `/text: must be a string, but is 1 (a number); /room: must match the pattern …` */
export function sayProblems(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
}

/** Each problem once, by place: `/2` stands before `/10`. */
function explained(errors: readonly ValidateError[], value: unknown): Problem[] {
  const told = new Map<string, Problem>();
  for (const reason of trees(errors).flatMap((tree) => reasons(tree))) {
    if (told.size === MOST) break;
    const one = problem(reason, value);
    told.set(`${one.path}: ${one.message}`, one);
  }
  return [...told.values()].sort((one, other) => one.path.localeCompare(other.path, "en", { numeric: true }));
}
