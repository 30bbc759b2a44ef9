/** A tool over all cases: what it made, and what TypeScript says of it. */
import type { Asked, Subject } from "./case.js";
import type { Checked, Item } from "./checking.js";
import { making, type Result } from "./making.js";
import { child } from "./processes.js";

export interface Measured {
  readonly results: ReadonlyMap<string, Result>;
  readonly checked: ReadonlyMap<string, Checked>;
}

/** Cases in one program. */
const CHUNK = 250;

/** Types are checked while the next ones are made. */
export async function measure(tool: string, cases: readonly Subject<Asked>[]): Promise<Measured> {
  const results = new Map<string, Result>();
  const checker = new Checker();
  let items: Item[] = [];
  for await (const result of making(tool, cases)) {
    results.set(result.id, result);
    const values = cases[results.size - 1]?.instances.map(({ data }) => data) ?? [];
    if (result.types) items.push({ id: result.id, ...result.types, values });
    if (items.length >= CHUNK) {
      checker.ask(items);
      items = [];
    }
  }
  if (items.length > 0) checker.ask(items);
  return { results, checked: await checker.end() };
}

class Checker {
  readonly #process = child("checking-process.ts");
  readonly #checked = new Map<string, Checked>();
  /** Answers that are due; the first says that it is ready. */
  #due = 1;
  #settled: () => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor() {
    this.#process.on("message", (answer: readonly Checked[] | { readonly ready: true }) => {
      if (!("ready" in answer)) for (const one of answer) this.#checked.set(one.id, one);
      this.#due--;
      if (this.#due === 0) this.#settled();
    });
    this.#process.once("exit", (code) => this.#failed(new Error(`the checker died (${code})`)));
  }

  ask(items: readonly Item[]): void {
    this.#due++;
    this.#process.send([...items]);
  }

  async end(): Promise<ReadonlyMap<string, Checked>> {
    await new Promise<void>((settled, failed) => {
      this.#settled = settled;
      this.#failed = failed;
      if (this.#due === 0) settled();
      else if (this.#process.exitCode !== null) failed(new Error("the checker died"));
    });
    this.#process.removeAllListeners();
    this.#process.kill();
    return this.#checked;
  }
}
