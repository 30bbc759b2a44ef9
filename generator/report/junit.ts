/**
 * Findings as a JUnit report, which most pipelines show: a suite for each file, a case for each finding. Errors fail;
 * warnings and notes pass, with what they say as output. https://github.com/testmoapp/junitxml
 */
import { printable } from "./code-frame.js";
import type { Finding } from "./finding.js";
import { said } from "./said.js";

export function junit(findings: readonly Finding[], command: string): string {
  const name = `actionwire ${command}`;
  const files = [...new Set(findings.map(({ file }) => file))];
  const suites = files.flatMap((file) => {
    const some = findings.filter((finding) => finding.file === file);
    return suite(file ?? name, some, some.flatMap(testcase));
  });
  const passed = suite(name, [], [`    <testcase ${attributes({ name, classname: name })}/>`]);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${attributes({ name, ...counts(findings) })}>`,
    ...(findings.length > 0 ? suites : passed),
    "</testsuites>",
  ].join("\n");
}

function suite(name: string, findings: readonly Finding[], cases: readonly string[]): string[] {
  return [`  <testsuite ${attributes({ name, ...counts(findings) })}>`, ...cases, "  </testsuite>"];
}

/** No finding is one test that passed. */
function counts(findings: readonly Finding[]): Readonly<Record<string, number>> {
  const failures = findings.filter(({ severity }) => severity === "error").length;
  return { tests: Math.max(1, findings.length), failures, errors: 0 };
}

function testcase(finding: Finding): string[] {
  const { rule, severity, message, file, line, column } = finding;
  const name = file === undefined ? rule : `${rule} at ${line}:${column}`;
  const place = file === undefined ? [] : [printable(`${file}:${line}:${column}`)];
  const text = [...place, said(finding)].join("\n");
  const inside =
    severity === "error"
      ? `<failure ${attributes({ type: rule, message })}>${escaped(text)}</failure>`
      : `<system-out>${escaped(`${severity}: ${text}`)}</system-out>`;
  const head = attributes({ name, classname: file ?? "actionwire", ...(file !== undefined && { file, line }) });
  return [`    <testcase ${head}>`, `      ${inside}`, "    </testcase>"];
}

function attributes(all: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(all)
    .map(([name, value]) => `${name}="${escaped(printable(String(value)))}"`)
    .join(" ");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** XML 1.0 has no way to write some characters (https://www.w3.org/TR/xml/#charsets); of those `printable` leaves these. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, "\ufffd")
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
