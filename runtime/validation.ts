/**
 * From a validator's verdict to what a person can act on.
 */
import type { Place, Validate, ValidateError } from "./api.js";
import type { Problem } from "./errors.js";

/** What to do with a value that does not fit: refuse it, let it pass and say so, or do not look at all. */
export type ValidationPolicy = "reject" | "warn" | "off";

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
  const errors = validate.errors ?? [];
  return errors.length > 0 ? errors.map(problem) : [{ path: "", message: "does not fit its schema" }];
}

/** `/text: must be string; /room: must match pattern "…"` */
export function sayProblems(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join("; ");
}

function problem({ instancePath, keyword, params, message }: ValidateError): Problem {
  return { path: instancePath, message: (message ?? `violates ${keyword}`) + detail(keyword, params) };
}

/** What ajv's sentence leaves out: the values allowed, the member nobody expects. */
function detail(keyword: string, params: Readonly<Record<string, unknown>>): string {
  if (keyword === "enum") return `: ${JSON.stringify(params["allowedValues"])}`;
  if (keyword === "const") return `: ${JSON.stringify(params["allowedValue"])}`;
  if (keyword === "additionalProperties") return `: ${JSON.stringify(params["additionalProperty"])}`;
  if (keyword === "format" && /^u?int64$/.test(String(params["format"]))) return TOO_LARGE;
  return "";
}

const TOO_LARGE = '; a number holds integers up to 2^53 exactly, for larger ones generate with int64: "bigint"';
