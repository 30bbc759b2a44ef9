/**
 * Where a node stands in its file: line and column, found when a diagnostic asks.
 */
import type { LineCounter } from "yaml";
import type { Path, Position } from "../document.js";
import type { Begins, Offsets } from "./yaml-value.js";

/** Both count from 1; columns count UTF-16 units, as editors do. */
export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

/** How far into the text the node under these keys begins, the nearest ancestor where there is none; `start`: where the root does. */
export function offsetOf(root: unknown, path: Path, start: number, offsets: Offsets): number {
  let value = root;
  let offset = start;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
    offset = beginOf(offsets.get(value), key) ?? offset;
    value = (value as Record<string | number, unknown>)[key]; // own, as just checked
  }
  return offset;
}

function beginOf(begins: Begins | undefined, key: string | number): number | undefined {
  return begins && "get" in begins ? begins.get(String(key)) : begins?.[Number(key)];
}
