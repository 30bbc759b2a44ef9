/**
 * The command line. No logic: words in, words out. Exit codes: 0 done, 1 there are findings, 2 usage or input, 3 our own
 * mistake. What a command takes is loaded when it is run.
 */
import type { Argv } from "yargs";
import { packageVersion } from "../package.js";
import { SHELLS, scriptFor } from "./completion.js";
import { GENERATING, READING, STARTING, TELLING, WRITING } from "./flags.js";
import { processTerminal, type Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { checkWords } from "./words.js";

/** The options of each command. */
const OPTIONS = {
  generate: { ...WRITING, ...READING, ...GENERATING, ...TELLING },
  lint: { ...READING, ...TELLING },
  init: STARTING,
  config: { ...WRITING, ...READING, json: { type: "boolean", describe: "Print it as JSON" } },
  explain: {},
  completion: {},
} as const;

/** What yargs is told for `-`, which it drops from lists. */
const STDIN = "<stdin>";

/** Runs one command; the exit code. */
export async function main(argv: readonly string[], terminal: Terminal = processTerminal()): Promise<number> {
  if (argv.length === 1 && argv[0] === "--version") {
    terminal.print(packageVersion());
    return 0;
  }
  let exit = 0;
  const done = (code: number): void => {
    exit = code;
  };
  try {
    checkWords(argv, OPTIONS);
    const { default: yargs } = await import("yargs"); // with all that it reads, lays out and asks of Node
    await commands(yargs(forYargs(argv)), terminal, done).parseAsync();
    return exit;
  } catch (error) {
    const { explained } = await import("./explained.js");
    return explained(error, argv[0] ?? "", formatsIn(argv), terminal);
  }
}

function commands(parser: Argv, terminal: Terminal, done: (code: number) => void): Argv {
  const inputs = {
    type: "string",
    array: true,
    default: [],
    describe: "Documents, contracts by name, - for standard input; none: all of the configuration",
  } as const;
  return parser
    .scriptName("actionwire")
    .command(
      "generate [inputs..]",
      "Write a typed client, server routes, types and validators",
      (command) => command.positional("inputs", inputs).options(OPTIONS.generate),
      async (args) => {
        const { runGenerate } = await import("./generate.js");
        done(await runGenerate(withInput(args), terminal));
      },
    )
    .command(
      "lint [inputs..]",
      "Say what generates, but will hurt",
      (command) => command.positional("inputs", inputs).options(OPTIONS.lint),
      async (args) => {
        const { runLint } = await import("./lint.js");
        done(await runLint(withInput(args), terminal));
      },
    )
    .command(
      "init",
      "Write a configuration, and a document where there is none",
      (command) => command.options(OPTIONS.init),
      async (args) => {
        const { runInit } = await import("./init.js");
        done(await runInit(args, terminal));
      },
    )
    .command(
      "config [inputs..]",
      "Print what is in force, and who said so",
      (command) => command.positional("inputs", inputs).options(OPTIONS.config),
      async (args) => {
        const { runConfig } = await import("./config.js");
        done(await runConfig(withInput(args), terminal));
      },
    )
    .command(
      "explain [rule]",
      "Say what a rule means, or which rules there are",
      (command) => command.positional("rule", { type: "string", describe: "As findings name it" }),
      async ({ rule }) => {
        const { runExplain } = await import("./explain.js");
        done(runExplain(rule, terminal));
      },
    )
    .command(
      "completion <shell>",
      "Print what completes commands in a shell",
      (command) => command.positional("shell", { choices: SHELLS, demandOption: true, describe: "Your shell" }),
      ({ shell }) => terminal.print(scriptFor(shell)),
    )
    .parserConfiguration({ "duplicate-arguments-array": true, "greedy-arrays": false, "dot-notation": false })
    .middleware(lastOfEach)
    .demandCommand(1, "Say what to do: actionwire generate <file> --out <folder>")
    .strict()
    .version(packageVersion())
    .help()
    .wrap(Math.min(110, process.stderr.columns ?? 110))
    .exitProcess(false)
    .fail((message, error) => {
      if (error) throw error;
      throw new UsageError(message);
    });
}

/** Words behind `--` are files, whatever they begin with; yargs would drop them. */
function forYargs(argv: readonly string[]): readonly string[] {
  if (argv[0] === "--get-yargs-completions") return argv; // what is typed so far
  const end = argv.includes("--") ? argv.indexOf("--") : argv.length;
  const files = argv.slice(end + 1).map((word) => (/^-./.test(word) ? `./${word}` : word));
  return [...argv.slice(0, end), ...files].map((word) => (word === "-" ? STDIN : word));
}

function withInput<T extends { readonly inputs: readonly string[] }>(args: T): T {
  return { ...args, inputs: args.inputs.map((word) => (word === STDIN ? "-" : word)) };
}

/** Words that may be given several times. */
const LISTS = ["_", "inputs", "format", "rename"];

/** Of any other that is, the last counts. */
function lastOfEach(args: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(args)) {
    if (Array.isArray(value) && !LISTS.includes(key)) args[key] = value.at(-1);
  }
}

/** The formats that a command names which could not be read to its end. */
function formatsIn(argv: readonly string[]): string[] {
  return argv.flatMap((word, index) => {
    if (word === "--format") return argv[index + 1] ?? [];
    return word.startsWith("--format=") ? word.slice("--format=".length) : [];
  });
}
