/**
 * The names by which ajv's code means what is outside of it, each of which becomes another one. The code looks into the
 * schema it was made of, for a list of constants for instance: the way to what it looks at belongs to the name.
 */

/** What ajv calls such values, each with a number after it. */
export const PREFIXES = ["validate", "root", "schema", "keyword", "pattern", "formats", "func"] as const;

/** A text; what ajv writes where nothing is to be done; or a name, outside of texts and no member of a value. */
const PIECE = new RegExp(
  [
    /"(?:[^"\\]|\\.)*"/,
    /else \{\}|if\((?:!?valid\d+|errors === (?:0|_errs\d+)|_errs\d+ === errors|typeof data\d* == "number")\)\{\}(?!else)/,
    /const _errs\d+ = errors;|_errs\d+/,
    `(?<![.\\w$])(?:${PREFIXES.join("|")})\\d+(?![\\w$])`,
  ]
    .map((one) => (typeof one === "string" ? one : one.source))
    .join("|"),
  "g",
);

/** `.allOf[0].properties["a b"].enum` */
const PATH = /(?:\.[A-Za-z_$][\w$]*|\[(?:\d+|"(?:[^"\\]|\\.)*")\])+/y;

/** ajv's code with other names, and without what does nothing. `looksInto` tells names of schemas from those of other values. */
export function renamed(
  code: string,
  looksInto: (name: string) => boolean,
  nameOf: (name: string, path: string) => string,
): string {
  const pieces: string[] = [];
  /** Where a count of errors is noted, by its name, as long as nobody has asked for it. */
  const unused = new Map<string, number>();
  let from = 0;
  PIECE.lastIndex = 0;
  for (let match = PIECE.exec(code); match; match = PIECE.exec(code)) {
    const [piece] = match;
    if (piece.startsWith('"')) continue;
    if (piece.startsWith("_")) {
      unused.delete(piece);
      continue;
    }
    const end = match.index + piece.length;
    pieces.push(code.slice(from, match.index));
    from = end;
    if (piece.endsWith(";")) unused.set(piece.slice("const ".length, -" = errors;".length), pieces.push(piece) - 1);
    if (piece.endsWith(";") || piece.endsWith("}")) continue;
    PATH.lastIndex = end;
    const path = (looksInto(piece) && PATH.exec(code)?.[0]) || "";
    pieces.push(nameOf(piece, path));
    from = PIECE.lastIndex = end + path.length;
  }
  pieces.push(code.slice(from));
  for (const index of unused.values()) pieces[index] = "";
  return pieces.join("");
}

/** What a path leads to in a schema. */
export function follow(schema: unknown, path: string): unknown {
  const steps = path.match(/\.[A-Za-z_$][\w$]*|\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g) ?? [];
  return steps.reduce<unknown>((inner, step) => {
    const key = step.startsWith(".") ? step.slice(1) : String(JSON.parse(step.slice(1, -1)));
    return typeof inner === "object" && inner !== null ? Object.getOwnPropertyDescriptor(inner, key)?.value : undefined;
  }, schema);
}
