/**
 * One document, generated as its user would: what came of it.
 */
import { join } from "node:path";
import { generate, InputError, type Problem } from "../../generator/index.js";
import type { Document } from "./documents.js";

export type Outcome =
  | { readonly kind: "generated"; readonly files: readonly string[]; readonly warnings: readonly Defect[] }
  | { readonly kind: "refused"; readonly errors: readonly Defect[] }
  /** Anything else that was thrown: a mistake of ours. */
  | { readonly kind: "crashed"; readonly stack: string };

export interface Attempt {
  readonly document: Document;
  readonly outcome: Outcome;
  readonly milliseconds: number;
}

/** A problem as its reader meets it. */
export interface Defect {
  readonly rule: string;
  readonly message: string;
  /** `chat.yaml:7:3`; absent where the problem names no place. */
  readonly place?: string;
}

/** Generates into the folder. */
export async function attempt(document: Document, folder: string): Promise<Attempt> {
  const start = performance.now();
  const outcome = await outcomeOf(document, folder);
  return { document, outcome, milliseconds: performance.now() - start };
}

async function outcomeOf({ path, root }: Document, out: string): Promise<Outcome> {
  try {
    const { warnings, changed, unchanged } = await generate(path, { root, out });
    const files = [...changed, ...unchanged].map((name) => join(out, name));
    return { kind: "generated", files, warnings: warnings.map(defect) };
  } catch (error) {
    if (!(error instanceof InputError)) {
      return { kind: "crashed", stack: String(error instanceof Error ? error.stack : error) };
    }
    return {
      kind: "refused",
      errors: error.problems.filter(({ severity }) => severity === "error").map(defect),
    };
  }
}

function defect({ rule, message, place }: Problem): Defect {
  if (!place) return { rule, message };
  const { line, column } = place.file.position(place.path);
  return { rule, message, place: `${place.file.path}:${line}:${column}` };
}
