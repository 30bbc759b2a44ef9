/**
 * Problems with their places as files, lines and columns, in the order in which every format tells them.
 */
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type Place, type Position, pointer } from "../document.js";
import type { Problem } from "../problem.js";
import { pointedAt } from "./pointed.js";

export interface Located {
  readonly problem: Problem;
  /** Absent where there is no place. */
  readonly at?: At;
}

export interface At extends Position {
  /** Relative to the working directory, with forward slashes; an address where it is remote. */
  readonly file: string;
  /** The same as people read it: far outside of the working directory in full. */
  readonly shown: string;
  readonly text: string;
  /** The node's JSON pointer; absent in a file that is no document, or is a broken one. */
  readonly pointer?: string;
}

/** Sorted by file and position; problems without a place come first, and notes last. */
export function located(problems: readonly Problem[]): readonly Located[] {
  const all = problems.map(
    (problem): Located => ({ problem, ...(problem.place && { at: locate(problem, problem.place) }) }),
  );
  return all.sort((a, b) => Number(isNote(a)) - Number(isNote(b)) || compare(a.at, b.at));
}

export function isNote({ problem }: Located): boolean {
  return problem.severity === "note";
}

function locate(problem: Problem, place: Place): At {
  const { file, path } = place;
  return {
    ...pointedAt(problem, place),
    ...namesOf(file.path, file.url),
    text: file.text,
    ...(file.value !== undefined && { pointer: pointer(path) }),
  };
}

function namesOf(path: string, url: string | undefined): Pick<At, "file" | "shown"> {
  if (!url?.startsWith("file:")) return { file: path, shown: path };
  const absolute = fileURLToPath(url);
  const way = relative(process.cwd(), absolute);
  const isFar = way.startsWith(`..${sep}..${sep}`);
  return { file: slashed(way), shown: slashed(isFar ? absolute : way) };
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

function compare(a: At | undefined, b: At | undefined): number {
  if (!a || !b) return Number(a !== undefined) - Number(b !== undefined);
  if (a.shown !== b.shown) return a.shown < b.shown ? -1 : 1; // not by locale: the order is the same on any machine
  return a.line - b.line || a.column - b.column;
}
