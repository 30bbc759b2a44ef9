/**
 * Members go, each with its line and one of the empty lines around it.
 */
import type { Edit } from "./edits.js";
import { isFirstOnLine, lineStart } from "./layout.js";
import type { ts } from "./typescript.js";
import { endOf } from "./untouched.js";

export function takeAway(nodes: readonly ts.Node[], text: string): Edit[] {
  const edits: Edit[] = [];
  let end = 0; // of what has gone: an empty line between two goes once
  for (const node of nodes.toSorted((a, b) => a.getStart() - b.getStart())) {
    const { at, remove } = taken(node, text);
    const from = Math.max(at, end);
    end = at + remove;
    edits.push({ at: from, remove: end - from, insert: "" });
  }
  return edits;
}

function taken(node: ts.Node, text: string): { readonly at: number; readonly remove: number } {
  const start = node.getStart();
  const end = endOf(node, text);
  const rest = /^[\t ]*(\r?\n)?/.exec(text.slice(end));
  if (!isFirstOnLine(text, start) || rest?.[1] === undefined) {
    const space = end > node.end ? (/^[\t ]*/.exec(text.slice(end))?.[0].length ?? 0) : 0;
    return { at: start, remove: end + space - start };
  }
  const from = lineStart(text, start);
  const to = end + rest[0].length;
  const above = /\n([\t ]*\r?\n)$/.exec(text.slice(0, from))?.[1]?.length ?? 0;
  const below = above > 0 ? 0 : (/^[\t ]*\r?\n/.exec(text.slice(to))?.[0].length ?? 0);
  return { at: from - above, remove: above + to + below - from };
}
