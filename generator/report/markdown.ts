/**
 * Findings as Markdown, for a comment or a pipeline's summary. All that a document could have a say in stands in code
 * spans: nothing in them is markup, a link or a mention, in whichever Markdown it is read.
 * https://spec.commonmark.org/0.31.2/#code-spans
 */
import { printable } from "./code-frame.js";
import type { Finding } from "./finding.js";
import { counted } from "./summary.js";

export function markdown(findings: readonly Finding[], command: string): string {
  const counts = counted(findings, "error", "warning", "note").join(", ");
  const head = `### actionwire ${command}: ${counts || "no findings"}`;
  return findings.length === 0 ? head : [head, "", ...findings.flatMap(item)].join("\n");
}

function item({ severity, rule, message, hint, file, line, column }: Finding): string[] {
  const place = file === undefined ? "" : ` ${code(`${file}:${line}:${column}`)}`;
  return [
    `- **${severity}**${place} ${code(rule)}: ${code(message)}`,
    ...(hint === undefined ? [] : [`  - hint: ${code(hint)}`]),
  ];
}

/** Between more backticks than stand together in it. */
function code(text: string): string {
  const inside = printable(text);
  const longest = Math.max(0, ...(inside.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  // One blank at each end is no part of the code.
  const blank = /^[` ]|[` ]$|^$/.test(inside) ? " " : "";
  return `${fence}${blank}${inside}${blank}${fence}`;
}
