/**
 * What in a routes file is declared to be an interface's routes: an object or a class, or an expression that has them
 * from elsewhere.
 */
import type { ConnectionNames } from "../contract.js";
import { declaredTypes, lastName, type Type } from "./declared.js";
import { type Members, membersOf } from "./members.js";
import { ts } from "./typescript.js";

export interface Holder extends Members {
  readonly node: ts.ObjectLiteralExpression | ts.ClassLikeDeclaration;
  /** A spread, a computed name or a base class may bring more of them, so what is missing here may come from there. */
  readonly isOpen: boolean;
  /** A class that extends the generated one: its routes say `override`. */
  readonly overrides: boolean;
  /** What is in an object is meant to be a route; a class may have members for itself. */
  readonly isOnlyRoutes: boolean;
  /** Who is talking, as the declaration says it: `<User>`; empty where it does not. */
  readonly user: string;
}

/** What holds an interface's routes; `elsewhere` where something is declared to, whose value is not written out here. */
export interface Holders {
  readonly holders: readonly Holder[];
  readonly elsewhere: boolean;
}

/**
 * `const routes: ChatRoutes = {…}`, `{…} satisfies ChatRoutes`, `class X extends ChatRoutes`, functions that return one,
 * and what `serveChat` is given.
 */
export function holdersOf(file: ts.SourceFile, { routes, serve }: ConnectionNames): Holders {
  const type = declaredTypes(file, routes);
  const found = new Map<ts.Node, Holder>();
  let elsewhere = false;
  const note = (value: ts.Expression | undefined, declared: Type | undefined): void => {
    if (!value || !declared) return;
    const node = unwrapped(value);
    if (!ts.isObjectLiteralExpression(node)) elsewhere = true;
    else if (!found.has(node)) found.set(node, objectHolder(node, declared));
  };
  const visit = (node: ts.Node): void => {
    if (ts.isClassLike(node)) {
      const holder = classHolder(node, type);
      if (holder) found.set(node, holder);
    } else if (ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node) || ts.isParameter(node)) {
      note(node.initializer, type(node.type));
    } else if (ts.isSatisfiesExpression(node) || ts.isAsExpression(node)) {
      note(node.expression, type(node.type));
    } else if (ts.isCallExpression(node) && lastName(node.expression) === serve) {
      note(node.arguments[1], { user: "", whole: true });
    } else if (ts.isFunctionLike(node)) {
      const declared = type(node.type);
      if (declared) for (const value of returned(node)) note(value, declared);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { holders: [...found.values()], elsewhere };
}

function objectHolder(node: ts.ObjectLiteralExpression, { user, whole }: Type): Holder {
  return { node, ...membersOf(node), overrides: false, isOnlyRoutes: whole, user };
}

function classHolder(
  node: ts.ClassLikeDeclaration,
  type: (node: ts.Node | undefined) => Type | undefined,
): Holder | undefined {
  const clauses = node.heritageClauses ?? [];
  const [base] = clauses.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword).flatMap(({ types }) => types);
  const extended = type(base);
  const declared = extended ?? clauses.flatMap(({ types }) => types.flatMap((one) => type(one) ?? []))[0];
  if (!declared) return undefined;
  const members = membersOf(node);
  const inherits = base !== undefined && extended === undefined;
  return {
    ...{ node, ...members, isOpen: members.isOpen || inherits },
    ...{ overrides: extended !== undefined, isOnlyRoutes: false, user: declared.user },
  };
}

/** What a function returns, not what functions inside of it do. */
function returned(node: ts.SignatureDeclaration): (ts.Expression | undefined)[] {
  const body = "body" in node ? (node.body as ts.Node | undefined) : undefined; // only some signatures have one
  if (!body) return [];
  if (!ts.isBlock(body)) return [body as ts.Expression]; // an arrow's
  const values: (ts.Expression | undefined)[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isFunctionLike(child) || ts.isClassLike(child)) return;
    if (ts.isReturnStatement(child)) values.push(child.expression);
    ts.forEachChild(child, visit);
  };
  ts.forEachChild(body, visit);
  return values;
}

/** An expression without parentheses and without what only says its type. */
function unwrapped(value: ts.Expression): ts.Expression {
  const isWrapped =
    ts.isParenthesizedExpression(value) ||
    ts.isAsExpression(value) ||
    ts.isSatisfiesExpression(value) ||
    ts.isTypeAssertionExpression(value) ||
    ts.isNonNullExpression(value);
  return isWrapped ? unwrapped(value.expression) : value;
}
