/**
 * Where new members go in an object or class, and how they are set there: in the contract's order, as their neighbours are.
 */
import { type Edit, insertion } from "./edits.js";
import type { Holder } from "./holders.js";
import {
  indentAt,
  isFirstOnLine,
  type Layout,
  lineStart,
  nextToken,
  onOneLine,
  pastComments,
  restyled,
} from "./layout.js";
import type { Member } from "./members.js";
import { ts } from "./typescript.js";

/** A member that stays, by the id that it will have. */
export interface Kept {
  readonly member: Member;
  readonly id: string | undefined;
}

/** A member to come: its id, and its code as generated. */
export interface Stub {
  readonly id: string;
  readonly code: string;
}

/** `asked`: all ids, in the contract's order; `kept`: the members there are, in the file's. */
export function insertStubs(
  stubs: readonly Stub[],
  asked: readonly string[],
  kept: readonly Kept[],
  holder: Holder,
  text: string,
  fileLayout: Layout,
): Edit[] {
  const layout = { ...fileLayout, unit: unitIn(holder, text) ?? fileLayout.unit };
  const groups = new Map<number, Stub[]>();
  for (const stub of stubs) {
    const after = neighbour(stub.id, asked, kept);
    groups.set(after, [...(groups.get(after) ?? []), stub]);
  }
  return [...groups].flatMap(([after, group]) => {
    const member = kept[after]?.member.node;
    return member ? afterMember(member, group, holder, text, layout) : atStart(group, holder, text, layout);
  });
}

/** After the nearest sibling before it in the contract, else before the next one, else last; -1 is right at the start. */
function neighbour(id: string, asked: readonly string[], kept: readonly Kept[]): number {
  const index = asked.indexOf(id);
  for (const before of asked.slice(0, index).toReversed()) {
    const found = kept.findLastIndex((one) => one.id === before);
    if (found >= 0) return found;
  }
  for (const after of asked.slice(index + 1)) {
    const found = kept.findIndex((one) => one.id === after);
    if (found >= 0) return found - 1;
  }
  return kept.length - 1;
}

function afterMember(node: ts.Node, stubs: readonly Stub[], holder: Holder, text: string, layout: Layout): Edit[] {
  const isObject = ts.isObjectLiteralExpression(holder.node);
  const end = isObject ? node.end : endOfClassMember(node, holder);
  const next = nextToken(text, end);
  const comma = isObject && text[next] === "," ? next + 1 : undefined;
  const after = comma ?? end;
  const separator = isObject ? "," : "";
  // Between members always, at the end where the last one had it.
  const last = comma === undefined ? "" : separator;
  if (!isBroken(text.slice(after, nextToken(text, after)))) {
    const first = isObject && comma === undefined ? "," : !isObject && needsSemicolon(node, text) ? ";" : "";
    const lines = stubs.map(({ code }) => onOneLine(code, layout));
    return [insertion(after, `${first} ${lines.join(`${separator} `)}${last}`)];
  }
  const at = pastComments(text, after);
  const indent = memberIndent(node, holder, text, layout);
  const gap = layout.eol + (isSpaced(holder, text) ? layout.eol : "") + indent;
  const blocks = stubs.map(({ code }) => gap + restyled(code, indent, layout));
  const set = insertion(at, blocks.join(separator) + last);
  if (!isObject || comma !== undefined) return [set];
  return at === end ? [insertion(end, separator + set.insert)] : [insertion(end, separator), set];
}

function atStart(stubs: readonly Stub[], holder: Holder, text: string, layout: Layout): Edit[] {
  const isObject = ts.isObjectLiteralExpression(holder.node);
  const brace = openBrace(holder, text);
  const separator = isObject ? "," : "";
  const close = holder.node.end - 1;
  const indent = memberIndent(undefined, holder, text, layout);
  const gap = layout.eol + (isSpaced(holder, text) ? layout.eol : "") + indent;
  const blocks = stubs.map(({ code }) => restyled(code, indent, layout) + separator);
  if (holder.members.length === 0) {
    const inside = text.slice(brace + 1, close).trimEnd();
    const isTall = isBroken(text.slice(brace + 1 + inside.length, close));
    const tail = isTall ? "" : layout.eol + indentAt(text, lineStart(text, brace));
    return [insertion(isTall ? brace + 1 + inside.length : close, layout.eol + indent + blocks.join(gap) + tail)];
  }
  if (!isBroken(text.slice(brace + 1, nextToken(text, brace + 1)))) {
    const lines = stubs.map(({ code }) => ` ${onOneLine(code, layout)}${separator}`);
    return [insertion(brace + 1, lines.join(""))];
  }
  const tail = isSpaced(holder, text) ? layout.eol : "";
  return [insertion(pastComments(text, brace + 1), layout.eol + indent + blocks.join(gap) + tail)];
}

/** A class member may be followed by semicolons that are members themselves. */
function endOfClassMember(node: ts.Node, { members }: Holder): number {
  const after = members.slice(members.findIndex((member) => member.node === node) + 1);
  const other = after.findIndex((member) => !ts.isSemicolonClassElement(member.node));
  const semicolons = other < 0 ? after : after.slice(0, other);
  return semicolons.at(-1)?.node.end ?? node.end;
}

/** A property on the line of what follows it. */
function needsSemicolon(node: ts.Node, text: string): boolean {
  return ts.isPropertyDeclaration(node) && text[node.end - 1] !== ";";
}

function openBrace({ node }: Holder, text: string): number {
  return ts.isObjectLiteralExpression(node) ? node.getStart() : text.lastIndexOf("{", node.members.pos - 1);
}

/** As the member's own line is indented, or that of any other; one step deeper than the holder where none has a line. */
function memberIndent(node: ts.Node | undefined, holder: Holder, text: string, layout: Layout): string {
  const starts = [node, ...holder.members.map((member) => member.node)].flatMap((one) => one?.getStart() ?? []);
  const own = starts.find((start) => isFirstOnLine(text, start));
  if (own !== undefined) return indentAt(text, own);
  const close = holder.node.end - 1;
  return indentAt(text, isFirstOnLine(text, close) ? close : openBrace(holder, text)) + layout.unit;
}

/** How much deeper its members are than it is; undefined where that is not to be seen. */
function unitIn(holder: Holder, text: string): string | undefined {
  const first = holder.members.map(({ node }) => node.getStart()).find((start) => isFirstOnLine(text, start));
  const close = holder.node.end - 1;
  if (first === undefined || !isFirstOnLine(text, close)) return undefined;
  const [inner, outer] = [indentAt(text, first), indentAt(text, close)];
  return inner.startsWith(outer) && inner.length > outer.length ? inner.slice(outer.length) : undefined;
}

/** Whether empty lines stand between members, as most of them have it; between the first two there is one. */
function isSpaced({ members }: Holder, text: string): boolean {
  const gaps = members.slice(1).flatMap(({ node }, index) => {
    const gap = text.slice(members[index]?.node.end, node.getStart());
    return isBroken(gap) ? [/\n[\t ]*\r?\n/.test(gap)] : [];
  });
  const [only] = members;
  if (gaps.length === 0) return !only || isBroken(only.node.getText());
  return gaps.filter(Boolean).length * 2 >= gaps.length;
}

function isBroken(text: string): boolean {
  return /[\n\r\u2028\u2029]/.test(text);
}
