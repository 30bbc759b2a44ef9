/**
 * Plans for several contracts: each is read, so that one run tells what is wrong with all of them.
 */
import type { Job } from "./config/resolve.js";
import { type GenerateOptions, type Plan, plan } from "./generate.js";
import { InputError, type Problem } from "./problem.js";
import { shownPath } from "./shown-path.js";

export interface Planned {
  readonly job: Job;
  readonly plan: Plan;
}

/** What is said of this run alone. */
export interface RunOptions extends Pick<GenerateOptions, "rename" | "prune" | "reading"> {
  /** Shows what is being done; called where it takes long. */
  readonly progress?: ((text: string) => void) | undefined;
}

/** Milliseconds after which work is worth a word. */
const LONG = 500;

export async function planAll(
  jobs: readonly Job[],
  { progress, ...options }: RunOptions,
): Promise<{ readonly plans: readonly Planned[]; readonly refused: readonly Problem[] }> {
  const plans: Planned[] = [];
  const refused: Problem[] = [];
  const started = performance.now();
  for (const [index, job] of jobs.entries()) {
    if (performance.now() - started > LONG) progress?.(`${index + 1} of ${jobs.length}: ${shownPath(job.document)}`);
    try {
      plans.push({ job, plan: await planOne(job, options) });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      refused.push(...error.problems);
    }
  }
  progress?.("");
  return { plans, refused };
}

async function planOne({ settings, written, name, document }: Job, options: RunOptions): Promise<Plan> {
  const { out } = settings;
  if (out) return plan(document, { ...settings, out, ...options, ...(written && { written }) });
  const what = name === undefined ? shownPath(document) : `the contract ${name}`;
  throw new InputError([
    {
      rule: "no-out",
      severity: "error",
      message: `nothing says where ${what} is to be written`,
      hint: 'Say it with --out <folder>, or as "out" in the configuration.',
      ...(written && { place: written }),
    },
  ]);
}
