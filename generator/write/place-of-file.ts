/**
 * A place in a file that is no document, so that what is said of it is shown as anything else is.
 */
import { pathToFileURL } from "node:url";
import type { Place, Position } from "../document.js";

/** Its beginning, where no position is given. */
export function placeOfFile(path: string, text: string, at: Position = { line: 1, column: 1 }): Place {
  return { file: { path, url: pathToFileURL(path).href, text, value: undefined, position: () => at }, path: [] };
}
