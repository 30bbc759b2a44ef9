/**
 * A defect of the input, and the one error class of the generator.
 */
import type { Place } from "./document.js";

export type Severity = "error" | "warning";

/** One defect: what is wrong, where, and what to do about it. */
export interface Problem {
  /** Stable, kebab-case: `dangling-ref`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Absent only where no place exists (a file that is not there). */
  readonly place?: Place;
}

/** Collects what is found on the way, so that one run reports every defect. */
export class Problems {
  readonly all: Problem[] = [];
  readonly #said = new Set<string>();

  error(rule: string, message: string, place?: Place, hint?: string): void {
    this.#add("error", rule, message, place, hint);
  }

  warn(rule: string, message: string, place?: Place, hint?: string): void {
    this.#add("warning", rule, message, place, hint);
  }

  get errors(): readonly Problem[] {
    return this.all.filter((problem) => problem.severity === "error");
  }

  /** Ends the run here if anything so far makes going on pointless. */
  throwIfErrors(): void {
    if (this.errors.length > 0) throw new InputError(this.all);
  }

  #add(severity: Severity, rule: string, message: string, place?: Place, hint?: string): void {
    // A message that several operations list is read as often; what is wrong with it is said once.
    const same = JSON.stringify([rule, message, place?.file.path, place?.path]);
    if (this.#said.has(same)) return;
    this.#said.add(same);
    this.all.push({ rule, severity, message, ...(hint && { hint }), ...(place && { place }) });
  }
}

/** The input cannot be used; `problems` says why, with places. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map((problem) => `${problem.rule}: ${problem.message}`).join("\n"));
    this.problems = problems;
  }
}
