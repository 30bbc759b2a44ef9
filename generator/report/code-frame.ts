/**
 * The lines around a place, with a caret under it.
 */
import type { Position } from "../document.js";

const CONTEXT = 3;

/** Fewer columns show nothing that could be read. */
const LEAST = 24;

/** What is to be seen behind the place that is meant. */
const AFTER = 20;

/** Columns around a line's number: `  12 | `. */
const GUTTER = 5;

/** A text in quotes, or a word, which may be the beginning of one. */
const TOKEN = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|\$?["']?(?:[\w./~%+-]|:(?=\/\/))*["']?)/;

/** Lines of a frame: a gutter, the text, and below the line that is meant a mark. */
export interface FrameLine {
  readonly gutter: string;
  readonly text: string;
  readonly mark?: string;
}

/** At most three lines before and one after, cut to a terminal's columns so that the place stays in view. */
export function codeFrame(text: string, at: Position, columns: number): FrameLine[] {
  const lines = linesAround(text, at.line);
  const width = String(at.line + 1).length;
  const room = Math.max(LEAST, columns - width - GUTTER);
  // One window for all lines, so that what is aligned stays aligned.
  const start = startOf(lines.find(({ number }) => number === at.line)?.content ?? "", at.column - 1, room);
  return lines.map(({ number, content }) => {
    const frame = { gutter: String(number).padStart(width), text: windowed(content, start, room) };
    if (number !== at.line) return frame;
    const before = columnsOf(printable((start > 0 ? "…" : "") + content.slice(start, at.column - 1)));
    const length = TOKEN.exec(content.slice(at.column - 1))?.[0].length ?? 1;
    return { ...frame, mark: " ".repeat(before) + "^".repeat(Math.max(1, Math.min(length, room - before - 1))) };
  });
}

/** Where a window of a line begins in which an offset is to be seen, and something behind it. */
function startOf(content: string, offset: number, room: number): number {
  if (offset <= room && columnsOf(printable(content.slice(0, offset))) <= room - AFTER) return 0;
  let start = offset;
  for (let used = 0; start > 0 && used < room / 2; start--) used += columnsOf(printable(content.charAt(start - 1)));
  return /[\udc00-\udfff]/.test(content.charAt(start)) ? start + 1 : start; // not between the halves of a character
}

/** Found by searching outwards: splitting a large text for each diagnostic would be slow. */
function linesAround(text: string, line: number): { number: number; content: string }[] {
  const found: { number: number; content: string }[] = [];
  let start = 0;
  for (let number = 1; number <= line + 1; number++) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    const content = text.slice(start, Math.min(end, start + 1_000_000)).replace(/\r$/, "");
    if (number >= line - CONTEXT && (number <= line || content !== "")) found.push({ number, content });
    if (newline < 0) break;
    start = end + 1;
  }
  return found;
}

/** As much of a line as fits. */
function windowed(content: string, start: number, room: number): string {
  const cut = start > 0 ? "…" : "";
  const characters = [...printable(content.slice(start, start + room))];
  const all = cut + characters.join("");
  if (columnsOf(all) <= room && content.length <= start + room) return all;
  let shown = cut;
  for (let used = cut.length; ; ) {
    const next = characters.shift() ?? "";
    used += columnsOf(next);
    if (next === "" || used >= room) return `${shown}…`; // the mark of what is cut takes a column, too
    shown += next;
  }
}

/** Tabs as two spaces; what could command a terminal or turn the direction of text is shown as a dot. */
export function printable(text: string): string {
  return text.replaceAll("\t", "  ").replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "·");
}

/** How many columns of a terminal a text takes: East Asian and emoji two, combining marks none. */
function columnsOf(text: string): number {
  let sum = 0;
  for (const character of text) {
    if (/\p{Mark}|\u200d|\ufe0f/u.test(character)) continue;
    sum +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return sum;
}
