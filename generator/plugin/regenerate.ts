/**
 * One run within a bundler: everything the configuration names, or some of it.
 */
import { resolve } from "node:path";
import { CONFIG_NAMES, findConfig } from "../config/find.js";
import { jobsFor } from "../config/jobs.js";
import { modulesOf } from "../config/modules.js";
import { readConfig } from "../config/read.js";
import { carryOut } from "../generate.js";
import { planAll } from "../plan-all.js";
import { type Problem, Problems } from "../problem.js";
import { problemsOf } from "../problems-of.js";

export interface PluginOptions {
  /** The configuration's path; `actionwire.config.*` in the project's folder by default. */
  readonly config?: string;
  /** Names of the contracts to generate; all by default. */
  readonly contracts?: readonly string[];
}

export interface Outcome {
  /** Absolute paths of the files that what is generated depends on. */
  readonly read: ReadonlySet<string>;
  /** What has to be mended: of the input, then nothing was written; or of the routes file. */
  readonly errors: readonly Problem[];
}

/** Never throws for what is wrong with the input. `again`: in a process that has done so before. */
export async function regenerate(folder: string, options: PluginOptions, again: boolean): Promise<Outcome> {
  const read = new Set<string>();
  try {
    const problems = new Problems();
    const named = options.config === undefined ? await findConfig(folder, problems) : resolve(folder, options.config);
    const files = named === undefined ? CONFIG_NAMES.map((name) => resolve(folder, name)) : modulesOf(named);
    for (const path of files) read.add(path);
    if (named === undefined) {
      problems.error("no-config", `there is no configuration in ${folder}`, undefined, "actionwire init writes one.");
    }
    problems.throwIfErrors();
    if (named === undefined) throw new Error("what is not there was an error");
    const config = await readConfig(named, again);
    const jobs = jobsFor(options.contracts ?? [], {}, config, problems);
    problems.throwIfErrors();
    const { plans, refused } = await planAll(jobs, { reading: (path) => read.add(path) });
    if (refused.length > 0) return outcome(read, refused);
    const done = await carryOut(plans.map(({ plan }) => plan));
    return outcome(
      read,
      done.flatMap(({ routes }) => routes?.findings ?? []),
    );
  } catch (error) {
    const problems = problemsOf(error);
    if (!problems) throw error;
    return outcome(read, problems);
  }
}

function outcome(read: ReadonlySet<string>, problems: readonly Problem[]): Outcome {
  return { read, errors: problems.filter(({ severity }) => severity === "error") };
}
