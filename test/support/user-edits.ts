/**
 * What people do to a routes file, as functions of its text and of two numbers. What they add carries a mark, `u7`, so
 * that it can be looked for afterwards. None of them adds a second route of one name.
 */
import ts from "typescript";

export interface Chance {
  readonly a: number;
  readonly b: number;
  /** The mark of this edit. */
  readonly mark: string;
}

export type UserEdit = (text: string, chance: Chance) => string;

/** A syntax error that can be found again, to be mended. */
const SLIP = "}{ slip(";

export const USER_EDITS: Readonly<Record<string, UserEdit>> = {
  "fill a body": (text, { a, mark }) =>
    nth(text, /return \w*\.?notImplemented\w*\(["']\S+["']\)/g, a, () => `return work("${mark}")`),
  "fill a body with braces": (text, { a, mark }) =>
    nth(
      text,
      /return \w*\.?notImplemented\w*\(["']\S+["']\)/g,
      a,
      () => `if (${mark}) { throw { ${mark}: \`}\${{}}\` } }`,
    ),
  "add a helper below": (text, { mark }) => `${text}function ${mark}() {\n  return { join() {} };\n}\n`,
  "add a helper above": (text, { mark }) => text.replace(/^(?=export )/m, `const ${mark} = { nested: { say: 1 } };\n`),
  "comment on anything": (text, { a, mark }) => insertAt(text, tokenEnds(text), a, ` /* ${mark} */ `),
  "comment over lines": (text, { a, mark }) => insertAt(text, tokenEnds(text), a, ` /* ${mark}\n * } */`),
  "comment at a line's end": (text, { a, mark }) =>
    insertAt(
      text,
      tokenEnds(text).filter((end) => /^[\t ]*\r?$/m.test(text.slice(end).split("\n", 1)[0] ?? "")),
      a,
      ` // ${mark}, {`,
    ),
  "comment on a line of its own": (text, { a, mark }) =>
    insertAt(
      text,
      tokenEnds(text).filter((end) => text[end] === "\n"),
      a,
      `\n\n// ${mark}: "quoted`,
    ),
  "indent with tabs": (text) => text.replaceAll(/^(?: {2})+/gm, (indent) => "\t".repeat(indent.length / 2)),
  "indent with four spaces": (text) =>
    text.replaceAll(/^(?:\t| {2})+(?=\S)/gm, (indent) => indent.replaceAll(/\t| {2}/g, "    ")),
  "put a body on one line": (text, { a }) =>
    nth(text, /\{\r?\n[\t ]*(return [^\n{}]*?;?)\r?\n[\t ]*\}/g, a, (_, body) => `{ ${body} }`),
  "put all on one line": (text, { a }) =>
    text.replace(/(?<=ChatRoutes\w*(?:<\w+>)? (?:= )?)\{[\s\S]*?\n\}/, (all) =>
      all.includes("//") ? all : all.replaceAll(/\s*\n\s*/g, " ").replace(/, \}$/, a % 3 === 0 ? ", }" : " }"),
    ),
  "move a route": (text, { a, b }) => swapMembers(text, a, b),
  "move a route into another object": (text, { a, mark }) => moveOut(text, a, mark),
  "delete a route": (text, { a }) => deleteMember(text, a),
  "quote a name": (text, { a }) => nth(text, /(?<=^\s*(?:override )?async )\w+(?=\()/gm, a, (name) => `"${name}"`),
  "use single quotes": (text) => text.replaceAll(/"(\w*[\w./@-]+)"/g, "'$1'"),
  "use double quotes": (text) => text.replaceAll(/'(\w*[\w./@-]+)'/g, '"$1"'),
  "leave out semicolons": (text) => text.replaceAll(/;(?=\r?$)/gm, ""),
  "leave out the last comma": (text) => text.replace(/,(\s*\};?\s*)$/, "$1"),
  "use CRLF": (text) => text.replaceAll(/\r?\n/g, "\r\n"),
  "use LF": (text) => text.replaceAll("\r\n", "\n"),
  "add a byte order mark": (text) => (text.startsWith("\ufeff") ? text : `\ufeff${text}`),
  "take the byte order mark away": (text) => text.replace("\ufeff", ""),
  slip: (text, { a }) => (text.includes(SLIP) ? text : insertAt(text, tokenEnds(text), a, SLIP)),
  mend: (text) => text.replace(SLIP, ""),
  "spread another object in": (text, { mark }) =>
    nth(`${text}declare const ${mark}: object;\n`, /(?<=: ChatRoutes = )\{/g, 0, () => `{ ...${mark},`),
  "spread no longer": (text) => text.replace(/ \.\.\.(u\d+),(?=[\s\S]*declare const \1:)/, ""),
  "make it a function": (text) =>
    text.replace(
      /^export const chatRoutes: ChatRoutes = (\{[\s\S]*?\n\});?\r?\n/m,
      "export function chatRoutes(): ChatRoutes {\nreturn $1\n}\n",
    ),
  "say satisfies": (text) =>
    text.replace(
      /^export const chatRoutes: ChatRoutes = (\{[\s\S]*?\n\});?\r?\n/m,
      "export const chatRoutes = ($1) satisfies ChatRoutes;\n",
    ),
  "import whole": (text) =>
    text
      .replace(/^import (?:type )?\{[^}]*\} from (["'].\/generated\/server\.js["'])/m, "import * as generated from $1")
      .replace(": ChatRoutes =", ": generated.ChatRoutes ="),
};

/** Whether routes may come from where they are not seen. */
export function isOpen(text: string): boolean {
  return text.includes("...");
}

/** How often each name is that of a member of an object or class that is not inside another one's member. */
export function memberCounts(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { members } of holders(text)) {
    for (const { name } of members) {
      const id = name && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return counts;
}

export function parses(text: string): boolean {
  const known = verdicts.get(text);
  if (known !== undefined) return known;
  const program = ts.createProgram(["routes.ts"], { noLib: true, noResolve: true, types: [] }, hostOf(text));
  const verdict = program.getSyntacticDiagnostics().length === 0;
  verdicts.set(text, verdict);
  return verdict;
}

/** What comes out of one run goes into the next. */
const verdicts = new Map<string, boolean>();

function hostOf(text: string): ts.CompilerHost {
  return {
    getSourceFile: (name, target) => ts.createSourceFile(name, text, target),
    getDefaultLibFileName: () => "",
    writeFile: () => {},
    getCurrentDirectory: () => "",
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: () => true,
    readFile: () => text,
  };
}

/** What is imported, by module and name, as often as it is. */
export function imported(text: string): string[] {
  const { statements } = ts.createSourceFile("routes.ts", text, ts.ScriptTarget.Latest, true);
  return statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement)) return [];
    const bindings = statement.importClause?.namedBindings;
    const names = bindings && ts.isNamedImports(bindings) ? bindings.elements : [];
    return names.map(
      ({ name, propertyName }) => `${statement.moduleSpecifier.getText()} ${(propertyName ?? name).text}`,
    );
  });
}

interface Members {
  readonly members: readonly (ts.ObjectLiteralElementLike | ts.ClassElement)[];
}

/** The outermost objects and classes, without those of helpers. */
function holders(text: string): Members[] {
  const found: Members[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) && /^u\d+$/.test(node.name?.text ?? "")) return;
    if (ts.isPropertyAssignment(node)) return;
    if (ts.isObjectLiteralExpression(node)) found.push({ members: node.properties });
    else if (ts.isClassDeclaration(node)) found.push({ members: node.members });
    else ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("routes.ts", text, ts.ScriptTarget.Latest, true));
  return found;
}

/** The largest is the one with the routes. */
function routesOf(text: string): Members["members"] {
  const [largest] = holders(text).toSorted((x, y) => y.members.length - x.members.length);
  return largest?.members ?? [];
}

function swapMembers(text: string, a: number, b: number): string {
  const members = routesOf(text);
  const [i, j] = [a % Math.max(1, members.length), b % Math.max(1, members.length)].toSorted((x, y) => x - y);
  const [first, second] = [members[i ?? 0], members[j ?? 0]];
  if (!first || !second || first === second) return text;
  const [one, other] = [first.getText(), second.getText()];
  return (
    text.slice(0, first.getStart()) + other + text.slice(first.end, second.getStart()) + one + text.slice(second.end)
  );
}

function moveOut(text: string, a: number, mark: string): string {
  if (!parses(text)) return text;
  const members = routesOf(text);
  const member = members[a % Math.max(1, members.length)];
  if (!member || !ts.isMethodDeclaration(member) || !ts.isObjectLiteralExpression(member.parent)) return text;
  const gone = `${text.slice(0, member.getStart())}...${mark}${text.slice(member.end)}`;
  return `${gone}\nconst ${mark} = {\n  ${member.getText()},\n};\n`;
}

/** With its comma; what is said about it stays. */
function deleteMember(text: string, a: number): string {
  const members = routesOf(text);
  const member = members[a % Math.max(1, members.length)];
  if (!member || ts.isSpreadAssignment(member)) return text;
  const rest = text.slice(member.end);
  return text.slice(0, member.getStart()) + (rest.startsWith(",") ? rest.slice(1) : rest);
}

function nth(text: string, pattern: RegExp, index: number, by: (...groups: string[]) => string): string {
  const all = [...text.matchAll(pattern)];
  const match = all[index % Math.max(1, all.length)];
  if (!match) return text;
  const replaced = by(...match.map((group) => group ?? ""));
  return text.slice(0, match.index) + replaced + text.slice(match.index + match[0].length);
}

function insertAt(text: string, places: readonly number[], index: number, what: string): string {
  const at = places[index % Math.max(1, places.length)];
  return at === undefined ? text : text.slice(0, at) + what + text.slice(at);
}

function tokenEnds(text: string): number[] {
  const ends: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node)) return; // what is put into its text is no comment
    const children = node.getChildren();
    if (children.length === 0 && node.end > node.getStart()) ends.push(node.end);
    children.forEach(visit);
  };
  visit(ts.createSourceFile("routes.ts", text, ts.ScriptTarget.Latest, true));
  return ends;
}
