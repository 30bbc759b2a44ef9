/**
 * What a routes file calls the things that stubs need, and which of them it has yet to import.
 */
import type { Edit } from "./edits.js";
import { importEdits, type Needed } from "./import-edits.js";
import type { Layout } from "./layout.js";
import type { ImportedName, Modules } from "./modules.js";
import { ts } from "./typescript.js";

export class Imports {
  readonly #file: ts.SourceFile;
  readonly #modules: Modules;
  readonly #names: readonly ImportedName[];
  readonly #declared: ReadonlySet<string>;
  readonly #needed = new Map<string, Needed>();

  constructor(file: ts.SourceFile, modules: Modules) {
    this.#file = file;
    this.#modules = modules;
    this.#names = modules.names(file);
    this.#declared = declaredIn(file);
  }

  /** What the file calls a symbol; one that it does not import yet will be. `type`: only its type is needed. */
  symbol(name: string, from: string, type: boolean): string {
    const known = this.#names.filter((one) => one.from === from && (type || !one.type));
    const direct = known.find((one) => one.name === name);
    const whole = known.find((one) => one.name === "*");
    if (direct) return direct.local;
    return whole ? `${whole.local}.${name}` : this.#need(name, name, from, type);
  }

  /** What the file calls a type of a module that is imported whole unless it is known by its name. */
  member(name: string, from: string, namespace: string): string {
    const known = this.#names.filter((one) => one.from === from);
    const direct = known.find((one) => one.name === name);
    if (direct) return direct.local;
    const whole = known.find((one) => one.name === "*")?.local;
    return `${whole ?? this.#need("*", namespace, from, true)}.${name}`;
  }

  edits(layout: Layout): Edit[] {
    return importEdits([...this.#needed.values()], this.#file, this.#modules, layout);
  }

  #need(name: string, wanted: string, from: string, type: boolean): string {
    const key = `${name} ${from}`;
    const local = this.#needed.get(key)?.local ?? this.#free(wanted);
    this.#needed.set(key, { name, local, from, type });
    return local;
  }

  /** A name that means nothing else anywhere in the file. */
  #free(name: string): string {
    for (let number = 1; ; number++) {
      const local = number === 1 ? name : `${name}${number}`;
      if (!this.#declared.has(local)) return local;
    }
  }
}

function declaredIn(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = ts.isIdentifier(node) && "name" in node.parent && node.parent.name === node ? node.text : undefined;
    const isMember = ts.isPropertyAccessExpression(node.parent) || ts.isObjectLiteralElementLike(node.parent);
    if (name !== undefined && !isMember) names.add(name);
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return names;
}
