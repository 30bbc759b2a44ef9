/**
 * `actionwire generate`: plans every contract, then writes all or none; or only says what it would do.
 */
import { carryOut, readContract } from "../generate.js";
import { planAll, type RunOptions } from "../plan-all.js";
import { InputError, type Problem } from "../problem.js";
import { describe } from "../say.js";
import { shownPath } from "../shown-path.js";
import { type Checked, check } from "./check.js";
import { planText } from "./dry-run.js";
import { type Telling, tell } from "./findings.js";
import type { Flags } from "./flags.js";
import { type Work, workOf } from "./jobs.js";
import { refuseLoss } from "./reports.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { watch } from "./watch.js";

export interface GenerateFlags extends Flags {
  readonly inputs: readonly string[];
  readonly check?: boolean | undefined;
  readonly dryRun?: boolean | undefined;
  readonly watch?: boolean | undefined;
  readonly rename?: readonly string[] | undefined;
  readonly prune?: boolean | undefined;
  readonly printContract?: boolean | undefined;
}

export async function runGenerate(flags: GenerateFlags, terminal: Terminal): Promise<number> {
  const modes = ["check", "dryRun", "watch", "printContract"] as const;
  const asked = modes.filter((mode) => flags[mode]);
  if (asked.length > 1) throw new UsageError("--check, --dry-run, --watch and --print-contract exclude each other.");
  if (flags.check && (flags.prune || flags.rename)) {
    throw new UsageError("--rename and --prune change your routes file; --check changes nothing. Run them first.");
  }
  if (flags.watch) return watch(flags, terminal);
  const work = await workOf("generate", flags);
  const printed = work.telling.formats.find(({ format, file }) => format !== "text" && file === undefined);
  if (printed && (flags.dryRun || flags.printContract)) {
    throw new UsageError(`Something else is printed: give the findings a file, --format ${printed.format}:<file>.`);
  }
  return flags.printContract ? printContract(work, terminal) : once(work, flags, terminal);
}

/** One run over all that is to be done; the exit code. */
async function once(work: Work, flags: GenerateFlags, terminal: Terminal): Promise<number> {
  const { jobs, telling, warnings } = work;
  const read: string[] = [];
  const reading = (path: string) => void read.push(path);
  const { plans, refused } = await planAll(jobs, { ...runOptions(flags, terminal), reading });
  refuseLoss(telling.formats, read);
  const noticed = [...warnings, ...plans.flatMap(({ plan }) => plan.warnings)];
  if (refused.length > 0) {
    await tell([...noticed, ...refused], telling, terminal);
    return 2;
  }
  const routes = plans.flatMap(({ plan }) => plan.routes?.findings ?? []);
  if (flags.check)
    return report(
      check(
        plans.map(({ plan }) => plan),
        telling.verbose,
      ),
      noticed,
      telling,
      terminal,
    );
  if (flags.dryRun) {
    await tell([...noticed, ...routes], telling, terminal);
    terminal.print(plans.map(({ plan }) => planText(plan)).join("\n"));
    return exitFor(routes);
  }
  const done = await carryOut(plans.map(({ plan }) => plan)).catch(async (error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    await tell([...noticed, ...error.problems], telling, terminal);
  });
  if (!done) return 2;
  await tell([...warnings, ...done.flatMap((one) => one.warnings), ...routes], telling, terminal);
  for (const [index, one] of done.entries()) {
    const job = jobs[index];
    if (!telling.quiet && job) terminal.say(describe(shownPath(job.document), one, shownPath(one.folder.folder)));
    if (one.routes?.snippet !== undefined) terminal.say(`\n${one.routes.snippet}`);
  }
  return exitFor(routes);
}

function exitFor(findings: readonly Problem[]): number {
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** What the flags say of this run alone. */
export function runOptions({ rename = [], prune = false }: GenerateFlags, { progress }: Terminal): RunOptions {
  return { rename: renames(rename), prune, progress };
}

function renames(words: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    words.map((word) => {
      const [, before, after] = /^([^=]+)=([^=]+)$/.exec(word) ?? [];
      if (before === undefined || after === undefined) {
        throw new UsageError(`--rename ${word} is not understood: write --rename old=new.`);
      }
      return [before, after];
    }),
  );
}

async function printContract({ jobs, warnings, telling }: Work, terminal: Terminal): Promise<number> {
  const [job, ...others] = jobs;
  if (!job || others.length > 0) throw new UsageError("--print-contract prints one contract: say which.");
  const read: string[] = [];
  const reading = (path: string) => void read.push(path);
  const options = { ...job.settings, ...(job.written && { written: job.written }), reading };
  const reads = readContract(job.document, options);
  const { contract, warnings: more } = await reads.finally(() => refuseLoss(telling.formats, read));
  await tell([...warnings, ...more], telling, terminal);
  terminal.print(JSON.stringify(contract, undefined, 2));
  return 0;
}

async function report(
  { findings, diffs }: Checked,
  noticed: readonly Problem[],
  telling: Telling,
  terminal: Terminal,
): Promise<number> {
  await tell([...noticed, ...findings], telling, terminal);
  const isText = telling.formats.some(({ format, file }) => format === "text" && file === undefined);
  if (isText && !telling.quiet && diffs.length > 0) terminal.print(diffs.join("\n"));
  const drifted = findings.some(({ severity }) => severity === "error");
  if (!drifted && !telling.quiet) terminal.say("Everything is up to date.");
  return drifted ? 1 : 0;
}
