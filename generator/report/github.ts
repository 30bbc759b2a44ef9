/**
 * Findings as workflow commands, which GitHub Actions shows as annotations beside the lines.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
import type { Severity } from "../problem.js";
import type { Finding } from "./finding.js";
import { said } from "./said.js";

const COMMANDS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", note: "notice" };

/** A line for each; nothing for none. */
export function github(findings: readonly Finding[]): string {
  return findings.map(line).join("\n");
}

function line(finding: Finding): string {
  const { file, line, column, rule, severity } = finding;
  const place = file === undefined ? [] : [["file", file] as const, ["line", line] as const, ["col", column] as const];
  const properties = [...place, ["title", rule] as const].map(([name, value]) => `${name}=${property(String(value))}`);
  return `::${COMMANDS[severity]} ${properties.join(",")}::${data(said(finding))}`;
}

/** A line break would end the command, and the next line could be another. */
function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
