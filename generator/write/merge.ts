/**
 * Reads the user's routes file. The one place that loads ts-morph, and it is imported only where such a file exists.
 */
import { type ClassDeclaration, Node, type ObjectLiteralExpression, Project } from "ts-morph";

/** Members of the object or class that implements the interface. */
export interface Members {
  readonly names: ReadonlySet<string>;
  /** A spread, a computed name or a base class may bring more of them. */
  readonly isOpen: boolean;
  /** What is in an object is meant to be a route; a class may have members for itself. */
  readonly isOnlyRoutes: boolean;
}

/** Members by interface; undefined for one that nothing in the text is declared to be. */
export function routesIn(text: string, interfaces: readonly string[]): ReadonlyMap<string, Members | undefined> {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const file = project.createSourceFile("routes.ts", text);
  const holders = file.getDescendants().flatMap(holdersOf);
  return new Map(
    interfaces.map((name) => {
      const holder = holders.find(({ type }) => isNamed(type, name));
      return [name, holder && membersOf(holder.node)];
    }),
  );
}

interface Holder {
  readonly node: ObjectLiteralExpression | ClassDeclaration;
  /** The text of the type it is declared to be. */
  readonly type: string;
}

/**
 * `const routes: ChatRoutes = {…}`, `{…} satisfies ChatRoutes`, `class X implements ChatRoutes`, and functions that
 * return one.
 */
function holdersOf(node: Node): Holder[] {
  if (Node.isClassDeclaration(node)) {
    return node.getImplements().map((implemented) => ({ node, type: implemented.getText() }));
  }
  if (Node.isVariableDeclaration(node)) return objects([node.getInitializer()], node.getTypeNode()?.getText());
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node)) {
    return objects([node.getExpression()], node.getTypeNode()?.getText());
  }
  if (!Node.isFunctionLikeDeclaration(node)) return [];
  const body = Node.isArrowFunction(node) ? node.getBody() : undefined;
  const isFunction = (other: Node) => Node.isFunctionLikeDeclaration(other) || Node.isFunctionExpression(other);
  const returned = node
    .getDescendants()
    .filter(Node.isReturnStatement)
    .filter((statement) => statement.getFirstAncestor(isFunction) === node)
    .map((statement) => statement.getExpression());
  return objects([body, ...returned], node.getReturnTypeNode()?.getText());
}

/** `ChatRoutes`, `server.ChatRoutes<User>`, `Readonly<ChatRoutes>`, `Promise<ChatRoutes>`: all the whole interface. */
function isNamed(type: string, name: string): boolean {
  const inner = type.replace(/^(?:(?:Readonly|Promise|Awaitable)<\s*)+/, "").replace(/^import\([^)]*\)\./, "");
  const [before = ""] = inner.split(/[<>]/, 1);
  return before.split(".").at(-1)?.trim() === name;
}

function objects(values: readonly (Node | undefined)[], type: string | undefined): Holder[] {
  if (type === undefined) return [];
  return values.flatMap((value) => {
    const plain = Node.isParenthesizedExpression(value) ? value.getExpression() : value;
    return Node.isObjectLiteralExpression(plain) ? [{ node: plain, type }] : [];
  });
}

function membersOf(holder: Holder["node"]): Members {
  if (Node.isClassDeclaration(holder)) {
    const names = [...holder.getMethods(), ...holder.getProperties()].map((member) => member.getName());
    return { names: new Set(names), isOpen: holder.getExtends() !== undefined, isOnlyRoutes: false };
  }
  const members = holder.getProperties();
  const names = members.flatMap((member) => ("getName" in member ? member.getName().replace(/^["']|["']$/g, "") : []));
  const isKnown = (name: string) => !name.startsWith("["); // a computed one may be any
  return {
    names: new Set(names.filter(isKnown)),
    isOpen: members.some(Node.isSpreadAssignment) || !names.every(isKnown),
    isOnlyRoutes: true,
  };
}
