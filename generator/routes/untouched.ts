/**
 * Whether a stub is still ours: nobody wrote anything into it, or about it.
 */
import { pastComments } from "./layout.js";
import type { Member } from "./members.js";
import { ts } from "./typescript.js";

/** The literal in the `notImplemented("say")` that is all a method does; undefined where it does anything else. */
export function stubLiteral({ node, id }: Member): ts.StringLiteral | undefined {
  if (!ts.isMethodDeclaration(node) || id === undefined) return undefined;
  const [statement, ...more] = node.body?.statements ?? [];
  if (!statement || more.length > 0 || !ts.isReturnStatement(statement) || !statement.expression) return undefined;
  const call = statement.expression;
  if (!ts.isCallExpression(call) || call.arguments.length !== 1) return undefined;
  const name = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
  const [argument] = call.arguments;
  if (!ts.isIdentifier(name) || !argument || !ts.isStringLiteral(argument)) return undefined;
  return argument.text === id && importedAs(name) === "notImplemented" ? argument : undefined;
}

/** A stub without a comment of the user's inside, directly above or behind it. */
export function isUntouched(member: Member, text: string): boolean {
  if (!stubLiteral(member)) return false;
  const { node } = member;
  const behind =
    pastComments(text, endOf(node, text)) !== endOf(node, text) || pastComments(text, node.end) !== node.end;
  return !behind && !hasComment(text, node.getStart(), node.end) && !isCommentedAbove(node, text);
}

/** The end of a member and its comma. */
export function endOf(node: ts.Node, text: string): number {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, undefined, text, undefined, node.end);
  return scanner.scan() === ts.SyntaxKind.CommaToken ? scanner.getTokenEnd() : node.end;
}

function hasComment(text: string, from: number, end: number): boolean {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false, undefined, text, undefined, from, end - from);
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan()) {
    const isComment = token === ts.SyntaxKind.SingleLineCommentTrivia || token === ts.SyntaxKind.MultiLineCommentTrivia;
    if (isComment) return true;
  }
  return false;
}

/** The last comment before it, unless an empty line says that it is about something else. */
function isCommentedAbove(node: ts.Node, text: string): boolean {
  const last = ts.getLeadingCommentRanges(text, node.pos)?.at(-1);
  return last !== undefined && !/\n[\t ]*\r?\n/.test(text.slice(last.end, node.getStart()));
}

/** What a local name is called where it is imported from. */
function importedAs(local: ts.Identifier): string {
  for (const statement of local.getSourceFile().statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    const element = bindings.elements.find(({ name }) => name.text === local.text);
    if (element) return (element.propertyName ?? element.name).text;
  }
  return local.text;
}
