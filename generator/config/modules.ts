/**
 * The files that a configuration is made of: it, and the modules that it imports by a path of their own.
 */
import { readFileSync, statSync } from "node:fs";
import { dirname, extname, resolve } from "node:path";

const PROGRAMS = [".ts", ".mts", ".cts", ".js", ".mjs", ".cjs"];

/** A relative path behind `from`, `import` or `require`; also one that is only spoken of, which costs nothing. */
const IMPORTED = /\b(?:from|import|require)\b\s*\(?\s*(["'])(\.\.?\/[^"'\n]+)\1/g;

/**
 * Absolute paths, the configuration's own first; also of what is not there, as it may come. Found in the text, so that they
 * are known where it cannot be run: not what a program computes, packages, or files that it reads by other means.
 */
export function modulesOf(path: string): readonly string[] {
  const found = new Set([resolve(path)]);
  for (const file of found) {
    if (!PROGRAMS.includes(extname(file))) continue;
    for (const [, , way = ""] of textOf(file).matchAll(IMPORTED)) found.add(meant(resolve(dirname(file), way)));
  }
  return [...found];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return ""; // whoever runs it says why
  }
}

/** As loaders guess: extensions may be left out, and TypeScript's called by what they become. */
function meant(path: string): string {
  const guesses = [
    path,
    path.replace(/\.([cm]?)js$/, ".$1ts"),
    ...PROGRAMS.map((extension) => path + extension),
    `${path}.json`,
    ...PROGRAMS.map((extension) => resolve(path, `index${extension}`)),
  ];
  return guesses.find(isFile) ?? path;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
