/**
 * How a file is written: line ends, indentation, quotes, semicolons. What is inserted follows it.
 */
import { ts } from "./typescript.js";

export interface Layout {
  readonly eol: "\n" | "\r\n";
  /** One step of indentation. */
  readonly unit: string;
  readonly quote: '"' | "'";
  readonly semicolon: ";" | "";
}

export function layoutOf(file: ts.SourceFile): Layout {
  const { text } = file;
  return {
    eol: /\r?\n/.exec(text)?.[0] === "\r\n" ? "\r\n" : "\n",
    unit: unitOf(text),
    quote: quoteOf(file),
    semicolon: semicolonOf(file),
  };
}

/** A text as a literal of the file's own. */
export function quoted(text: string, quote: Layout["quote"]): string {
  const double = JSON.stringify(text);
  return quote === '"' ? double : `'${double.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** Generated code as this file would have it, its lines after the first indented. Its only literals are names. */
export function restyled(code: string, indent: string, { eol, unit, quote, semicolon }: Layout): string {
  const lines = code.split("\n").map((line) => {
    const depth = /^ */.exec(line)?.[0].length ?? 0;
    return unit.repeat(depth / 2) + line.trimStart().replaceAll('"', quote).replace(/;$/, semicolon);
  });
  return lines.join(eol + indent);
}

/** The same on one line. */
export function onOneLine(code: string, layout: Layout): string {
  return restyled(code, "", { ...layout, unit: "", eol: "\n" })
    .replaceAll(/\((?:\n)(.*),\n\)/gs, "($1)")
    .replaceAll("\n", " ");
}

/** The white space that the line begins with in which something stands. */
export function indentAt(text: string, at: number): string {
  return /^[\t \ufeff]*/.exec(text.slice(lineStart(text, at), at))?.[0].replace("\ufeff", "") ?? "";
}

export function lineStart(text: string, at: number): number {
  return text.lastIndexOf("\n", at - 1) + 1;
}

/** Nothing but white space stands before it on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return /^[\t \ufeff]*$/.test(text.slice(lineStart(text, at), at));
}

/** Where the next token begins, behind comments. */
export function nextToken(text: string, from: number): number {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text, undefined, from);
  scanner.scan();
  return scanner.getTokenStart();
}

/** The end of the comments that follow on the same line. */
export function pastComments(text: string, from: number): number {
  return ts.getTrailingCommentRanges(text, from)?.at(-1)?.end ?? from;
}

function unitOf(text: string): string {
  const indents = [...text.matchAll(/^([\t ]+)[^\s*]/gm)].map(([, indent = ""]) => indent);
  if (indents.some((indent) => indent.startsWith("\t"))) return "\t";
  const widths = indents.map((indent) => indent.length).filter((width) => width > 1);
  return " ".repeat(widths.length === 0 ? 2 : Math.min(...widths, 8));
}

function quoteOf(file: ts.SourceFile): Layout["quote"] {
  const imports = file.statements.filter(ts.isImportDeclaration).map((one) => one.moduleSpecifier.getText(file));
  const single = imports.filter((literal) => literal.startsWith("'")).length;
  return single * 2 > imports.length ? "'" : '"';
}

/** As most statements end that may end either way. */
function semicolonOf(file: ts.SourceFile): Layout["semicolon"] {
  const ended = file.statements.filter(
    (statement) => ts.isImportDeclaration(statement) || ts.isVariableStatement(statement),
  );
  const without = ended.filter((statement) => !statement.getText(file).endsWith(";")).length;
  return without * 2 > ended.length ? "" : ";";
}
