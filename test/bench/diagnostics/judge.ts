/**
 * One input given to one tool, and what is to be said of what it printed.
 */
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Told } from "../../support/broken.js";
import { FIXTURES, type Input } from "./inputs.js";
import type { Tool } from "./tools.js";

export interface Verdict {
  readonly exit: number;
  /** How many of the lines to mend are named, of all that have one. */
  readonly lines: readonly [named: number, all: number];
  readonly frame: boolean;
  /** How many of the nearest names are said, of all that are due. */
  readonly hints: readonly [said: number, due: number];
  readonly findings: number | undefined;
  readonly printed: number;
  readonly stack: boolean;
}

export async function judge(tool: Tool, input: Input): Promise<Verdict> {
  const { exit, text } = await run(tool, input);
  const placed = input.told.filter(({ place }) => place !== "");
  const due = input.told.flatMap(({ words }) => /did you mean "(.*)"/.exec(words)?.[1] ?? []);
  return {
    exit,
    lines: [placed.filter((one) => isNamed(one, input, text)).length, placed.length],
    frame: /^[ >]*\d+ [|│]/m.test(text) || /^ *-+\^/m.test(text),
    hints: [due.filter((name) => suggests(text, name)).length, due.length],
    findings: tool.findings?.(text),
    printed: text.split("\n").filter((line) => line.trim() !== "").length,
    stack: /^\s+at (?:async )?\S+ \(|^\s+at (?:async )?(?:file:\/\/)?\/\S+:\d+:\d+$/m.test(text),
  };
}

/** In a folder of its own, with what the input may refer to beside it. */
function run(tool: Tool, { name, args, bytes }: Input): Promise<{ exit: number; text: string }> {
  const here = mkdtempSync(join(tmpdir(), "actionwire-diagnostics-"));
  cpSync(join(FIXTURES, "parts"), join(here, "parts"), { recursive: true });
  writeFileSync(join(here, name), bytes);
  const env = { ...process.env, HOME: here, CI: "true", NO_COLOR: "1", ASYNCAPI_METRICS: "false" };
  const command = [...tool.command(name, args.includes("--strict"))];
  return new Promise((done) => {
    const options = { cwd: here, env, timeout: 60_000, maxBuffer: 1 << 26 };
    const child = execFile(process.execPath, command, options, (error, stdout, stderr) => {
      rmSync(here, { recursive: true, force: true });
      const text = `${stdout}\n${stderr}`.replace(/^ *[╔║╚].*\n/gm, "");
      done({ exit: error ? (child.exitCode ?? 124) : 0, text });
    });
  });
}

/** A key's line or, where its value begins on the next one, that. */
function isNamed({ place, rule }: Told, { bytes }: Input, text: string): boolean {
  const [, line, file] = place.split(":").reverse();
  const written = bytes.toString("latin1").split("\n")[Number(line) - 1] ?? "";
  const mayBeNext = file === undefined && /:\s*$/.test(written) && /^(?:wrong-type|bad-schema)$/.test(rule);
  const lines = [Number(line), ...(mayBeNext ? [Number(line) + 1] : [])].join("|");
  const isThere = new RegExp(`(?<![\\d.])(?:${lines}):\\d|\\bline:? (?:${lines})\\b`).test(text);
  return isThere && (file === undefined || text.includes(basename(file)));
}

/** Said as a suggestion; the end of a reference is enough. */
function suggests(text: string, name: string): boolean {
  const last = name.split("/").at(-1) ?? name;
  return text.split("\n").some((line) => /did you mean|suggest/i.test(line) && line.includes(last));
}
