/**
 * What there is to say of one kind of finding, apart from where it was found.
 */
import type { Severity } from "../problem.js";

export interface Rule {
  /** What is wrong, in one line. */
  readonly title: string;
  /** What it is reported as, at worst. */
  readonly severity: Severity;
  /** An error that is a warning where nothing that is generated depends on the place. */
  readonly yields?: boolean;
  /** Where else it is reported as less. */
  readonly milder?: Prose;
  /** What it means, and why it matters. */
  readonly why: Prose;
  /** What to do. */
  readonly mend: Prose;
  /** Lines of a document, in YAML: all of it, or a payload's schema. */
  readonly example?: { readonly wrong: readonly string[]; readonly right: readonly string[] };
}

/** Sentences, or parts of long ones, with a blank between them. */
export type Prose = readonly string[];
