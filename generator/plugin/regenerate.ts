/**
 * One run within a bundler: everything the configuration names, or some of it.
 */
import { resolve } from "node:path";
import { findConfig } from "../config/find.js";
import { jobsFor } from "../config/jobs.js";
import { readConfig } from "../config/read.js";
import { carryOut } from "../generate.js";
import { planAll } from "../plan-all.js";
import { InputError, type Problem, Problems } from "../problem.js";

export interface PluginOptions {
  /** The configuration's path; `actionwire.config.*` in the project's folder by default. */
  readonly config?: string;
  /** Names of the contracts to generate; all by default. */
  readonly contracts?: readonly string[];
}

export interface Outcome {
  /** Absolute paths of the files that what is generated depends on. */
  readonly read: ReadonlySet<string>;
  /** What has to be mended first; then nothing was written. */
  readonly errors: readonly Problem[];
  /** What else was noticed. */
  readonly warnings: readonly Problem[];
}

/** Never throws for what is wrong with the input. `again`: in a process that has done so before. */
export async function regenerate(folder: string, options: PluginOptions, again: boolean): Promise<Outcome> {
  const read = new Set<string>();
  try {
    const problems = new Problems();
    const named = options.config === undefined ? await findConfig(folder, problems) : resolve(folder, options.config);
    if (named === undefined) {
      problems.error("no-config", `there is no configuration in ${folder}`, undefined, "actionwire init writes one.");
    }
    problems.throwIfErrors();
    if (named === undefined) throw new Error("what is not there was an error");
    read.add(named);
    const config = await readConfig(named, again);
    const jobs = jobsFor(options.contracts ?? [], {}, config, problems);
    problems.throwIfErrors();
    const { plans, refused } = await planAll(jobs, { reading: (path) => read.add(path) });
    if (refused.length > 0) return outcome(read, refused);
    const done = await carryOut(plans.map(({ plan }) => plan));
    return outcome(
      read,
      done.flatMap(({ warnings, routes }) => [...warnings, ...(routes?.findings ?? [])]),
    );
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return outcome(read, error.problems);
  }
}

function outcome(read: ReadonlySet<string>, problems: readonly Problem[]): Outcome {
  const isError = ({ severity }: Problem) => severity === "error";
  return { read, errors: problems.filter(isError), warnings: problems.filter((problem) => !isError(problem)) };
}
