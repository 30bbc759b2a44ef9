/**
 * What an error has to say of the input, or of the machine; undefined where it is a mistake of ours.
 */
import { InputError, type Problem } from "./problem.js";

export function problemsOf(error: unknown): readonly Problem[] | undefined {
  if (error instanceof InputError) return error.problems;
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (!(error instanceof Error) || typeof code !== "string" || !/^E[A-Z]+$/.test(code)) return undefined;
  return [{ rule: "file-system", severity: "error", message: error.message }];
}
