/**
 * The tokens of a printed type.
 */

export interface Token {
  readonly kind: "comment" | "text" | "sign";
  readonly text: string;
  /** Whether it is the first on its line. */
  readonly newLine: boolean;
}

const TOKEN =
  /(\s*)(?:(\/\*\*[\s\S]*?\*\/)|("(?:[^"\\]|\\.)*"|-?\d[\d.e+-]*|[\p{ID_Start}_$][\p{ID_Continue}$\u200c\u200d]*)|(\.\.\.|[^\s]))/uy;

export function tokens(text: string): readonly Token[] {
  const found: Token[] = [];
  const pattern = new RegExp(TOKEN);
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, space = "", comment, word, sign] = match;
    const kind = comment !== undefined ? "comment" : word !== undefined ? "text" : "sign";
    found.push({ kind, text: comment ?? word ?? sign ?? "", newLine: space.includes("\n") });
  }
  return found;
}
