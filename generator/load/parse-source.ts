/**
 * Bytes of a file to its value and positions: YAML 1.2 and JSON, which is a part of it. https://yaml.org/spec/1.2.2/
 */
import { Composer, type CST, type Document, isScalar, LineCounter, Parser } from "yaml";
import type { Path, Place, Position, SourceFile } from "../document.js";
import { Memo } from "../memo.js";
import type { Problems } from "../problem.js";
import { jsonValue } from "./json-value.js";
import { limits } from "./limits.js";
import { offsetOf, positionAt } from "./positions.js";
import { commentInJson, syntaxDefect } from "./syntax-defect.js";
import type { Spoilt } from "./unreadable.js";
import { convert, type Defect, startOf } from "./yaml-value.js";

/** What is made of a text: a file, or what is wrong with it. */
interface Parsed {
  readonly file?: SourceFile;
  readonly wrong: readonly (Omit<Defect, "offset"> & { readonly place: Place })[];
}

/** A process that stays, or reads several contracts, reads a text once; what is made of one is several times as large. */
const known = new Memo<Parsed>(({ file }) => 8 * (file?.text.length ?? 0));

/** The parsed file; undefined where it cannot be used, which `problems` then says. */
export function parseSource(path: string, url: string, text: string, problems: Problems): SourceFile | undefined {
  const key = `${path}\n${url}\n${text}`;
  const { file, wrong } = known.of(key, () => parsedJson(path, url, text) ?? parsed(path, url, text));
  for (const { rule, message, place, hint } of wrong) problems.error(rule, message, place, hint);
  return file;
}

/** Where something stands in JSON is found when it is first asked for. */
function parsedJson(path: string, url: string, text: string): Parsed | undefined {
  const value = jsonValue(text);
  if (value === undefined) return undefined;
  let placed: SourceFile | undefined;
  const position = (keys: Path): Position => {
    placed ??= parsed(path, url, text).file;
    if (!placed) throw new Error("what is JSON is YAML");
    return placed.position(keys);
  };
  return { file: { path, url, text, value, position }, wrong: [] };
}

function parsed(path: string, url: string, text: string): Parsed {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const refused = (...defects: readonly Defect[]): Parsed => ({
    wrong: defects.map(({ offset, ...said }) => ({ ...said, place: placeIn(path, url, text, lines, offset) })),
  });

  const tooDeep = tokens.map(deepest).find((offset) => offset !== undefined);
  if (tooDeep !== undefined) {
    return refused({ rule: "too-deep", message: `more than ${limits.depth} levels of nesting`, offset: tooDeep });
  }
  const [document, ...more] = compose(tokens, text.length);
  const broken = commentInJson(text) ?? (document && syntaxDefect(document.errors, text, tokens));
  if (broken) return refused(broken);
  const second = more.find(({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null));
  if (second) return refused({ rule: "several-documents", ...onlyOne, offset: second.range[0] });

  const root = document?.contents ?? null;
  const { value, offsets, defects } = convert(root);
  if (defects.length > 0) return refused(...defects);
  if (value === null) return refused({ rule: "empty-file", message: "the file is empty", offset: 0, hint: emptyHint });
  const start = typeof value === "object" ? startOf(root) : 0;
  const position = (keys: Path): Position => positionAt(lines, offsetOf(value, keys, start, offsets));
  return { file: { path, url, text, value, position }, wrong: [] };
}

const emptyHint = 'a document begins with "asyncapi: 3.0.0" or "actionwire: 1"';
const onlyOne = { message: "a second document begins here", hint: "keep one document in a file" };

/** Keys are compared in `convert`: the composer compares each key of a map with all others, which a large map makes slow. */
function compose(tokens: CST.Token[], end: number): Document.Parsed[] {
  const composer = new Composer({ uniqueKeys: false, merge: false, strict: true, logLevel: "silent" });
  return [...composer.compose(tokens, false, end)];
}

/** Where a tree of tokens goes deeper than allowed; without recursion, since what comes after recurses. */
function deepest(root: CST.Token): number | undefined {
  const open: { token: CST.Token; depth: number }[] = [{ token: root, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token, depth } = next;
    if (depth > limits.depth) return token.offset;
    if (token.type === "document" && token.value) open.push({ token: token.value, depth });
    if (!("items" in token)) continue;
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 });
      if (item.value) open.push({ token: item.value, depth: depth + 1 });
    }
  }
  return undefined;
}

/** A place in a text that is no text throughout. */
export function placeInSpoilt(path: string, url: string, { text, offset }: Spoilt): Place {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (const { index } of text.matchAll(/\n/g)) lines.addNewLine(index + 1);
  return placeIn(path, url, text, lines, offset);
}

/** A place in a file that has no value yet. */
function placeIn(path: string, url: string, text: string, lines: LineCounter, offset: number): Place {
  return { file: { path, url, text, value: undefined, position: () => positionAt(lines, offset) }, path: [] };
}
