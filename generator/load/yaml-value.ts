/**
 * From YAML's syntax tree to plain values. `yaml`'s own conversion is not used: it compares every key of a map with every other,
 * searches the whole document for each alias, and reads `1.10:` as the key "1.1".
 */
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from "yaml";
import { didYouMean } from "../nearest.js";
import type { RuleId } from "../rules/rules.js";
import { limits } from "./limits.js";

/** What makes a file unusable, and how far into its text. */
export interface Defect {
  readonly rule: RuleId;
  readonly message: string;
  readonly offset: number;
  readonly hint?: string;
}

export interface Converted {
  readonly value: unknown;
  /** Of each object and array of the value, how far into the text its members begin. */
  readonly offsets: Offsets;
  readonly defects: readonly Defect[];
}

/** Kept in place of the syntax tree, which is many times as large. A member of a map begins at its key. */
export type Offsets = ReadonlyMap<object, Begins>;
export type Begins = ReadonlyMap<string, number> | readonly number[];

/** The name of a map's merge key (https://yaml.org/type/merge.html): YAML 1.1's, but real documents use it. */
const MERGE = "<<";

interface Anchor {
  value: unknown;
  /** Nodes below it, those behind aliases counted again; undefined while it is being read. */
  size: number | undefined;
}

/** Converts a document's tree. Aliases share one value instead of copying it, so a small text stays small in memory. */
export function convert(root: Node | null): Converted {
  const offsets = new Map<object, Map<string, number> | number[]>();
  const defects: Defect[] = [];
  const anchors = new Map<string, Anchor>();
  let count = 0; // nodes so far, those behind aliases counted again
  let expanded = 0; // of these, those behind aliases

  const value = read(root);
  return { value, offsets, defects };

  function read(node: unknown): unknown {
    count++;
    if (isAlias(node)) return readAlias(node.source, startOf(node));
    if (isScalar(node)) return anchored(node.anchor, () => node.value);
    if (isSeq(node)) return anchored(node.anchor, (anchor) => readList(node, anchor));
    if (isMap(node)) return anchored(node.anchor, (anchor) => readMap(node, anchor));
    return null;
  }

  function anchored(name: string | undefined, readValue: (anchor: Anchor) => unknown): unknown {
    const anchor: Anchor = { value: null, size: undefined };
    if (name === undefined) return readValue(anchor);
    const before = count;
    anchors.set(name, anchor);
    anchor.value = readValue(anchor);
    anchor.size = count - before + 1;
    return anchor.value;
  }

  function readAlias(name: string, offset: number): unknown {
    const anchor = anchors.get(name);
    if (!anchor) {
      const hint = didYouMean(name, anchors.keys());
      defects.push({
        rule: "unknown-alias",
        message: `no anchor &${name} stands before the alias *${name}`,
        offset,
        ...(hint && { hint }),
      });
      return null;
    }
    if (anchor.size === undefined) {
      defects.push({ rule: "alias-circle", message: `the alias *${name} stands inside its own anchor`, offset });
      return null;
    }
    count += anchor.size;
    expanded += anchor.size;
    if (expanded > limits.aliasNodes && !defects.some(({ rule }) => rule === "alias-bomb")) {
      const message = `aliases expand to more than ${limits.aliasNodes} nodes`;
      defects.push({ rule: "alias-bomb", message, offset, hint: "use $ref instead of YAML aliases" });
    }
    // Past the limit nothing is shared any more, so that nobody walks it.
    return expanded > limits.aliasNodes ? null : anchor.value;
  }

  function readList(list: YAMLSeq, anchor: Anchor): unknown[] {
    const items: unknown[] = [];
    anchor.value = items;
    offsets.set(items, list.items.map(startOf));
    for (const item of list.items) items.push(read(item));
    return items;
  }

  function readMap(map: YAMLMap, anchor: Anchor): object {
    const members: Record<string, unknown> = {};
    anchor.value = members;
    const begins = new Map<string, number>();
    offsets.set(members, begins);
    const seen = new Set<string>();
    let merges: number | undefined;
    for (const pair of map.items) {
      const key = keyOf(pair);
      const offset = startOf(pair.key);
      if (key === undefined) {
        defects.push({ rule: "bad-key", message: "a key must be text, not a list or a map", offset });
      } else if (isMergeKey(pair)) {
        const before = defects.length;
        merges ??= offset; // where all that is merged stands
        const from = read(pair.value);
        // An alias that means nothing has said so; past the limit none means anything.
        if (defects.length === before && expanded <= limits.aliasNodes) merge(members, from, offset, begins, merges);
      } else {
        if (seen.has(key)) {
          const message = `the key ${JSON.stringify(key)} stands twice in the same map`;
          defects.push({ rule: "duplicate-key", message, offset, hint: "keep one, or rename one" });
        }
        seen.add(key);
        begins.set(key, offset);
        define(members, key, read(pair.value));
      }
    }
    return members;
  }

  /** Keys of the merged maps, the first map first, where the map itself does not have them. */
  function merge(
    into: Record<string, unknown>,
    from: unknown,
    offset: number,
    begins: Map<string, number>,
    merges: number,
  ): void {
    for (const source of Array.isArray(from) ? from : [from]) {
      if (typeof source !== "object" || source === null || Array.isArray(source)) {
        defects.push({ rule: "bad-merge", message: "the merge key << takes a map or a list of maps", offset });
        return;
      }
      for (const [key, value] of Object.entries(source)) {
        if (Object.hasOwn(into, key)) continue;
        begins.set(key, merges);
        define(into, key, value);
      }
    }
  }
}

/** The key's text as written, `1.10` and `on` too; undefined where it is no text at all. */
function keyOf(pair: Pair): string | undefined {
  const { key } = pair;
  if (key === null) return "";
  if (!isScalar(key)) return undefined;
  return typeof key.value === "string" ? key.value : (key.source ?? String(key.value ?? ""));
}

function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.value === MERGE && pair.key.type === "PLAIN";
}

/** Where a node begins in its text. */
export function startOf(node: unknown): number {
  return (isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined) ?? 0;
}

/** Makes an own member of any name: `members.__proto__ = value` would set the prototype instead. */
function define(members: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") members[key] = value;
  else Object.defineProperty(members, key, { value, writable: true, enumerable: true, configurable: true });
}
