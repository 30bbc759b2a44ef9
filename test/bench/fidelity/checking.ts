/**
 * Values against types. For each value two statements, a line each, so that a complaint's line says which is wrong:
 *
 *     declare const a0: {"foo": 1};              // exact and not fresh: what a parser returned
 *     export const b0: Root = a0;                // ASSIGN: may it be taken for the type?
 *     export const c0: Root = {"foo": 1};        // FRESH: may an author write it? Excess members are errors here.
 *
 * An object that shares no member with a type of optional ones is a likely typing mistake to TypeScript, which says
 * nothing of whether it may be taken for the type. So ASSIGN is asked again of types and values that all share one:
 *
 *     export const d0: Shared<Root> = …;
 */
import ts from "typescript";
import type { Json } from "./json.js";
import { expressionOf, typeOf } from "./literal.js";

export interface Item {
  readonly id: string;
  readonly code: string;
  readonly root: string;
  readonly values: readonly Json[];
}

export interface Checked {
  readonly id: string;
  readonly compiles: boolean;
  /** The first complaints about the module itself. */
  readonly errors: readonly string[];
  /** The type is `any`, `unknown` or `never`; empty where it says something. */
  readonly kind: string;
  readonly assign: readonly boolean[];
  readonly fresh: readonly boolean[];
}

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ["lib.es2022.d.ts"],
  types: [],
  skipLibCheck: true,
};
const FOLDER = "/fidelity/";
const host = ts.createCompilerHost(OPTIONS);
const libraries = new Map<string, ts.SourceFile | undefined>();

/** One program for all of them. */
export function check(items: readonly Item[]): Checked[] {
  const files = new Map<string, string>();
  for (const [index, item] of items.entries()) {
    files.set(`${FOLDER}c${index}.ts`, item.code);
    files.set(`${FOLDER}c${index}.check.ts`, statements(item, index));
  }
  const program = ts.createProgram([...files.keys()], OPTIONS, virtual(files));
  return items.map((item, index) => checked(item, index, program));
}

/** So many lines come first, then so many a value. */
const FIRST = 3;
const EACH = 4;

const SHARED =
  "type Shared<T> = T extends readonly unknown[] ? { [K in keyof T]: Shared<T[K]> } : " +
  "T extends object ? { [K in keyof T]: Shared<T[K]> } & { __shared?: unknown } : T;";

function statements({ root, values }: Item, index: number): string {
  const lines = values.flatMap((value, at) => [
    `declare const a${at}: ${typeOf(value)};`,
    `export const b${at}: R = a${at};`,
    `export const c${at}: R = ${expressionOf(value)};`,
    `export const d${at}: Shared<R> = null as unknown as ${typeOf(value, "__shared: never")};`,
  ]);
  return [`import type { ${root} as R } from "./c${index}";`, "export type Probe = R;", SHARED, ...lines, ""].join(
    "\n",
  );
}

function virtual(files: ReadonlyMap<string, string>): ts.CompilerHost {
  return {
    ...host,
    getCurrentDirectory: () => FOLDER,
    directoryExists: (folder) => folder === FOLDER.slice(0, -1) || (host.directoryExists?.(folder) ?? false),
    fileExists: (file) => files.has(file) || host.fileExists(file),
    readFile: (file) => files.get(file) ?? host.readFile(file),
    getSourceFile: (file, language) => {
      const text = files.get(file);
      if (text !== undefined) return ts.createSourceFile(file, text, language);
      if (!libraries.has(file)) libraries.set(file, host.getSourceFile(file, language));
      return libraries.get(file);
    },
  };
}

function checked({ id, values }: Item, index: number, program: ts.Program): Checked {
  const module = program.getSourceFile(`${FOLDER}c${index}.ts`);
  const uses = program.getSourceFile(`${FOLDER}c${index}.check.ts`);
  if (!module || !uses) throw new Error(`${id}: no program`);
  const errors = [...program.getSyntacticDiagnostics(module), ...program.getSemanticDiagnostics(module)]
    .filter(({ category }) => category === ts.DiagnosticCategory.Error)
    .map(told);
  const assign = values.map(() => true);
  const fresh = values.map(() => true);
  const sharing = values.map(() => true);
  for (const complaint of [...program.getSyntacticDiagnostics(uses), ...program.getSemanticDiagnostics(uses)]) {
    const line = uses.getLineAndCharacterOfPosition(complaint.start ?? 0).line - FIRST;
    const at = Math.floor(line / EACH);
    if (line < 0) errors.push(told(complaint));
    else if (line % EACH === 0) throw new Error(`${id}: a value has no type: ${told(complaint)}`);
    else if (line % EACH === 1) assign[at] = false;
    else if (line % EACH === 2) fresh[at] = false;
    else sharing[at] = false;
  }
  for (const [at, isShared] of sharing.entries()) if (isShared) assign[at] = true;
  return { id, compiles: errors.length === 0, errors: errors.slice(0, 3), kind: kindOf(uses, program), assign, fresh };
}

function kindOf(uses: ts.SourceFile, program: ts.Program): string {
  const checker = program.getTypeChecker();
  const module = checker.getSymbolAtLocation(uses);
  const probe = module && checker.getExportsOfModule(module).find(({ name }) => name === "Probe");
  if (!probe) return "";
  const { flags } = checker.getDeclaredTypeOfSymbol(probe);
  if (flags & ts.TypeFlags.Any) return "any";
  if (flags & ts.TypeFlags.Unknown) return "unknown";
  return flags & ts.TypeFlags.Never ? "never" : "";
}

function told({ code, messageText }: ts.Diagnostic): string {
  return `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, " ").slice(0, 200)}`;
}
