/**
 * Problems as the error that bundlers show: the first with its place and frame, the others as lines below its sentence.
 */
import { fileURLToPath } from "node:url";
import type { PartialMessage } from "esbuild";
import type { Place, Position } from "../document.js";
import type { Problem } from "../problem.js";
import { codeFrame, printable } from "../report/code-frame.js";
import { pointedAt } from "../report/pointed.js";
import { formatProblems } from "../report/text.js";

/** Rollup's word for it, which Vite's overlay takes as well: https://rollupjs.org/plugin-development/#this-error */
export interface Shown {
  readonly message: string;
  readonly stack: string;
  readonly plugin: string;
  readonly id?: string;
  readonly frame?: string;
  readonly loc?: { readonly file: string; readonly line: number; readonly column: number };
}

export function shownOf(problems: readonly Problem[]): Shown {
  const [first, ...others] = problems;
  if (!first) throw new Error("an error has a problem");
  const sentence = [
    `${first.rule}: ${printable(first.message)}`,
    ...(first.hint ? [`hint: ${printable(first.hint)}`] : []),
  ];
  const more = others.length === 0 ? [] : ["", formatProblems(others, { color: false })];
  const message = [...sentence, ...more].join("\n");
  const said = { message, stack: "", plugin: "actionwire" };
  const { place } = first;
  if (!place) return said;
  const { file, at } = locate(first, place);
  const lines = codeFrame(place.file.text, at, 100).flatMap(({ gutter, text, mark }) => [
    `${gutter.trim().padEnd(gutter.length)} | ${text}`, // Vite cuts what is blank before the first
    ...(mark === undefined ? [] : [`${" ".repeat(gutter.length)} | ${mark}`]),
  ]);
  return { ...said, id: file, frame: lines.join("\n"), loc: { file, line: at.line, column: at.column } };
}

/** All of it in words, for who shows those alone. */
export function textOf(problems: readonly Problem[]): Error {
  const error = new Error(formatProblems(problems, { color: false }));
  error.name = "ActionwireError";
  error.stack = error.message;
  return error;
}

/** https://esbuild.github.io/plugins/#messages: columns count from 0. */
export function messageOf(problem: Problem): PartialMessage {
  const { rule, message, hint, place } = problem;
  const said = { text: `${rule}: ${printable(message)}`, notes: hint ? [{ text: printable(hint) }] : [] };
  if (!place) return said;
  const { file, at } = locate(problem, place);
  const lineText = place.file.text.split("\n", at.line).at(-1) ?? "";
  return { ...said, location: { file, line: at.line, column: at.column - 1, lineText } };
}

function locate(problem: Problem, place: Place): { readonly file: string; readonly at: Position } {
  const { file } = place;
  const local = file.url?.startsWith("file:") ? fileURLToPath(file.url) : file.path;
  return { file: local, at: pointedAt(problem, place) };
}

/** What ends a build. */
export class BuildError extends Error {
  override readonly name = "ActionwireError";

  constructor(shown: Shown) {
    super(shown.message);
    Object.assign(this, shown);
  }
}
