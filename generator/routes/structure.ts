/**
 * What a declared type is made of, whatever it and the types in it are called: two that say the same are the same text.
 */
import { ts } from "./typescript.js";

/** `labels`: members that only say which message it is, where a constant does. */
export function structureOf(types: string, labels: ReadonlySet<string>): (name: string) => string | undefined {
  const file = ts.createSourceFile("types.ts", types, ts.ScriptTarget.Latest, true);
  const declared = new Map<string, ts.InterfaceDeclaration | ts.TypeAliasDeclaration>();
  for (const statement of file.statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) {
      declared.set(statement.name.text, statement);
    }
  }
  const isLabel = (node: ts.Node): boolean =>
    ts.isPropertySignature(node) &&
    labels.has(ts.isIdentifier(node.name) || ts.isStringLiteral(node.name) ? node.name.text : "") &&
    node.type !== undefined &&
    ts.isLiteralTypeNode(node.type);
  /** `seen`: types on the way, by the order in which they were met; one that is met again is its number. */
  const said = (node: ts.Node, seen: Map<string, number>): string => {
    const name = ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) ? node.typeName.text : undefined;
    const declaration = name === undefined ? undefined : declared.get(name);
    if (name !== undefined && declaration) return referred(name, declaration, seen);
    const parts: string[] = [];
    ts.forEachChild(node, (child) => {
      if (!isLabel(child)) parts.push(said(child, seen));
    });
    return parts.length > 0 || ts.isTypeLiteralNode(node) ? `${node.kind}(${parts.join(" ")})` : node.getText(file);
  };
  const referred = (
    name: string,
    declaration: ts.InterfaceDeclaration | ts.TypeAliasDeclaration,
    seen: Map<string, number>,
  ): string => {
    const before = seen.get(name);
    if (before !== undefined) return `#${before}`;
    seen.set(name, seen.size);
    if (ts.isTypeAliasDeclaration(declaration)) return said(declaration.type, seen);
    const members = declaration.members.filter((member) => !isLabel(member));
    const bases = declaration.heritageClauses ?? [];
    return `{${[...bases, ...members].map((part) => said(part, seen)).join(" ")}}`;
  };
  return (name) => {
    const declaration = declared.get(name);
    return declaration && referred(name, declaration, new Map());
  };
}
