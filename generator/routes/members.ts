/**
 * The members of an object or class that holds routes.
 */
import { ts } from "./typescript.js";

export interface Member {
  readonly node: ts.Node;
  /** Absent where it is no route: a spread, a static or private member, a constructor, a computed name. */
  readonly name?: ts.PropertyName;
  /** What the name is, however it is written. */
  readonly id?: string;
}

export interface Members {
  readonly members: readonly Member[];
  /** Ids that are there in another way: `constructor(readonly say: Say)`. */
  readonly others: readonly string[];
  /** There may be more members than are seen. */
  readonly isOpen: boolean;
}

export function membersOf(holder: ts.ObjectLiteralExpression | ts.ClassLikeDeclaration): Members {
  const nodes: readonly ts.Node[] = ts.isObjectLiteralExpression(holder) ? holder.properties : holder.members;
  return {
    members: nodes.map(memberOf),
    others: nodes.flatMap(parameterMembers),
    isOpen: nodes.some((node) => ts.isSpreadAssignment(node) || isComputed(node)),
  };
}

function memberOf(node: ts.Node): Member {
  if (isApart(node)) return { node };
  const name = nameNode(node);
  const id = name && idOf(name);
  return { node, ...(name && { name }), ...(id !== undefined && { id }) };
}

function parameterMembers(node: ts.Node): string[] {
  if (!ts.isConstructorDeclaration(node)) return [];
  return node.parameters.flatMap(({ modifiers, name }) =>
    (modifiers ?? []).length > 0 && ts.isIdentifier(name) ? name.text : [],
  );
}

function isApart(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => APART.has(kind));
}

const APART: ReadonlySet<ts.SyntaxKind> = new Set([ts.SyntaxKind.StaticKeyword, ts.SyntaxKind.PrivateKeyword]);

function nameNode(node: ts.Node): ts.PropertyName | undefined {
  return ts.isObjectLiteralElementLike(node) || ts.isClassElement(node) ? node.name : undefined;
}

function idOf(name: ts.PropertyName): string | undefined {
  if (ts.isIdentifier(name) || ts.isStringLiteral(name) || ts.isNumericLiteral(name)) return name.text;
  if (!ts.isComputedPropertyName(name)) return undefined;
  return ts.isStringLiteralLike(name.expression) ? name.expression.text : undefined;
}

/** A computed one may be any. */
function isComputed(node: ts.Node): boolean {
  const name = nameNode(node);
  return name !== undefined && ts.isComputedPropertyName(name) && idOf(name) === undefined;
}
