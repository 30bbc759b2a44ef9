/**
 * A defect of the input, and the one error class of the generator.
 */
import type { Place } from "./document.js";
import type { RuleId } from "./rules/rules.js"; // types alone: what rules say is read only where it is asked for

/**
 * An error refuses a document, a warning does so where it is asked to (`strict`), a note never does: it says how
 * something was understood that means something else by the letter.
 */
export type Severity = "error" | "warning" | "note";

/** What findings of a rule count as; `off` is not to hear of them. */
export type Level = Severity | "off";

/** Levels by rule. */
export type Levels = Readonly<Record<string, Level>>;

/** One defect: what is wrong, where, and what to do about it. */
export interface Problem {
  /** What rules/ explains. */
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Absent only where no place exists (a file that is not there). */
  readonly place?: Place;
}

export interface ProblemsOptions {
  /** Warnings refuse a document as errors do; those that `levels` make so, too. Default: false. */
  readonly strict?: boolean | undefined;
  /** What warnings and notes count as. Errors stay errors: a document that has no meaning is given none. */
  readonly levels?: Levels | undefined;
}

/** Collects what is found on the way, so that one run reports every defect. */
export class Problems {
  /** As reported; what they count as is asked at the end, so that one run finds all. */
  #all: Problem[] = [];
  readonly #said = new Set<string>();
  readonly #strict: boolean;
  readonly #levels: ReadonlyMap<string, Level>;

  constructor({ strict = false, levels = {} }: ProblemsOptions = {}) {
    this.#strict = strict;
    this.#levels = new Map(Object.entries(levels));
  }

  /** At their levels, without those that are off. */
  get all(): readonly Problem[] {
    return this.#all.flatMap((problem) => this.#levelled(problem));
  }

  error(rule: RuleId, message: string, place?: Place, hint?: string): void {
    this.#add("error", rule, message, place, hint);
  }

  warn(rule: RuleId, message: string, place?: Place, hint?: string): void {
    this.#add("warning", rule, message, place, hint);
  }

  note(rule: RuleId, message: string, place?: Place, hint?: string): void {
    this.#add("note", rule, message, place, hint);
  }

  /** Whether this was reported, at whatever level. */
  has(rule: RuleId): boolean {
    return this.#all.some((problem) => problem.rule === rule);
  }

  /** Errors of which `mild` is true become warnings. */
  demote(mild: (place: Place) => boolean): void {
    this.#all = this.#all.map((problem) => {
      if (problem.severity !== "error" || !problem.place || !mild(problem.place)) return problem;
      const message = `${problem.message}; nothing that is generated depends on it`;
      return { ...problem, severity: "warning", message };
    });
  }

  /** What of this is told, and as what: at their levels, warnings as errors where they count as such. */
  get counted(): readonly Problem[] {
    if (!this.#strict) return this.all;
    return this.all.map((problem) => (problem.severity === "warning" ? { ...problem, severity: "error" } : problem));
  }

  /** Findings of others as they count here. */
  counting(found: readonly Problem[]): readonly Problem[] {
    const others = new Problems({ strict: this.#strict, levels: Object.fromEntries(this.#levels) });
    others.#all = [...found];
    return others.counted;
  }

  get hasErrors(): boolean {
    return this.#all.some(isError);
  }

  /** Ends the run here if anything so far makes going on pointless. */
  throwIfErrors(): void {
    if (this.hasErrors) this.#throw();
  }

  /** Ends the run before anything is written: with errors, and with what counts as such. */
  throwIfRefused(): void {
    if (this.counted.some(isError)) this.#throw();
  }

  #throw(): never {
    throw new InputError(this.counted);
  }

  #levelled(problem: Problem): readonly Problem[] {
    const level = isError(problem) ? undefined : this.#levels.get(problem.rule);
    if (level === "off") return [];
    return [level === undefined ? problem : { ...problem, severity: level }];
  }

  #add(severity: Severity, rule: RuleId, message: string, place?: Place, hint?: string): void {
    // A message that several operations list is read as often; what is wrong with it is said once.
    const same = JSON.stringify([rule, message, place?.file.path, place?.path]);
    if (this.#said.has(same)) return;
    this.#said.add(same);
    this.#all.push({ rule, severity, message, ...(hint && { hint }), ...(place && { place }) });
  }
}

function isError({ severity }: Problem): boolean {
  return severity === "error";
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
