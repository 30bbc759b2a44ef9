/**
 * Findings as GitLab's Code Quality report. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
 */
import type { Severity } from "../problem.js";
import { type Finding, NOWHERE } from "./finding.js";
import { said } from "./said.js";

const SEVERITIES: Readonly<Record<Severity, string>> = { error: "major", warning: "minor", note: "info" };

export function gitlab(findings: readonly Finding[]): string {
  const issues = findings.map((finding) => ({
    description: said(finding),
    check_name: finding.rule,
    fingerprint: finding.fingerprint,
    severity: SEVERITIES[finding.severity],
    location: { path: finding.file ?? NOWHERE.file, lines: { begin: finding.line ?? NOWHERE.line } },
  }));
  return JSON.stringify(issues, undefined, 2);
}
