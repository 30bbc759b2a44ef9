/**
 * A route under another name: its name changes, and where the name says which stub or reply it is; its code stays.
 */
import type { Edit } from "./edits.js";
import type { Member } from "./members.js";
import { ts } from "./typescript.js";
import { stubLiteral } from "./untouched.js";

export function renameMember(member: Member, to: string): Edit[] {
  const { name, id, node } = member;
  if (!name) return [];
  if (ts.isShorthandPropertyAssignment(node)) return [{ at: name.getStart(), remove: 0, insert: `${to}: ` }];
  const places: ts.Node[] = [ts.isComputedPropertyName(name) ? name.expression : name];
  const literal = stubLiteral(member);
  if (literal) places.push(literal);
  if (ts.isMethodDeclaration(node) && node.type) places.push(...indexes(node.type, id));
  return places.map((place) => replaced(place, to));
}

/** `"say"` in `Promise<ChatReplies["say"]>`. */
function indexes(type: ts.Node, id: string | undefined): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIndexedAccessTypeNode(node) && ts.isLiteralTypeNode(node.indexType)) {
      const { literal } = node.indexType;
      if (ts.isStringLiteral(literal) && literal.text === id) found.push(literal);
    }
    ts.forEachChild(node, visit);
  };
  visit(type);
  return found;
}

/** Quotes stay as they are. */
function replaced(node: ts.Node, to: string): Edit {
  const isText = ts.isStringLiteralLike(node);
  const at = node.getStart() + (isText ? 1 : 0);
  return { at, remove: node.end - (isText ? 1 : 0) - at, insert: to };
}
