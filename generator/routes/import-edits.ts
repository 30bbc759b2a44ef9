/**
 * Imports that a file lacks: into the braces of one it has, else on lines of their own.
 */
import { type Edit, insertion } from "./edits.js";
import { indentAt, type Layout, pastComments, quoted } from "./layout.js";
import { type Modules, specifierOf } from "./modules.js";
import { ts } from "./typescript.js";

/** Something to be imported; `*` for all of a module. */
export interface Needed {
  readonly name: string;
  readonly local: string;
  readonly from: string;
  /** Only its type is needed. */
  readonly type: boolean;
}

export function importEdits(all: readonly Needed[], file: ts.SourceFile, modules: Modules, layout: Layout): Edit[] {
  const edits: Edit[] = [];
  const lines = new Map<string, Needed[]>();
  for (const needed of all.toSorted((a, b) => compare(a.local, b.local))) {
    const braces = bracesFor(needed, file, modules);
    if (braces) edits.push(intoBraces(braces, needed, file, layout));
    else {
      const key = `${needed.name === "*" ? "*" : ""} ${needed.from}`;
      lines.set(key, [...(lines.get(key) ?? []), needed]);
    }
  }
  const own = [...lines.values()].map((needed) => ownLine(needed, file, modules, layout));
  return [...edits, ...ownLines(own, file, layout)];
}

interface Line {
  readonly specifier: string;
  readonly text: string;
}

/** Among the imports there are, as they are sorted; else above everything. */
function ownLines(lines: readonly Line[], file: ts.SourceFile, { eol }: Layout): Edit[] {
  const sorted = lines.toSorted((a, b) => (isBefore(a.specifier, b.specifier) ? -1 : 1));
  const imports = file.statements.filter(ts.isImportDeclaration);
  const [first] = imports;
  if (!first) return sorted.length === 0 ? [] : [firstImports(sorted.map(({ text }) => text).join(eol), file, eol)];
  return sorted.map(({ specifier, text }) => {
    const before = imports.findLast((one) => isBefore(specifierOf(one), specifier));
    if (!before) return insertion(first.getStart(file), text + eol);
    return insertion(pastComments(file.text, before.end), eol + text);
  });
}

/** An import of the same module that can hold one more: a value has no place among types. */
function bracesFor({ name, from, type }: Needed, file: ts.SourceFile, modules: Modules): ts.NamedImports | undefined {
  if (name === "*") return undefined;
  for (const declaration of file.statements.filter(ts.isImportDeclaration)) {
    const bindings = declaration.importClause?.namedBindings;
    if (!bindings || !ts.isNamedImports(bindings) || bindings.elements.length === 0) continue;
    if (modules.module(specifierOf(declaration)) === from && (type || !isTyped(bindings))) return bindings;
  }
  return undefined;
}

function intoBraces(braces: ts.NamedImports, needed: Needed, file: ts.SourceFile, { eol }: Layout): Edit {
  const { elements } = braces;
  const written = isTyped(braces) ? named(needed) : typed(needed);
  const start = elements[0]?.getStart(file) ?? elements.pos;
  const gap = file.text.slice(elements.pos, start).includes("\n") ? eol + indentAt(file.text, start) : " ";
  const next = elements.find(({ name }) => compare(name.text, needed.local) > 0);
  if (next) return insertion(next.getStart(file), `${written},${gap}`);
  if (elements.hasTrailingComma) return insertion(elements.end, `${gap}${written},`);
  return insertion(elements.at(-1)?.end ?? elements.end, `,${gap}${written}`);
}

function ownLine(all: readonly Needed[], file: ts.SourceFile, modules: Modules, layout: Layout): Line {
  const [first] = all;
  const specifier = modules.specifier(first?.from ?? "");
  const onlyTypes = all.every(({ type }) => type);
  const what = first?.name === "*" ? `* as ${first.local}` : `{ ${all.map(onlyTypes ? named : typed).join(", ")} }`;
  const last = file.statements.findLast(ts.isImportDeclaration);
  // On the line of an import may follow what is not one: with its semicolon there is always an end.
  const semicolon = last ? (last.getText(file).endsWith(";") ? ";" : "") : layout.semicolon;
  const text = `import ${onlyTypes ? "type " : ""}${what} from ${quoted(specifier, layout.quote)}${semicolon}`;
  return { specifier, text };
}

/** Below what a file says of itself: a licence, `// @ts-nocheck`, a directive. */
function firstImports(lines: string, { text, statements }: ts.SourceFile, eol: string): Edit {
  const start = /^\ufeff?(?:#!.*)?/.exec(text)?.[0].length ?? 0;
  const about = (ts.getLeadingCommentRanges(text, start) ?? []).filter(
    ({ pos, end }) => /^\/\/(?:\/|\s*@ts-)/.test(text.slice(pos, end)) || /^\r?\n[\t ]*\r?\n/.test(text.slice(end)),
  );
  const directives = statements.filter((one) => ts.isExpressionStatement(one) && ts.isStringLiteral(one.expression));
  const at = Math.max(start, about.at(-1)?.end ?? 0, directives.at(-1)?.end ?? 0);
  return /^\ufeff?$/.test(text.slice(0, at)) ? insertion(at, lines + eol + eol) : insertion(at, eol + lines);
}

function isTyped({ parent }: ts.NamedImports): boolean {
  return parent.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

/** Beside values a type says that it is one. */
function typed(needed: Needed): string {
  return `${needed.type ? "type " : ""}${named(needed)}`;
}

function named({ name, local }: Needed): string {
  return name === local ? name : `${name} as ${local}`;
}

/** As `organize imports` sorts modules: packages, then siblings, each by name. */
function isBefore(a: string, b: string): boolean {
  return a.startsWith(".") === b.startsWith(".") ? a <= b : b.startsWith(".");
}

function compare(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  return x < y ? -1 : x > y ? 1 : 0;
}
