/**
 * Generated text, as a value.
 *
 * A template is a `code` literal whose holes are typed, so text from a document can never become code:
 *
 * | in the hole              | in the file                                                            |
 * | ------------------------ | ---------------------------------------------------------------------- |
 * | `Code`, or a list of it  | that code, line under line, indented to where the hole stands          |
 * | `id(name)`               | the name; throws unless it is an identifier                            |
 * | `symbol`                 | its name, and the file gains the import, as a type if all uses are     |
 * | `doc(…)`                 | a doc comment that cannot be closed early                              |
 * | string, number, boolean, null | a literal                                                         |
 * | `undefined`, empty list  | nothing; a line that holds nothing else goes with it                   |
 */
import { literal } from "./literal.js";

/** A piece of generated code: text and the imports it needs. */
export interface Code {
  readonly text: string;
  readonly uses: readonly Use[];
}

/** Something imported: from where, and whether this use needs its value or only its type. */
export interface Use {
  readonly name: string;
  readonly from: string;
  readonly type: boolean;
}

export type Hole = Code | readonly Code[] | string | number | boolean | null | undefined;

/** Stands for "nothing" until the line it stands on is known. */
const NOTHING = "\u0000";

/** The tag. The literal's own common indentation and its first and last empty line are dropped. */
export function code(texts: TemplateStringsArray, ...holes: readonly Hole[]): Code {
  const [first = "", ...rest] = dedent(texts);
  let text = first;
  const uses: Use[] = [];
  rest.forEach((after, index) => {
    const hole = fill(holes[index]);
    for (const use of hole.uses) uses.push(use); // one by one: a file may have more than a call has arguments
    text += indent(hole.text, text) + after;
  });
  return { text: dropEmptied(text), uses };
}

/** Text that is already code: for what another printer made. Never for text from a document. */
export function raw(text: string): Code {
  return { text, uses: [] };
}

/** As most are, which is told sooner. */
const PLAIN = /^[A-Za-z_$][\w$]*$/;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** A name, printed as it is. The names were made by the generator; this guards against its mistakes. */
export function id(name: string): Code {
  if (!isIdentifier(name)) throw new TypeError(`not an identifier: ${JSON.stringify(name)}`);
  return raw(name);
}

function isIdentifier(name: string): boolean {
  return PLAIN.test(name) || IDENTIFIER.test(name);
}

/** A property name: bare where it may be, else quoted; `__proto__` computed, since bare it would set the prototype. */
export function key(name: string): Code {
  if (name === "__proto__") return raw('["__proto__"]');
  return raw(isIdentifier(name) ? name : literal(name));
}

/** A symbol imported for its value. */
export function value(name: string, from: string): Code {
  return { text: id(name).text, uses: [{ name, from, type: false }] };
}

/** A symbol imported for its type only. */
export function type(name: string, from: string): Code {
  return { text: id(name).text, uses: [{ name, from, type: true }] };
}

/** Pieces with something between them, on one line. */
export function join(pieces: readonly Code[], between: string): Code {
  const uses: Use[] = [];
  for (const piece of pieces) for (const use of piece.uses) uses.push(use);
  return { text: pieces.map((piece) => piece.text).join(between), uses };
}

/** Pieces with an empty line between them. */
export function spaced(pieces: readonly Code[]): Code {
  return join(pieces, "\n\n");
}

/** A JSON value as an expression, on one line. */
export function json(given: unknown): Code {
  return raw(literal(given));
}

function fill(hole: Hole): Code {
  if (hole === undefined) return raw(NOTHING);
  if (typeof hole !== "object" || hole === null) return raw(literal(hole));
  if (!("text" in hole)) return hole.length > 0 ? join(hole, "\n") : raw(NOTHING);
  return hole.text === "" ? raw(NOTHING) : hole;
}

/** Continuation lines start where the hole's line starts. */
function indent(text: string, before: string): string {
  if (!text.includes("\n")) return text;
  const margin = /^ */.exec(before.slice(before.lastIndexOf("\n") + 1))?.[0] ?? "";
  return margin === "" ? text : text.replaceAll(/\n(?=.)/g, `\n${margin}`);
}

/** A line emptied by a hole goes; beside other text nothing is just nothing. Only lines with such a hole are looked at. */
function dropEmptied(text: string): string {
  let kept = "";
  let from = 0;
  for (let at = text.indexOf(NOTHING); at >= 0; at = text.indexOf(NOTHING, from)) {
    const start = text.lastIndexOf("\n", at) + 1;
    const stop = text.indexOf("\n", at);
    const end = stop < 0 ? text.length : stop;
    const rest = text.slice(start, end).replaceAll(NOTHING, "");
    const isEmptied = rest.trim() === "";
    kept += text.slice(from, start) + (isEmptied ? "" : rest);
    from = isEmptied && stop >= 0 ? stop + 1 : end;
    if (isEmptied && stop < 0 && kept.endsWith("\n")) kept = kept.slice(0, -1); // it was the last
  }
  return kept + text.slice(from);
}

/** A template is printed again and again; what stands between its holes stays the same. */
const dedented = new WeakMap<TemplateStringsArray, readonly string[]>();

function dedent(texts: TemplateStringsArray): readonly string[] {
  const known = dedented.get(texts) ?? withoutMargin(texts);
  dedented.set(texts, known);
  return known;
}

function withoutMargin(texts: TemplateStringsArray): readonly string[] {
  const joined = texts.join(NOTHING);
  if (!joined.startsWith("\n")) return texts;
  const lines = joined.slice(1).replace(/\n *$/, "").split("\n");
  const margin = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return lines
    .map((line) => line.slice(margin))
    .join("\n")
    .split(NOTHING);
}
