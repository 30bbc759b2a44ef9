/** A process of a run, as its parent sees it. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { now } from "./clock.js";
import type { Said, Told } from "./messages.js";

const TYPESCRIPT = new URL("../support/typescript.mjs", import.meta.url).href;

type Kind = Said["kind"];
type Of<K extends Kind> = Extract<Said, { kind: K }>;

export class Child {
  readonly #process: ChildProcess;
  readonly #file: string;
  readonly #said: Said[] = [];
  readonly #wakes = new Set<() => void>();
  readonly #ended: Promise<void>;
  #alive = true;

  constructor(file: string, order: object) {
    this.#file = file;
    this.#process = fork(fileURLToPath(new URL(file, import.meta.url)), [JSON.stringify(order)], {
      execArgv: ["--import", TYPESCRIPT],
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    this.#process.on("message", (said) => {
      this.#said.push(said as Said); // every child is of this folder
      this.#wake();
    });
    this.#process.on("error", () => {}); // told to one that was killed
    this.#ended = new Promise((ended) => {
      this.#process.once("exit", () => {
        this.#alive = false;
        this.#wake();
        ended();
      });
    });
  }

  /** The first thing of this kind that it says or has said; throws when it ends before, or time is over. */
  async heard<K extends Kind>(kind: K, within: number, from = 0): Promise<Of<K>> {
    const said = await this.hears(kind, within, from);
    if (said) return said;
    throw new Error(`${this.#file} ${this.#alive ? `did not say "${kind}" within ${within} ms` : "has ended"}`);
  }

  /** The same, and nothing when there is none; only what was said of a time not before `from`. */
  async hears<K extends Kind>(kind: K, within: number, from = 0): Promise<Of<K> | undefined> {
    const end = now() + within;
    for (;;) {
      const found = this.#said.find(
        (said): said is Of<K> => said.kind === kind && (!("at" in said) || said.at >= from),
      );
      const left = end - now();
      if (found || !this.#alive || left <= 0) return found;
      await this.#news(left);
    }
  }

  tell(word: Told): void {
    if (this.#process.connected) this.#process.send(word);
  }

  /** Resolves when it has ended; one that ignores the signal is killed after a while. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<void> {
    if (!this.#alive) return;
    const late = setTimeout(() => this.#process.kill("SIGKILL"), 10_000);
    this.#process.kill(signal);
    await this.#ended;
    clearTimeout(late);
  }

  /** For the last moment of the parent. */
  abandon(): void {
    if (this.#alive) this.#process.kill("SIGKILL");
  }

  #news(within: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => wake(), within);
      const wake = (): void => {
        clearTimeout(timer);
        this.#wakes.delete(wake);
        resolve();
      };
      this.#wakes.add(wake);
    });
  }

  #wake(): void {
    for (const wake of [...this.#wakes]) wake();
  }
}
