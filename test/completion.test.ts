/** What is completed, in shells as they are. */
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./support/command.js";
import { folder } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;

/** Runs a script in a shell that finds the command. */
function inShell(shell: string, script: string): string {
  const here = folder();
  const bin = join(here, "actionwire");
  writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}dist/generator/bin.js" "$@"\n`);
  chmodSync(bin, 0o755);
  const env = { ...process.env, PATH: `${here}${delimiter}${process.env["PATH"]}` };
  const { stdout, stderr, status } = spawnSync(shell, ["-c", script], { encoding: "utf8", env, cwd: here });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout;
}

describe.skipIf(!has("bash"))("in bash", () => {
  const completed = (...words: string[]): string[] => {
    const quoted = words.map((word) => `'${word}'`).join(" ");
    const script = `eval "$(actionwire completion bash)"
COMP_WORDS=(actionwire ${quoted}); COMP_CWORD=${words.length}; _actionwire; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return inShell("bash", script).trim().split("\n");
  };

  test("commands, options and their values are completed", () => {
    expect(completed("gen")).toEqual(["generate"]);
    expect(completed("generate", "--int")).toEqual(["--int64"]);
    expect(completed("generate", "--dates", "")).toEqual(["string", "Date"]);
    expect(completed("completion", "")).toEqual(expect.arrayContaining(["bash", "zsh", "fish"]));
  });
});

test("there is a script for each shell, and no other", async () => {
  for (const shell of ["bash", "zsh", "fish"]) {
    expect((await run("completion", shell)).out, shell).toContain("actionwire --get-yargs-completions");
  }
  expect((await run("completion", "tcsh")).exit).toBe(2);
});
