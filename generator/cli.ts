/**
 * The command line. No logic: words in, words out. Exit codes: 0 done, 2 usage or input, 3 our own mistake.
 */

import { relative } from "node:path";
import yargs from "yargs";
import { readConfig } from "./config.js";
import { formatProblems } from "./format.js";
import { type ContractOptions, type Generated, generate, readContract } from "./generate.js";
import { packageVersion } from "./package.js";
import { InputError, type Problem } from "./problem.js";
import { describe } from "./say.js";

interface Arguments {
  readonly file: string;
  readonly out?: string | undefined;
  readonly routes?: string | undefined;
  readonly config?: string | undefined;
  readonly perspective?: "server" | "client" | undefined;
  readonly channels?: "auto" | "paths" | "topics" | undefined;
  readonly int64?: "number" | "bigint" | undefined;
  readonly root?: string | undefined;
  readonly allowRemote?: boolean | undefined;
  readonly strict?: boolean | undefined;
  readonly printContract?: boolean | undefined;
}

/** Where words go: people read `say`, programs read `print`. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  readonly color: boolean;
}

const PROCESS: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
  color: process.stderr.isTTY === true && !process.env["NO_COLOR"],
};

/** Runs one command; the exit code. */
export async function main(argv: readonly string[], terminal: Terminal = PROCESS): Promise<number> {
  let exit = 0;
  const parser = yargs([...argv])
    .scriptName("actionwire")
    .command(
      "generate <file>",
      "Write a typed client, server routes, types and validators",
      (command) =>
        command
          .positional("file", { type: "string", demandOption: true, describe: "AsyncAPI document or actions file" })
          .options({
            out: { type: "string", requiresArg: true, describe: "Folder for the generated files" },
            routes: {
              type: "string",
              requiresArg: true,
              describe: "Your routes file: drafted once, then only compared",
            },
            config: { type: "string", requiresArg: true, describe: "JSON file with these options; flags win over it" },
            perspective: {
              choices: ["server", "client"] as const,
              describe: "Which side the document describes [default: server]",
            },
            channels: {
              choices: ["auto", "paths", "topics"] as const,
              describe: "What channel addresses are [default: auto]",
            },
            int64: {
              choices: ["number", "bigint"] as const,
              describe: "What 64-bit integers are in types [default: number]",
            },
            root: { type: "string", requiresArg: true, describe: "Folder that references may not leave" },
            "allow-remote": { type: "boolean", describe: "Follow references to http(s) addresses" },
            strict: { type: "boolean", describe: "Count warnings as errors: write nothing where there is one" },
            "print-contract": { type: "boolean", describe: "Print what was read, as JSON, and write nothing" },
          }),
      async (args) => {
        exit = await run(args, terminal);
      },
    )
    .parserConfiguration({ "duplicate-arguments-array": false })
    .demandCommand(1, "Say what to do: actionwire generate <file> --out <folder>")
    .strict()
    .version(packageVersion())
    .help()
    .wrap(Math.min(100, process.stderr.columns ?? 100))
    .exitProcess(false)
    .fail((message, error) => {
      if (error) throw error;
      throw new UsageError(message);
    });
  try {
    await parser.parseAsync();
    return exit;
  } catch (error) {
    return explain(error, terminal);
  }
}

class UsageError extends Error {}

async function run(args: Arguments, terminal: Terminal): Promise<number> {
  const config = args.config === undefined ? {} : await readConfig(args.config);
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  const options: ContractOptions & { out?: string; routes?: string } = { ...config, ...given };
  if (args.printContract) {
    const { contract, warnings } = await readContract(args.file, options);
    warn(warnings, terminal);
    terminal.print(JSON.stringify(contract, undefined, 2));
    return 0;
  }
  const { out } = options;
  if (out === undefined) throw new UsageError("Say where to write: --out <folder>");
  const done: Generated = await generate(args.file, { ...options, out });
  warn(done.warnings, terminal);
  terminal.say(describe(args.file, done, relative("", out) || ".", options.routes));
  return 0;
}

/** A document of another house may have hundreds of one kind: a few are shown, the rest counted. */
function warn(warnings: readonly Problem[], { say, color }: Terminal): void {
  if (warnings.length === 0) return;
  const shown = warnings.filter(({ rule }, index) => countOf(warnings.slice(0, index), rule) < SHOWN);
  say(formatProblems(shown, { color }));
  for (const rule of new Set(warnings.map((warning) => warning.rule))) {
    const more = countOf(warnings, rule) - SHOWN;
    if (more > 0) say(`  … and ${more} more of ${rule}`);
  }
}

/** Warnings of one rule that are shown with their place. */
const SHOWN = 3;

function countOf(problems: readonly Problem[], rule: string): number {
  return problems.filter((problem) => problem.rule === rule).length;
}

function explain(error: unknown, { say, color }: Terminal): number {
  if (error instanceof InputError) {
    say(formatProblems(error.problems, { color }));
    return 2;
  }
  if (error instanceof UsageError || (error instanceof Error && error.name === "YError")) {
    say(`${error.message}\nactionwire --help says more.`);
    return 2;
  }
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (error instanceof Error && typeof code === "string" && /^E[A-Z]+$/.test(code)) {
    say(`error file-system  ${error.message}`);
    return 2;
  }
  say(
    `This is a mistake of actionwire, not yours; please report it.\n${error instanceof Error ? error.stack : String(error)}`,
  );
  return 3;
}
