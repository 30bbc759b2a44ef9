/**
 * The command line. No logic: words in, words out. Exit codes: 0 done, 1 done but for the routes file, 2 usage or input, 3 our own mistake.
 */

import { relative } from "node:path";
import yargs from "yargs";
import { readConfig } from "./config.js";
import { type FormatOptions, formatProblems } from "./format.js";
import { type ContractOptions, type Generated, generate, readContract } from "./generate.js";
import { didYouMean } from "./nearest.js";
import { packageVersion } from "./package.js";
import { InputError } from "./problem.js";
import { describe } from "./say.js";

interface Arguments {
  readonly file: string;
  readonly out?: string | undefined;
  readonly routes?: string | undefined;
  readonly config?: string | undefined;
  readonly perspective?: "server" | "client" | undefined;
  readonly channels?: "auto" | "paths" | "topics" | undefined;
  readonly int64?: "number" | "bigint" | undefined;
  readonly dates?: "string" | "Date" | undefined;
  readonly binary?: "string" | "Uint8Array" | undefined;
  readonly impliedTypes?: boolean | undefined;
  readonly formats?: "asserted" | "annotated" | undefined;
  readonly errors?: "first" | "all" | undefined;
  readonly root?: string | undefined;
  readonly allowRemote?: boolean | undefined;
  readonly strict?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly printContract?: boolean | undefined;
}

/** Where words go: people read `say`, programs read `print`. */
export interface Terminal {
  readonly print: (text: string) => void;
  readonly say: (text: string) => void;
  readonly color: boolean;
  /** How many columns it is wide; unknown where it is no terminal. */
  readonly columns?: number | undefined;
}

const PROCESS: Terminal = {
  print: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
  color: process.stderr.isTTY === true && !process.env["NO_COLOR"],
  columns: process.stderr.columns,
};

/** Runs one command; the exit code. */
export async function main(argv: readonly string[], terminal: Terminal = PROCESS): Promise<number> {
  let exit = 0;
  let verbose = false;
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
              describe: "Your routes file: drafted once, then given stubs for what is new",
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
            dates: {
              choices: ["string", "Date"] as const,
              describe: "What date-times are in types [default: string]",
            },
            binary: {
              choices: ["string", "Uint8Array"] as const,
              describe: "What base64 text is in types [default: string]",
            },
            "no-implied-types": {
              type: "boolean",
              describe: "Read schemas by the letter: properties without a type mean no object, items no array",
            },
            "implied-types": { type: "boolean", hidden: true }, // what yargs makes of the one above
            formats: {
              choices: ["asserted", "annotated"] as const,
              describe: "Whether formats refuse values [default: as each draft says]",
            },
            errors: {
              choices: ["first", "all"] as const,
              describe: "What validators tell of a wrong value [default: first]",
            },
            root: { type: "string", requiresArg: true, describe: "Folder that references may not leave" },
            "allow-remote": { type: "boolean", describe: "Follow references to http(s) addresses" },
            strict: { type: "boolean", describe: "Count warnings as errors: write nothing where there is one" },
            verbose: { type: "boolean", describe: "Show every warning, and each in full" },
            "print-contract": { type: "boolean", describe: "Print what was read, as JSON, and write nothing" },
          }),
      async (args) => {
        verbose = args.verbose === true;
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
    checkCommand(argv);
    await parser.parseAsync();
    return exit;
  } catch (error) {
    return explain(error, terminal, verbose);
  }
}

class UsageError extends Error {}

/** yargs would only call it an argument that it does not know. */
function checkCommand([word]: readonly string[]): void {
  if (word === undefined || word.startsWith("-") || word === "generate") return;
  const hint = /[./\\]/.test(word)
    ? "say what to do with it: actionwire generate <file>"
    : didYouMean(word, ["generate"]);
  throw new UsageError(`There is no command ${JSON.stringify(word)}${hint ? `; ${hint}` : "."}`);
}

async function run({ verbose = false, ...args }: Arguments, terminal: Terminal): Promise<number> {
  const config = args.config === undefined ? {} : await readConfig(args.config);
  const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  const options: ContractOptions & { out?: string; routes?: string } = { ...config, ...given };
  if (args.printContract) {
    const { contract, warnings } = await readContract(args.file, options);
    if (warnings.length > 0) terminal.say(formatProblems(warnings, layout(terminal, verbose)));
    terminal.print(JSON.stringify(contract, undefined, 2));
    return 0;
  }
  const { out } = options;
  if (out === undefined) throw new UsageError("Say where to write: --out <folder>");
  const done: Generated = await generate(args.file, { ...options, out });
  const { findings = [], snippet } = done.routes ?? {};
  const found = [...done.warnings, ...findings];
  if (found.length > 0) terminal.say(formatProblems(found, layout(terminal, verbose)));
  terminal.say(describe(args.file, done, relative("", out) || ".", options.routes));
  if (snippet !== undefined) terminal.say(`\n${snippet}`);
  return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function layout({ color, columns }: Terminal, verbose: boolean): FormatOptions {
  return { color, columns, brief: !verbose };
}

function explain(error: unknown, terminal: Terminal, verbose: boolean): number {
  const { say } = terminal;
  if (error instanceof InputError) {
    say(formatProblems(error.problems, layout(terminal, verbose)));
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
