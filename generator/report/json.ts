/**
 * Findings as JSON, for programs of one's own: schemas/report.schema.json.
 */
import type { Severity } from "../problem.js";
import type { Finding } from "./finding.js";

export function json(findings: readonly Finding[], command: string): string {
  const count = (severity: Severity): number => findings.filter((one) => one.severity === severity).length;
  const summary = { errors: count("error"), warnings: count("warning"), notes: count("note") };
  return JSON.stringify({ version: 1, command, findings, summary }, undefined, 2);
}
