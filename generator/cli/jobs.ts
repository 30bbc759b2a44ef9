/**
 * What a command is to work on: words and flags, and the configuration.
 */
import { resolve } from "node:path";
import type { Config, ConfigRead, ContractConfig } from "../config/config.js";
import { CONFIG_NAMES, findConfig } from "../config/find.js";
import { jobsFor } from "../config/jobs.js";
import { modulesOf } from "../config/modules.js";
import { readConfig } from "../config/read.js";
import type { Job } from "../config/resolve.js";
import { type Problem, Problems } from "../problem.js";
import { formatsOf, type Telling, usableFormats } from "./findings.js";
import type { Flags } from "./flags.js";
import { refuseLoss } from "./reports.js";
import { UsageError } from "./usage-error.js";

export interface Work {
  readonly jobs: readonly Job[];
  readonly config?: ConfigRead | undefined;
  /** What was noticed while looking for the configuration. */
  readonly warnings: readonly Problem[];
  readonly telling: Telling;
}

interface LoadingOptions {
  /** Whether this process has read the configuration before. */
  readonly again?: boolean;
  /** Told of the configuration's files, or of the paths that it may have. */
  readonly reading?: (path: string) => void;
}

/** Throws InputError where the configuration cannot be used, UsageError where nothing is named. */
export async function workOf(
  command: string,
  args: Flags & { readonly inputs: readonly string[] },
  { again = false, reading }: LoadingOptions = {},
): Promise<Work> {
  const problems = new Problems();
  const path = args.config ?? (await findConfig(process.cwd(), problems));
  const modules = path === undefined ? [] : modulesOf(path);
  for (const one of path === undefined ? CONFIG_NAMES : modules) reading?.(resolve(one));
  problems.throwIfErrors();
  const named = [...args.inputs, ...modules];
  refuseLoss(usableFormats(args.format), named); // before what is wrong with them is told there
  const config = path === undefined ? undefined : await readConfig(path, again);
  const telling = tellingOf(command, args, config?.config);
  const jobs = jobsFor(args.inputs, settingsIn(args), config, problems);
  const all = [...jobs, ...jobsFor([], {}, config, new Problems())]; // of other contracts nothing may be lost either
  refuseLoss(telling.formats, [
    ...named,
    ...all.flatMap(({ document, settings }) => [document, settings.routes ?? []].flat()),
  ]);
  problems.throwIfErrors();
  if (jobs.length === 0) {
    const file = config ? 'add "document" to the configuration' : "actionwire init writes a configuration";
    throw new UsageError(`Name a document: actionwire ${command} <file>; or ${file}.`);
  }
  return { jobs, config, warnings: problems.all, telling };
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

/** The flags that say something of a contract. */
const SETTINGS = [
  "out",
  "routes",
  "routesStyle",
  "perspective",
  "channels",
  "int64",
  "dates",
  "binary",
  "impliedTypes",
  "formats",
  "errors",
  "root",
  "allowRemote",
  "strict",
] as const;

function settingsIn(flags: Flags): ContractConfig {
  const given = SETTINGS.filter((key) => flags[key] !== undefined);
  return Object.fromEntries(given.map((key) => [key, flags[key]]));
}
