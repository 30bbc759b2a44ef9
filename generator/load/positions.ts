/**
 * Where a node stands in its file: line and column, found when a diagnostic asks.
 */
import { isMap, type LineCounter, type YAMLMap, type YAMLSeq } from "yaml";
import type { Path, Position } from "../document.js";
import { isMergeKey, keyOf, startOf } from "./yaml-value.js";

/** Both count from 1; columns count UTF-16 units, as editors do. */
export function positionAt(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return line === 0 ? { line: 1, column: 1 } : { line, column: col };
}

/** How far into the text the node under these keys begins: a member at its key; the nearest ancestor where there is no such node. */
export function offsetOf(root: unknown, path: Path, syntax: WeakMap<object, YAMLMap | YAMLSeq>): number {
  let value = root;
  let offset = typeof root === "object" && root !== null ? startOf(syntax.get(root)) : 0;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) break;
    offset = memberOffset(syntax.get(value), key) ?? offset;
    value = (value as Record<string | number, unknown>)[key]; // own, as just checked
  }
  return offset;
}

function memberOffset(node: YAMLMap | YAMLSeq | undefined, key: string | number): number | undefined {
  if (!isMap(node)) return node?.items[Number(key)] === undefined ? undefined : startOf(node.items[Number(key)]);
  // The last of two equal keys holds the value; a key that a merge brought stands where the merge does.
  const pair = node.items.findLast((pair) => keyOf(pair) === String(key)) ?? node.items.find(isMergeKey);
  return pair && startOf(pair.key);
}
