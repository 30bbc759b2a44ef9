/**
 * The words of the command line; each that says something of a contract has its entry in the configuration.
 */
import type { InferredOptionTypes } from "yargs";

/** How a document is read. */
export const READING = {
  config: { type: "string", requiresArg: true, describe: "Configuration [default: actionwire.config.* here]" },
  perspective: {
    choices: ["server", "client"] as const,
    describe: "Which side the document describes [default: server]",
  },
  channels: {
    choices: ["auto", "paths", "topics"] as const,
    describe: "What channel addresses are [default: auto]",
  },
  int64: { choices: ["number", "bigint"] as const, describe: "What 64-bit integers are in types [default: number]" },
  dates: { choices: ["string", "Date"] as const, describe: "What date-times are in types [default: string]" },
  binary: { choices: ["string", "Uint8Array"] as const, describe: "What base64 text is in types [default: string]" },
  "no-implied-types": {
    type: "boolean",
    describe: "Read schemas by the letter: properties without a type mean no object, items no array",
  },
  "implied-types": { type: "boolean", hidden: true }, // what yargs makes of the one above
  formats: {
    choices: ["asserted", "annotated"] as const,
    describe: "Whether formats refuse values [default: as each draft says]",
  },
  root: { type: "string", requiresArg: true, describe: "Folder that references may not leave" },
  "allow-remote": { type: "boolean", describe: "Follow references to http(s) addresses" },
  strict: { type: "boolean", describe: "Count warnings as errors" },
} as const;

/** What is made of it. */
export const WRITING = {
  out: { type: "string", requiresArg: true, describe: "Folder for the generated files" },
  routes: { type: "string", requiresArg: true, describe: "Your routes file: drafted once, then only added to" },
  "routes-style": {
    choices: ["object", "class"] as const,
    describe: "What routes are [default: as before, else object]",
  },
  errors: {
    choices: ["first", "all"] as const,
    describe: "What validators tell of a wrong value [default: first]",
  },
} as const;

/** How findings are told. */
export const TELLING = {
  format: {
    type: "string",
    array: true,
    requiresArg: true,
    describe: "text, json, github, gitlab, sarif, junit or markdown; with a file, sarif:report.sarif; several at once",
  },
  quiet: { type: "boolean", describe: "Say nothing but errors" },
  verbose: { type: "boolean", describe: "Show every warning, and each in full" },
} as const;

/** What `generate` is to do with it. */
export const GENERATING = {
  check: { type: "boolean", describe: "Write nothing; fail where something would be written, and show it" },
  "dry-run": { type: "boolean", describe: "Write nothing; print what would be written" },
  watch: { type: "boolean", describe: "Generate again whenever a file changes that was read" },
  rename: { type: "string", array: true, requiresArg: true, describe: "A route that has a new name: old=new" },
  prune: { type: "boolean", describe: "Take away stubs that nothing asks for and nobody filled in" },
  "print-contract": { type: "boolean", describe: "Print what was read, as JSON, and write nothing" },
} as const;

/** What `init` is told. */
export const STARTING = {
  from: { type: "string", requiresArg: true, describe: "Your document [default: a small one is written]" },
  out: { type: "string", requiresArg: true, default: "src/generated", describe: "Folder for generated files" },
  routes: { type: "string", requiresArg: true, default: "src/routes.ts", describe: "Your routes file" },
  as: { choices: ["json", "ts", "mjs"] as const, default: "json", describe: "What the configuration is" },
} as const;

export type Flags = Partial<
  InferredOptionTypes<typeof READING> & InferredOptionTypes<typeof WRITING> & InferredOptionTypes<typeof TELLING>
> & {
  readonly impliedTypes?: boolean | undefined;
  readonly allowRemote?: boolean | undefined;
  readonly routesStyle?: "object" | "class" | undefined;
};
