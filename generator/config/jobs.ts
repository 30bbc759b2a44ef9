/**
 * Which contracts a command is about: those it names, else all of the configuration.
 */
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { nearest } from "../nearest.js";
import type { Problems } from "../problem.js";
import { shownPath } from "../shown-path.js";
import type { ConfigRead, ContractConfig } from "./config.js";
import { type Job, jobFor } from "./resolve.js";

/**
 * A word is a file where there is one, whatever contracts are called; else a contract's name. Options of the contract whose
 * document a file is go for it as well.
 */
export function jobsFor(
  words: readonly string[],
  flags: ContractConfig,
  read: ConfigRead | undefined,
  problems: Problems,
): Job[] {
  const entries = Object.entries(read?.config.contracts ?? {});
  const jobs = words.length === 0 ? configured(flags, read) : words.flatMap(meant);
  for (const key of ["out", "routes"] as const) refuseShared(key, jobs, problems);
  refuseRoutesInside(jobs, problems);
  return jobs;

  function meant(word: string): Job[] {
    if (word === "-" || isFile(word)) return fileJobs(word);
    if (entries.some(([name]) => name === word)) return named(word);
    const near = nearest(
      word,
      entries.map(([name]) => name),
    );
    if (near !== undefined && !/[./\\]/.test(word)) {
      problems.error(
        "unknown-contract",
        `there is no file and no contract ${JSON.stringify(word)}`,
        read?.written.raw("contracts"),
        `did you mean ${JSON.stringify(near)}?`,
      );
      return [];
    }
    return fileJobs(word); // reading it says that there is none
  }

  function fileJobs(path: string): Job[] {
    const known = entries.filter(
      ([, { document }]) => document !== undefined && path !== "-" && document === resolve(path),
    );
    if (known.length > 0) return known.map(([name]) => jobFor(path, flags, read, name));
    return [jobFor(path, flags, read && forOther(path, read))];
  }

  function named(name: string): Job[] {
    const document = read?.config.contracts?.[name]?.document ?? read?.config.document;
    if (document !== undefined) return [jobFor(document, flags, read, name)];
    problems.error(
      "no-document",
      `the contract ${JSON.stringify(name)} names no document`,
      read?.written.get("contracts")?.get(name),
      'Add "document": the path of an AsyncAPI document or actions file.',
    );
    return [];
  }

  function configured(given: ContractConfig, config: ConfigRead | undefined): Job[] {
    if (entries.length > 0) return entries.flatMap(([name]) => named(name));
    return config?.config.document === undefined ? [] : [jobFor(config.config.document, given, config)];
  }
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false; // whatever is wrong with it is said where it is read
  }
}

function titleOf({ name, document }: Job): string {
  return name === undefined ? document : `the contract ${name}`;
}

/** Of a configuration of one document, what is in force for another: not what is that one's own. */
function forOther(path: string, { config, ...read }: ConfigRead): ConfigRead {
  if (config.document === undefined || (path !== "-" && config.document === resolve(path))) return { config, ...read };
  const { out: _, routes: __, names: ___, replies: ____, ...common } = config;
  return { config: common, ...read };
}

/** Two contracts cannot be written to one place: each is planned from what is there, without the other. */
function refuseShared(key: "out" | "routes", jobs: readonly Job[], problems: Problems): void {
  const places = new Map<string, Job>();
  for (const job of jobs) {
    const written = job.settings[key];
    if (written === undefined) continue;
    const other = places.get(resolve(written));
    if (other) {
      const message = `${titleOf(other)} and ${titleOf(job)} are both to be written to ${shownPath(written)}`;
      const hint =
        key === "out" ? "Give each contract a folder of its own." : "Give each contract a routes file of its own.";
      problems.error("shared-out", message, job.written?.raw(key), hint);
    }
    places.set(resolve(written), job);
  }
}

/** A contract's routes may not be in a folder that another contract owns. */
function refuseRoutesInside(jobs: readonly Job[], problems: Problems): void {
  for (const { settings, written } of jobs) {
    const { routes } = settings;
    const owner = jobs.find(
      ({ settings: { out } }) => out !== undefined && routes && dirname(resolve(routes)) === resolve(out),
    );
    if (routes === undefined || owner === undefined) continue;
    const message = `${shownPath(routes)} is in the folder of files generated for ${titleOf(owner)}, and routes are yours`;
    problems.error("routes-path", message, written?.raw("routes"), "Name a file elsewhere.");
  }
}
