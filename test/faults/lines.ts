/** A file of JSON values, one a line: each is in the file when `append` returns, and survives `kill -9`. */
import { existsSync, openSync, readFileSync, writeSync } from "node:fs";

export class Lines<Line> {
  readonly #path: string;
  #file: number | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  append(line: Line): void {
    this.#file ??= openSync(this.#path, "a");
    writeSync(this.#file, `${JSON.stringify(line)}\n`);
  }

  /** Every whole line so far, whoever wrote it. */
  read(): Line[] {
    if (!existsSync(this.#path)) return [];
    const lines = readFileSync(this.#path, "utf8").split("\n").slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Line); // the file is the harness's own
  }
}
