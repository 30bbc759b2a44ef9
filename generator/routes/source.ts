/**
 * A routes file as it is: its text, its syntax tree, and where in it something stands.
 */
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Path, Place, Position } from "../document.js";
import { ts } from "./typescript.js";

export interface RoutesSource {
  readonly path: string;
  readonly text: string;
  readonly file: ts.SourceFile;
  /** The first thing that TypeScript's parser does not understand. */
  readonly defect?: { readonly message: string; readonly at: number };
}

/** Parsed alone: nothing it imports is read. */
export function parse(path: string, text: string): RoutesSource {
  const name = `routes${/\.[cm]?[jt]sx?$/.exec(path)?.[0] ?? ".ts"}`;
  const file = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const [first] = (file as Parsed).parseDiagnostics; // its own note; a program made to ask for it says the same, later
  if (!first) return { path, text, file };
  const message = ts.flattenDiagnosticMessageText(first.messageText, " ").replace(/\.$/, "");
  return { path, text, file, defect: { message, at: first.start } };
}

/** What the parser keeps with a file and does not declare. */
interface Parsed extends ts.SourceFile {
  readonly parseDiagnostics: readonly ts.DiagnosticWithLocation[];
}

/** A place in a file that is no document: `keys` are what stands there, an interface and its member. */
export function placeIn({ path, text }: Pick<RoutesSource, "path" | "text">, at: number, keys: Path = []): Place {
  const position = (): Position => {
    const before = text.slice(0, at).replace(/^\ufeff/, "");
    return { line: before.split("\n").length, column: before.length - before.lastIndexOf("\n") };
  };
  return { file: { path, url: pathToFileURL(resolve(path)).href, text, value: undefined, position }, path: keys };
}
