/**
 * What TypeScript says about a module, under the strictest flags; nothing is written to disk.
 */
import ts from "typescript";

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ["lib.es2022.d.ts"],
  types: [],
  strict: true,
  declaration: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noPropertyAccessFromIndexSignature: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedDeclarations: true,
  erasableSyntaxOnly: true,
};

const host = ts.createCompilerHost(OPTIONS);
const libraries = new Map<string, ts.SourceFile | undefined>();

/** Complaints, each with its line; none where the module compiles. */
export function complaints(text: string): string[] {
  const program = ts.createProgram(["module.ts"], OPTIONS, {
    ...host,
    fileExists: (file) => file === "module.ts" || host.fileExists(file),
    getSourceFile: (file, language) => {
      if (file === "module.ts") return ts.createSourceFile(file, text, language);
      if (!libraries.has(file)) libraries.set(file, host.getSourceFile(file, language));
      return libraries.get(file);
    },
  });
  const source = program.getSourceFile("module.ts");
  const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
  return found.map(({ start, messageText }) => {
    const line = source ? source.getLineAndCharacterOfPosition(start ?? 0).line : -1;
    return `${text.split("\n")[line]}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}
