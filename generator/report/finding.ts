/**
 * A problem as machines are told of it.
 */
import { createHash } from "node:crypto";
import type { Problem, Severity } from "../problem.js";
import type { RuleId } from "../rules/rules.js";
import { type At, located } from "./located.js";

/** As `schemas/report.schema.json` describes it. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly pointer?: string;
  readonly fingerprint: string;
}

/** What is found in no file, to formats that ask for a place all the same. */
export const NOWHERE: { readonly file: string; readonly line: number } = { file: ".", line: 1 };

/** In the order of the text format. */
export function findingsOf(problems: readonly Problem[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return located(problems).map(({ problem, at }) => {
    const { rule, severity, message, hint } = problem;
    const what = identity(problem, at);
    const before = seen.get(what) ?? 0;
    seen.set(what, before + 1);
    const fingerprint = hashOf(before === 0 ? what : `${what} ${before}`);
    return { rule, severity, message, ...(hint !== undefined && { hint }), ...(at && placeOf(at)), fingerprint };
  });
}

function placeOf({ file, line, column, pointer }: At): Pick<Finding, "file" | "line" | "column" | "pointer"> {
  return { file, line, column, ...(pointer !== undefined && { pointer }) };
}

/** The same as long as it is the same defect: lines that are put in above it change nothing. */
function identity({ rule, message }: Problem, at: At | undefined): string {
  return JSON.stringify([rule, at?.file ?? null, at?.pointer ?? null, message]);
}

/** Long enough that two findings of one repository do not share it. */
function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
