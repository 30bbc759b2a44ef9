/**
 * What a routes file imports already, and from which of the modules that stubs need.
 */
import { ts } from "./typescript.js";

/** The generated modules, as a routes file would import them: `./generated/server.js`. */
export interface Generated {
  readonly server: string;
  readonly types: string;
}

export interface ImportedName {
  readonly declaration: ts.ImportDeclaration;
  /** The module, whatever the file calls it. */
  readonly from: string;
  /** `*` for all of it. */
  readonly name: string;
  readonly local: string;
  /** It can be used as a type only. */
  readonly type: boolean;
}

/** The specifiers of a file, as it writes them. */
export class Modules {
  readonly #generated: Generated;
  /** How the file imports the generated server, where it does. */
  readonly #server: string | undefined;

  constructor(file: ts.SourceFile, generated: Generated, routes: readonly string[]) {
    this.#generated = generated;
    const declarations = file.statements.filter(ts.isImportDeclaration);
    const server = declarations.find(
      (one) =>
        namesIn(one).some(({ name }) => routes.includes(name)) || bare(specifierOf(one)) === bare(generated.server),
    );
    this.#server = server && specifierOf(server);
  }

  /** The module that a specifier means. */
  module(specifier: string): string {
    const { server, types } = this.#generated;
    if (specifier === this.#server) return server;
    return bare(specifier) === bare(this.specifier(types)) ? types : specifier;
  }

  /** How the file would import a module. */
  specifier(module: string): string {
    const { server, types } = this.#generated;
    if (module === server) return this.#server ?? server;
    if (module === types) return this.#server?.replace(/server(?=\.[cm]?[jt]s$|$)/, "types") ?? types;
    return module;
  }

  names(file: ts.SourceFile): ImportedName[] {
    return file.statements
      .filter(ts.isImportDeclaration)
      .flatMap((one) => namesIn(one).map((name) => ({ ...name, from: this.module(specifierOf(one)) })));
  }
}

export function specifierOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
}

function namesIn(declaration: ts.ImportDeclaration): Omit<ImportedName, "from">[] {
  const clause = declaration.importClause;
  if (!clause?.namedBindings) return [];
  const isType = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
  if (ts.isNamespaceImport(clause.namedBindings)) {
    return [{ declaration, name: "*", local: clause.namedBindings.name.text, type: isType }];
  }
  return clause.namedBindings.elements.map(({ name, propertyName, isTypeOnly }) => ({
    ...{ declaration, name: (propertyName ?? name).text, local: name.text, type: isType || isTypeOnly },
  }));
}

/** With and without an extension it is the same file. */
function bare(specifier: string): string {
  return specifier.replace(/\.[cm]?[jt]s$/, "");
}
