/**
 * Problems in the format that is asked for: the one door of this folder.
 */
import type { Problem } from "../problem.js";
import { findingsOf } from "./finding.js";
import type { Format } from "./formats.js";
import { github } from "./github.js";
import { gitlab } from "./gitlab.js";
import { json } from "./json.js";
import { junit } from "./junit.js";
import { markdown } from "./markdown.js";
import { sarif } from "./sarif.js";
import { type FormatOptions, formatProblems } from "./text.js";

export { colorOf, type Environment } from "./color.js";
export { FORMATS, type Format, type Output, parseFormat } from "./formats.js";

/** `color`, `columns`, `brief` and `quiet` are for text; all others are whole, and the same wherever they are made. */
export interface ReportOptions extends FormatOptions {
  /** `generate`, `lint` */
  readonly command: string;
}

/** Ends with no newline. Without problems text and github are empty, and the others a whole document that says so. */
export function report(format: Format, problems: readonly Problem[], options: ReportOptions): string {
  if (format === "text") return formatProblems(problems, options);
  const findings = findingsOf(problems);
  switch (format) {
    case "json":
      return json(findings, options.command);
    case "github":
      return github(findings);
    case "gitlab":
      return gitlab(findings);
    case "sarif":
      return sarif(findings);
    case "junit":
      return junit(findings, options.command);
    case "markdown":
      return markdown(findings, options.command);
  }
}
