/**
 * Indents code that has one statement a line, as ajv prints it: a line that ends with a brace opens a block, one that
 * begins with a brace closes it. Top-level functions stand apart. From some depth on nothing is indented more: no reader
 * is helped by it.
 */
const DEEPEST = 30;

export function layStatements(code: string): string {
  let depth = 0;
  const laid: string[] = [];
  for (const line of code.split("\n").map((one) => one.trim())) {
    if (line === "") continue;
    if (line.startsWith("}")) depth = Math.max(0, depth - 1);
    if (depth === 0 && line.startsWith("function ") && laid.length > 0) laid.push("");
    laid.push("  ".repeat(Math.min(depth, DEEPEST)) + line);
    if (line.endsWith("{")) depth++;
  }
  return laid.map((line) => `${line}\n`).join("");
}
