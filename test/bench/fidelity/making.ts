/**
 * A tool over many cases, in a process of its own (making-process.ts): a crash, a hang or a full memory costs one case.
 */
import type { ChildProcess } from "node:child_process";
import type { Asked, Subject } from "./case.js";
import type { Draft } from "./drafts.js";
import type { Json } from "./json.js";
import { child } from "./processes.js";

export interface Task {
  readonly id: string;
  readonly draft: Draft;
  readonly schema: Json;
  readonly values: readonly Json[];
}

/** What came of a case. */
export interface Result {
  readonly id: string;
  /** Why nothing did. */
  readonly error?: string;
  readonly milliseconds?: number;
  readonly types?: { readonly code: string; readonly root: string };
  /** What its validator says of each instance; null where it fails at it. */
  readonly verdicts?: readonly (boolean | null)[];
  readonly unusable?: string;
}

const PATIENCE = 60_000;

/** The results in the cases' order, as they come. */
export async function* making(tool: string, cases: readonly Subject<Asked>[]): AsyncGenerator<Result, void, undefined> {
  let running: ChildProcess | undefined;
  try {
    for (const { id, draft, schema, instances } of cases) {
      running ??= await started(tool);
      const values = instances.map(({ data }) => data);
      const result = await answer(running, { id, draft, schema, values });
      if (!result.alive) running = undefined;
      yield result.result;
    }
  } finally {
    running?.removeAllListeners();
    running?.kill("SIGKILL");
  }
}

async function started(tool: string): Promise<ChildProcess> {
  const process = child("making-process.ts", [tool]);
  await new Promise<void>((ready, failed) => {
    process.once("message", () => ready());
    process.once("exit", (code) => failed(new Error(`${tool} cannot be loaded (exit code ${code})`)));
  });
  process.removeAllListeners("exit");
  return process;
}

function answer(process: ChildProcess, task: Task): Promise<{ readonly alive: boolean; readonly result: Result }> {
  return new Promise((resolve) => {
    const done = (alive: boolean, result: Result): void => {
      clearTimeout(timer);
      process.removeAllListeners();
      resolve({ alive, result });
    };
    const died = (error: string): void => done(false, { id: task.id, error });
    const timer = setTimeout(() => {
      process.kill("SIGKILL");
      died(`no end within ${PATIENCE / 1000} s`);
    }, PATIENCE);
    process.on("message", (result: Result) => {
      if (result.id === task.id) done(true, result);
    });
    process.once("exit", (code, signal) => died(`the process died (${signal ?? code})`));
    process.send(task);
  });
}
