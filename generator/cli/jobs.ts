/**
 * What a command is to work on: words and flags, and the configuration.
 */
import type { Config, ConfigRead, ContractConfig } from "../config/config.js";
import { findConfig } from "../config/find.js";
import { jobsFor } from "../config/jobs.js";
import { readConfig } from "../config/read.js";
import type { Job } from "../config/resolve.js";
import { type Problem, Problems } from "../problem.js";
import { formatsOf, type Telling } from "./findings.js";
import type { Flags } from "./flags.js";
import { UsageError } from "./usage-error.js";

export interface Work {
  readonly jobs: readonly Job[];
  readonly config?: ConfigRead | undefined;
  /** What was noticed while looking for the configuration. */
  readonly warnings: readonly Problem[];
  readonly telling: Telling;
}

/** Throws InputError where the configuration cannot be used, UsageError where nothing is named. */
export async function workOf(
  command: string,
  args: Flags & { readonly inputs: readonly string[] },
  again = false,
): Promise<Work> {
  const problems = new Problems();
  const path = args.config ?? (await findConfig(process.cwd(), problems));
  problems.throwIfErrors();
  const config = path === undefined ? undefined : await readConfig(path, again);
  const jobs = jobsFor(args.inputs, settingsIn(args), config, problems);
  problems.throwIfErrors();
  if (jobs.length === 0) {
    const file = config ? 'add "document" to the configuration' : "actionwire init writes a configuration";
    throw new UsageError(
      `Say what to ${command === "generate" ? "generate from" : command}: actionwire ${command} <file>; or ${file}.`,
    );
  }
  return { jobs, config, warnings: problems.all, telling: tellingOf(command, args, config?.config) };
}

/** How findings are told: a flag wins over the configuration. */
function tellingOf(command: string, args: Flags, config: Config = {}): Telling {
  return {
    command,
    formats: formatsOf(args.format ?? config.format),
    quiet: args.quiet ?? config.quiet ?? false,
    verbose: args.verbose ?? config.verbose ?? false,
  };
}

/** The flags that say something of a contract. Of one that is given twice the last counts. */
function settingsIn(flags: Flags): ContractConfig {
  const {
    out,
    routes,
    routesStyle,
    perspective,
    channels,
    int64,
    dates,
    binary,
    impliedTypes,
    formats,
    errors,
    root,
    allowRemote,
    strict,
  } = flags;
  const all = {
    out,
    routes,
    routesStyle,
    perspective,
    channels,
    int64,
    dates,
    binary,
    impliedTypes,
    formats,
    errors,
    root,
    allowRemote,
    strict,
  };
  const given = Object.entries(all).flatMap(([key, value]) => {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    return last === undefined ? [] : [[key, last] as const];
  });
  return Object.fromEntries(given);
}
