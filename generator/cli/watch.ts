/**
 * `generate --watch`: again whenever a file changes that was read, a line for each time. Where something is wrong, what was
 * generated last stays.
 */
import { once } from "node:events";
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { carryOut, type Generated } from "../generate.js";
import { planAll } from "../plan-all.js";
import { InputError, type Problem } from "../problem.js";
import { describe } from "../say.js";
import { shownPath } from "../shown-path.js";
import { explained } from "./explained.js";
import { type Telling, tell } from "./findings.js";
import { type GenerateFlags, runOptions } from "./generate.js";
import { type Work, workOf } from "./jobs.js";
import { refuseLoss } from "./reports.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** Milliseconds for which a file is left to who writes it: editors empty it first, and tools write several. */
const SETTLING = 25;

/** Until aborted, or for ever. The exit code. */
export async function watch(flags: GenerateFlags, terminal: Terminal, until?: AbortSignal): Promise<number> {
  if (flags.inputs.includes("-")) throw new UsageError("Standard input cannot be watched: name a file.");
  const { watch: watchFiles } = await import("chokidar");
  const watcher = watchFiles([], { ignoreInitial: true });
  const ready = once(watcher, "ready");
  const watched = new Set<string>();
  /** What was said of routes, which is news once. */
  const told = new Set<string>();
  let isFirst = true;
  let running = false;
  let changed: string | undefined = "";

  watcher.on("all", (_, path) => {
    changed = path;
    if (!running) void runAll();
  });
  await runAll();
  if (!until?.aborted) await new Promise((end) => until?.addEventListener("abort", end));
  await watcher.close();
  return 0;

  /** What changes during a run is seen by the next. */
  async function runAll(): Promise<void> {
    running = true;
    try {
      while (changed !== undefined) {
        changed = undefined;
        if (!isFirst) await setTimeout(SETTLING);
        if (changed === undefined) await run();
      }
    } finally {
      running = false;
    }
  }

  async function run(): Promise<void> {
    /** When each file was changed last, as it was when it was read. */
    const read: Read = new Map();
    const started = performance.now();
    let isWell = false;
    try {
      const work = await workOf("generate", flags, {
        again: !isFirst,
        reading: (path) => read.set(path, stampOf(path)),
      });
      isWell = await generateAll(work, read, started);
    } catch (error) {
      // What is wrong at the start is told as by any other run; later it may be mended.
      if (isFirst && !(error instanceof InputError)) throw error;
      await explained(error, "generate", flags.format, terminal);
      terminal.say(`${clock()} nothing written`);
    }
    await follow(read, isWell);
    if (isFirst) terminal.say(`watching ${read.size} ${read.size === 1 ? "file" : "files"}`);
    isFirst = false;
  }

  /** Whether all of it could be read. */
  async function generateAll({ jobs, telling, warnings }: Work, read: Read, started: number): Promise<boolean> {
    const { plans, refused } = await planAll(jobs, {
      ...runOptions(flags, terminal),
      reading: (path) => read.set(path, stampOf(path)),
    });
    refuseLoss(telling.formats, read.keys());
    if (refused.length > 0) {
      await refuse(refused, telling);
      return false;
    }
    const done = await carryOut(plans.map(({ plan }) => plan));
    const routes = done.flatMap((one) => one.routes?.findings ?? []);
    const wrong = routes.filter(({ severity }) => severity === "error");
    for (const { routes } of wrong.length > 0 ? done : []) {
      if (routes) read.set(resolve(routes.path), stampOf(routes.path)); // until it is mended
    }
    const noticed = [...warnings, ...done.flatMap((one) => one.warnings), ...routes];
    const orphaned = routes.filter(({ message }) => !told.has(message));
    for (const { message } of orphaned) told.add(message);
    await tell(isFirst ? noticed : orphaned, telling, terminal);
    const took = `${Math.round(performance.now() - started)} ms`;
    for (const [index, one] of done.entries()) {
      const document = shownPath(jobs[index]?.document ?? "");
      if (isFirst) terminal.say(describe(document, one, shownPath(one.folder.folder)));
      else terminal.say(line(document, one, noticed, took));
    }
    return true;
  }

  async function refuse(problems: readonly Problem[], telling: Telling): Promise<void> {
    await tell(problems, telling, terminal);
    terminal.say(`${clock()} nothing written`);
  }

  /** Where not all could be read, what was read before may be what is mended next. */
  async function follow(read: Read, isAll: boolean): Promise<void> {
    const gone = isAll ? [...watched].filter((path) => !read.has(path)) : [];
    const found = [...read.keys()].filter((path) => !watched.has(path));
    watcher.unwatch(gone);
    for (const path of gone) watched.delete(path);
    watcher.add(found);
    for (const path of found) watched.add(path);
    if (found.length === 0) return;
    await (isFirst ? ready : setTimeout(SETTLING));
    // What changed since it was read, and before it was watched, nobody tells.
    changed = found.find((path) => stampOf(path) !== read.get(path)) ?? changed;
  }
}

/** Paths of files that were read, with their stamps. */
type Read = Map<string, number>;

/** When a file was changed last; 0 where there is none. */
function stampOf(path: string): number {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** `12:04:05 chat.yaml: types.ts, client.ts written; 2 warnings; 41 ms` */
function line(
  document: string,
  { changed, deleted, routes }: Generated,
  noticed: readonly Problem[],
  took: string,
): string {
  const warnings = noticed.filter(({ severity }) => severity === "warning").length;
  const parts = [
    changed.length > 0 ? `${changed.join(", ")} written` : "nothing to change",
    ...(deleted.length > 0 ? [`${deleted.join(", ")} deleted`] : []),
    ...(routes?.action === "edit" ? [`${shownPath(routes.path)} added to`] : []),
    ...(warnings > 0 ? [`${warnings} ${warnings === 1 ? "warning" : "warnings"}`] : []),
    took,
  ];
  return `${clock()} ${document}: ${parts.join("; ")}`;
}

function clock(): string {
  return new Date().toTimeString().slice(0, 8);
}
