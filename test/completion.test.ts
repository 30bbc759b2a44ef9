/** What is completed, in shells as they are. */
import { spawnSync } from "node:child_process";
import { chmodSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "./support/command.js";
import { folder } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const SHELLS = ["bash", "zsh", "fish"] as const;
const has = (shell: string): boolean => spawnSync(shell, ["-c", "exit 0"]).status === 0;
const absent = SHELLS.filter((shell) => !has(shell));
if (absent.length > 0) {
  const sentence = `Completion was NOT tried in ${absent.join(" and ")}, which ${absent.length > 1 ? "are" : "is"} not installed.`;
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

/** Runs a script in a shell that finds the command, and one file; whoever runs it has another shell to log in. */
function inShell(shell: string, script: string): string {
  const here = folder({ "api.yaml": "" });
  const bin = join(here, "actionwire");
  writeFileSync(bin, `#!/bin/sh\nexec "${process.execPath}" "${ROOT}dist/generator/bin.js" "$@"\n`);
  chmodSync(bin, 0o755);
  const PATH = `${here}${delimiter}${process.env["PATH"]}`;
  const env = { ...process.env, PATH, HOME: here, TERM: "xterm", SHELL: shell === "zsh" ? "/bin/bash" : "/bin/zsh" };
  const options = shell === "zsh" ? ["-f"] : [];
  const { stdout, stderr, status } = spawnSync(shell, [...options, "-c", script], { encoding: "utf8", env, cwd: here });
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
    expect(completed("lint", "-")).toContain("--strict");
    expect(completed("completion", "")).toEqual(expect.arrayContaining(["bash", "zsh", "fish"]));
  });
});

/** Typed in a terminal, by a shell that has nothing but its own completion system. */
describe.skipIf(!has("zsh"))("in zsh", { timeout: 60_000 }, () => {
  /** What is listed for a line, without what lays it out. */
  const listed = (line: string, load: string): string[] => {
    const shown = inShell(
      "zsh",
      `zmodload zsh/zpty; zpty terminal zsh -f -i
zpty -w terminal 'PS1="" RPS1="" LISTMAX=1000; bindkey "^X" list-choices; autoload -Uz compinit; ${load}; zle-line-init() { print -n REA""DY }; zle -N zle-line-init'
zpty -r -m terminal seen '*READY*'
zpty -n -w terminal $'actionwire ${line}\\x18'
zpty -w terminal $'\\x15print DO""NE'
zpty -r -m terminal seen '*DONE*'
print -r -- "$seen"; zpty -d terminal`,
    );
    // ECMA-48 control sequences, and the bell.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
    const lines = shown.replace(/\u001b\[[\d;?]*[A-Za-z]|\u0007/g, "").split(/[\r\n]+/);
    const echo = /^.?$|actionwire |print|DONE/; // of what is typed, also of a first letter
    return lines.map((text) => text.trim()).filter((text) => !echo.test(text));
  };
  const EVALUATED = 'compinit -D; eval "$(actionwire completion zsh)"';

  test("commands, options and their values are completed, with what they mean; where there is nothing else, files", () => {
    expect(listed("gen", EVALUATED)).toEqual([
      "generate  -- Write a typed client, server routes, types and validators",
    ]);
    expect(listed("generate --int", EVALUATED)).toEqual([
      expect.stringMatching(/^--int64 +-- What 64-bit integers are/),
    ]);
    expect(listed("lint -", EVALUATED)).toContainEqual(expect.stringMatching(/^--strict +-- Count warnings as errors/));
    expect(listed("generate --dates ", EVALUATED)).toEqual([expect.stringMatching(/^Date +string$/)]);
    expect(listed("generate a", EVALUATED)).toEqual([expect.stringMatching(/^actionwire\*? +api\.yaml$/)]);
  });

  test("the script may also be a file where zsh looks for such", () => {
    const load = "mkdir f; actionwire completion zsh > f/_actionwire; fpath=($PWD/f $fpath); compinit -D";
    expect(listed("gen", load)).toEqual([expect.stringMatching(/^generate +-- Write/)]);
  });
});

describe.skipIf(!has("fish"))("in fish", () => {
  const completed = (line: string): string[] =>
    inShell("fish", `actionwire completion fish | source; complete -C 'actionwire ${line}'`).trim().split("\n");

  test("commands, options and their values are completed, with what they mean; where there is nothing else, files", () => {
    expect(completed("gen")).toEqual(["generate\tWrite a typed client, server routes, types and validators"]);
    expect(completed("generate --int")).toEqual([expect.stringMatching(/^--int64\tWhat 64-bit integers are/)]);
    expect(completed("lint -")).toContainEqual("--strict\tCount warnings as errors");
    expect(completed("generate --dates ")).toEqual(["Date", "string"]);
    expect(completed("generate a")).toEqual(["actionwire", "api.yaml"]);
  });
});

test("there is a script for each shell, and no other", async () => {
  for (const shell of SHELLS) {
    expect((await run("completion", shell)).out, shell).toContain("actionwire --get-yargs-completions");
  }
  expect((await run("completion", "tcsh")).exit).toBe(2);
});
