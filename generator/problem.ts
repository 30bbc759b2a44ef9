/**
 * A defect of the input, and the one error class of the generator.
 */
import type { Place } from "./document.js";

/**
 * An error refuses a document, a warning does so where it is asked to (`strict`), a note never does: it says how
 * something was understood that means something else by the letter.
 */
export type Severity = "error" | "warning" | "note";

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
  #all: Problem[] = [];
  readonly #said = new Set<string>();
  readonly #strict: boolean;

  /** `strict`: warnings refuse a document as errors do. */
  constructor({ strict = false }: { readonly strict?: boolean | undefined } = {}) {
    this.#strict = strict;
  }

  get all(): readonly Problem[] {
    return this.#all;
  }

  error(rule: string, message: string, place?: Place, hint?: string): void {
    this.#add("error", rule, message, place, hint);
  }

  warn(rule: string, message: string, place?: Place, hint?: string): void {
    this.#add("warning", rule, message, place, hint);
  }

  note(rule: string, message: string, place?: Place, hint?: string): void {
    this.#add("note", rule, message, place, hint);
  }

  get errors(): readonly Problem[] {
    return this.all.filter((problem) => problem.severity === "error");
  }

  /** Errors of which `mild` is true become warnings. */
  demote(mild: (place: Place) => boolean): void {
    this.#all = this.#all.map((problem) => {
      if (problem.severity !== "error" || !problem.place || !mild(problem.place)) return problem;
      const message = `${problem.message}; nothing that is generated depends on it`;
      return { ...problem, severity: "warning", message };
    });
  }

  /** Ends the run here if anything so far makes going on pointless. */
  throwIfErrors(): void {
    if (this.errors.length > 0) this.#throw();
  }

  /** Ends the run before anything is written: with errors, and where warnings count as such, with those. */
  throwIfRefused(): void {
    if (this.#all.some((problem) => this.#counted(problem).severity === "error")) this.#throw();
  }

  #throw(): never {
    throw new InputError(this.#all.map((problem) => this.#counted(problem)));
  }

  /** A warning as an error, where warnings count as such. */
  #counted(problem: Problem): Problem {
    return this.#strict && problem.severity === "warning" ? { ...problem, severity: "error" } : problem;
  }

  #add(severity: Severity, rule: string, message: string, place?: Place, hint?: string): void {
    // A message that several operations list is read as often; what is wrong with it is said once.
    const same = JSON.stringify([rule, message, place?.file.path, place?.path]);
    if (this.#said.has(same)) return;
    this.#said.add(same);
    this.#all.push({ rule, severity, message, ...(hint && { hint }), ...(place && { place }) });
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
