/** The tables as their reader wants them in a terminal. */
import { columns } from "../../corpus/columns.js";
import type { Score, Share } from "./score.js";

export interface Row {
  readonly tool: string;
  readonly score: Score;
}

const HEAD = ["sound", "soundT", "fresh", "prec", "precS", "precX", "exact", "crash", "noCompile", "ms/schema"];

export function typesTable(title: string, rows: readonly Row[]): string {
  const lines = rows.map(({ tool, score }) => [
    tool,
    ...[score.sound, score.soundTyped, score.fresh, score.precise, score.preciseSound, score.preciseExtended].map(
      (share) => percent(share),
    ),
    ...[score.exact, score.crashed, score.uncompiled].map((share) => percent(share)),
    score.milliseconds.toFixed(2),
  ]);
  return `${title}\n${columns([["", ...HEAD], [], ...lines])}`;
}

/** 100 is said only of all, 0 only of none. */
export function percent({ of, all }: Share, digits = 1): string {
  if (all === 0) return "-";
  if (of === all) return "100";
  if (of === 0) return "0";
  const step = 10 ** -digits;
  return Math.min(Math.max((100 * of) / all, step), 100 - step).toFixed(digits);
}
