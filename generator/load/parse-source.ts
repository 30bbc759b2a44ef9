/**
 * Bytes of a file to its value and positions: YAML 1.2 and JSON, which is a part of it. https://yaml.org/spec/1.2.2/
 */
import { Composer, type CST, type Document, isScalar, LineCounter, Parser } from "yaml";
import type { Place, SourceFile } from "../document.js";
import type { Problems } from "../problem.js";
import { limits } from "./limits.js";
import { offsetOf, positionAt } from "./positions.js";
import { commentInJson, syntaxDefect } from "./syntax-defect.js";
import type { Spoilt } from "./unreadable.js";
import { convert, type Defect, startOf } from "./yaml-value.js";

/** The parsed file; undefined where it cannot be used, which `problems` then says. */
export function parseSource(path: string, url: string, text: string, problems: Problems): SourceFile | undefined {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const report = ({ rule, message, offset, hint }: Defect): void =>
    problems.error(rule, message, placeIn(path, url, text, lines, offset), hint);

  const tooDeep = tokens.map(deepest).find((offset) => offset !== undefined);
  if (tooDeep !== undefined) {
    report({ rule: "too-deep", message: `more than ${limits.depth} levels of nesting`, offset: tooDeep });
    return undefined;
  }

  const [document, ...more] = compose(tokens, text.length);
  const second = more.find(({ contents }) => contents !== null && !(isScalar(contents) && contents.value === null));
  const broken = commentInJson(text) ?? (document && syntaxDefect(document.errors, text, tokens));
  if (broken) report(broken);
  else if (second) report({ rule: "several-documents", ...onlyOne, offset: second.range[0] });
  if (broken || second) return undefined;

  const root = document?.contents ?? null;
  const { value, offsets, defects } = convert(root);
  for (const defect of defects) report(defect);
  if (defects.length > 0) return undefined;
  if (value === null) {
    report({ rule: "empty-file", message: "the file is empty", offset: 0, hint: emptyHint });
    return undefined;
  }
  const start = typeof value === "object" ? startOf(root) : 0;
  return { path, url, text, value, position: (path) => positionAt(lines, offsetOf(value, path, start, offsets)) };
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
