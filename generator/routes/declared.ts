/**
 * Which types of a file are an interface's routes, whatever the file calls them.
 */
import { ts } from "./typescript.js";

export interface Type {
  /** Its arguments as written: `<User>`; empty without. */
  readonly user: string;
  /** It is the interface and nothing besides. */
  readonly whole: boolean;
}

/** All the whole interface: `Readonly<ChatRoutes>`, what an async function gives. */
const TRANSPARENT: ReadonlySet<string> = new Set(["Readonly", "Required", "Promise", "Awaitable"]);

/** `ChatRoutes`, `server.ChatRoutes<User>`, `import("…").ChatRoutes`, and names that the file gives it. */
export function declaredTypes(file: ts.SourceFile, name: string): (node: ts.Node | undefined) => Type | undefined {
  const imported = new Set([name]);
  const aliases = new Map<string, ts.TypeNode>();
  for (const statement of file.statements) {
    if (ts.isTypeAliasDeclaration(statement)) aliases.set(statement.name.text, statement.type);
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (!bindings || !ts.isNamedImports(bindings)) continue;
    for (const { name: local, propertyName } of bindings.elements) {
      if (propertyName?.text === name) imported.add(local.text);
    }
  }
  const named = (
    reference: string,
    args: ts.NodeArray<ts.TypeNode> | undefined,
    seen: ReadonlySet<string>,
  ): Type | undefined => {
    const user = args?.map((arg) => arg.getText(file)).join(", ");
    if (imported.has(reference)) return { user: user === undefined ? "" : `<${user}>`, whole: true };
    if (TRANSPARENT.has(reference)) return typeOf(args?.[0], seen);
    return seen.has(reference) ? undefined : typeOf(aliases.get(reference), new Set([...seen, reference]));
  };
  const typeOf = (node: ts.Node | undefined, seen: ReadonlySet<string>): Type | undefined => {
    if (!node) return undefined;
    if (ts.isParenthesizedTypeNode(node)) return typeOf(node.type, seen);
    if (ts.isTypeReferenceNode(node)) return named(lastName(node.typeName), node.typeArguments, seen);
    if (ts.isImportTypeNode(node)) return node.qualifier && named(lastName(node.qualifier), node.typeArguments, seen);
    if (ts.isExpressionWithTypeArguments(node)) return named(lastName(node.expression), node.typeArguments, seen);
    if (!ts.isIntersectionTypeNode(node)) return undefined;
    const [part] = node.types.flatMap((type) => typeOf(type, seen) ?? []);
    return part && { ...part, whole: false };
  };
  return (node) => typeOf(node, new Set());
}

/** `ChatRoutes` of `server.ChatRoutes`. */
export function lastName(name: ts.Node): string {
  if (ts.isIdentifier(name)) return name.text;
  if (ts.isQualifiedName(name)) return name.right.text;
  return ts.isPropertyAccessExpression(name) ? name.name.text : "";
}
