/**
 * Reads the user's routes file. The one place that loads ts-morph, and it is imported only where such a file exists.
 */
import { type ClassDeclaration, Node, type ObjectLiteralExpression, Project } from "ts-morph";

/** Members of the object or class that implements the interface; "open" where a spread may bring more of them. */
export type Members = ReadonlySet<string> | "open";

/** Members by interface; undefined for one that nothing in the text is declared to be. */
export function routesIn(text: string, interfaces: readonly string[]): ReadonlyMap<string, Members | undefined> {
  const project = new Project({ useInMemoryFileSystem: true, skipLoadingLibFiles: true });
  const file = project.createSourceFile("routes.ts", text);
  const holders = file.getDescendants().flatMap((node) => holderOf(node) ?? []);
  return new Map(
    interfaces.map((name) => {
      const holder = holders.find(({ type }) => new RegExp(`(^|\\W)${name}(\\W|$)`).test(type));
      return [name, holder && membersOf(holder.node)];
    }),
  );
}

interface Holder {
  readonly node: ObjectLiteralExpression | ClassDeclaration;
  /** The text of the type it is declared to be. */
  readonly type: string;
}

/** `const routes: ChatRoutes = {…}`, `{…} satisfies ChatRoutes`, `class X implements ChatRoutes`. */
function holderOf(node: Node): Holder | undefined {
  if (Node.isVariableDeclaration(node)) {
    const value = node.getInitializer();
    const type = node.getTypeNode()?.getText();
    return Node.isObjectLiteralExpression(value) && type !== undefined ? { node: value, type } : undefined;
  }
  if (Node.isSatisfiesExpression(node) || Node.isAsExpression(node)) {
    const value = node.getExpression();
    const type = node.getTypeNode()?.getText();
    return Node.isObjectLiteralExpression(value) && type !== undefined ? { node: value, type } : undefined;
  }
  if (!Node.isClassDeclaration(node)) return undefined;
  const types = node.getImplements().map((implemented) => implemented.getText());
  return types.length > 0 ? { node, type: types.join(" ") } : undefined;
}

function membersOf(holder: Holder["node"]): Members {
  if (Node.isClassDeclaration(holder)) {
    if (holder.getExtends()) return "open";
    return new Set([...holder.getMethods(), ...holder.getProperties()].map((member) => member.getName()));
  }
  const members = holder.getProperties();
  if (members.some((member) => Node.isSpreadAssignment(member))) return "open";
  return new Set(
    members.flatMap((member) => ("getName" in member ? member.getName().replace(/^["']|["']$/g, "") : [])),
  );
}
