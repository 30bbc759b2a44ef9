/**
 * Findings in the formats that were asked for, each to its file or to where its readers are.
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Problem } from "../problem.js";
import { type Format, parseFormat } from "../report/formats.js";
import type { ReportOptions } from "../report/report.js";
import { formatProblems } from "../report/text.js";
import { makeFolder } from "../write/make-folder.js";
import { codeOf, reasonOf } from "../write/told.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage-error.js";

/** How findings are told. */
export interface Telling {
  readonly command: string;
  readonly formats: readonly { readonly format: Format; readonly file?: string | undefined }[];
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Whether the findings are what was asked for, and so data, or words beside it. */
  readonly areResult?: boolean;
  /** No report takes the place of a file: which must not be lost is not known. */
  readonly keepsFiles?: boolean;
}

/** Reads `--format` words. Throws UsageError for one that is none. */
export function formatsOf(words: string | readonly string[] | undefined): Telling["formats"] {
  const formats = [words ?? []].flat().map((word) => {
    const parsed = parseFormat(word);
    if ("error" in parsed) throw new UsageError(parsed.error);
    return parsed;
  });
  const toTerminal = formats.filter(({ file }) => file === undefined);
  if (toTerminal.length > 1) {
    throw new UsageError(
      `Only one format can be printed; give the others files: --format ${toTerminal[1]?.format}:<file>`,
    );
  }
  return toTerminal.length === 0 ? [{ format: "text" }, ...formats] : formats;
}

/** Text, where a format is misspelt: another error is what has to be told. */
export function usableFormats(words: Parameters<typeof formatsOf>[0]): Telling["formats"] {
  try {
    return formatsOf(words);
  } catch {
    return [{ format: "text" }];
  }
}

export async function tell(problems: readonly Problem[], telling: Telling, terminal: Terminal): Promise<void> {
  const { command, quiet, verbose, areResult = false, keepsFiles = false } = telling;
  const isFile = ({ file }: Telling["formats"][number]): number => (file === undefined ? 0 : 1);
  // What is printed comes first: a file that cannot be written takes nothing away from who reads here.
  for (const { format, file } of telling.formats.toSorted((a, b) => isFile(a) - isFile(b))) {
    const isPrinted = areResult || format !== "text";
    const color = file === undefined && (isPrinted ? terminal.printColor === true : terminal.color);
    const options = { command, quiet, brief: !verbose, color, columns: terminal.columns };
    const text = await textOf(format, problems, options);
    if (file !== undefined) {
      await write(file, `${text}\n`, keepsFiles);
    } else if (text !== "") {
      (isPrinted ? terminal.print : terminal.say)(text);
    }
  }
}

/** Throws UsageError where the file system does not let it. */
async function write(file: string, text: string, keepsFiles: boolean): Promise<void> {
  if (keepsFiles && existsSync(file)) {
    throw new UsageError(`--format cannot write to ${file}: it is there, and may be somebody's. Name another file.`);
  }
  try {
    await makeFolder(dirname(file));
    await writeFile(file, text);
  } catch (error) {
    const reason = await reasonOf(codeOf(error), file);
    if (reason === undefined) throw error;
    throw new UsageError(`--format cannot write to ${file}: ${reason}. Name another file.`);
  }
}

/** Formats for machines bring along what is said of rules: few runs take them. */
async function textOf(format: Format, problems: readonly Problem[], options: ReportOptions): Promise<string> {
  if (format === "text") return formatProblems(problems, options);
  const { report } = await import("../report/report.js");
  return report(format, problems, options);
}
