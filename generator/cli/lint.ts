/**
 * `actionwire lint`: what generates, but will hurt.
 */
import { contractOf } from "../generate.js";
import { lint } from "../lint/lint.js";
import { InputError, type Problem, Problems } from "../problem.js";
import { tell } from "./findings.js";
import type { Flags } from "./flags.js";
import { workOf } from "./jobs.js";
import { refuseLoss } from "./reports.js";
import type { Terminal } from "./terminal.js";

export async function runLint(
  flags: Flags & { readonly inputs: readonly string[] },
  terminal: Terminal,
): Promise<number> {
  const { jobs, warnings, telling } = await workOf("lint", flags);
  const found: Problem[] = [...warnings];
  const read: string[] = [];
  const reading = (path: string) => void read.push(path);
  let exit = 0;
  for (const { document, settings, written } of jobs) {
    const problems = new Problems({ strict: settings.strict, levels: settings.rules });
    try {
      const options = { ...settings, ...(written && { written }), reading };
      const { contract, root } = await contractOf(document, options, problems);
      lint(contract, root, problems, settings.rules);
      found.push(...problems.counted);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      found.push(...error.problems);
      exit = 2;
    }
  }
  refuseLoss(telling.formats, read);
  await tell(found, { ...telling, areResult: true }, terminal);
  if (found.length === 0 && !telling.quiet) terminal.say("Nothing to say against it.");
  return exit || (found.some(({ severity }) => severity === "error") ? 1 : 0);
}
