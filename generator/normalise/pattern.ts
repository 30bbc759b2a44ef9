/**
 * Regular expressions of documents, written for many engines, run by JavaScript's (ECMA-262, as JSON Schema asks).
 */

/** Groups with modifiers, `(?i)` and `(?i:…)`: newer engines know some of them, so their meaning depends on the reader. */
const MODIFIERS = /\(\?(?:[a-z]+(?:-[a-z]*)?|-[a-z]+)[:)]/;

/** Escapes that other engines know; without the flag `u`, JavaScript would read them as the bare letter. */
const FOREIGN_ESCAPE = /\\(?:[^bBcdDfknrsStuvwWx\d\W_]|x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4}))/;

/** Classes of other engines, `[[:alpha:]]`. */
const POSIX_CLASS = /\[\[:\^?[a-z]+:\]/;

/** The flags a pattern compiles with, `u` before none; undefined where it would not compile or not mean the same. */
export function flagsFor(pattern: string): "u" | "" | undefined {
  if (MODIFIERS.test(pattern.replace(/\\./gs, "").replace(/\[[^\]]*\]/g, ""))) return undefined;
  if (compiles(pattern, "u")) return "u";
  const unescaped = pattern.replace(/\\\\/g, "");
  if (FOREIGN_ESCAPE.test(unescaped) || POSIX_CLASS.test(unescaped)) return undefined;
  return compiles(pattern, "") ? "" : undefined;
}

function compiles(pattern: string, flags: string): boolean {
  try {
    new RegExp(pattern, flags);
    return true;
  } catch {
    return false;
  }
}
