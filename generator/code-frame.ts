/**
 * The lines around a place, with a caret under it.
 */
import type { Position } from "./document.js";

const WIDTH = 160;
const CONTEXT = 3;

/** Lines of a frame: a gutter, the text, and below the line that is meant a mark. */
export interface FrameLine {
  readonly gutter: string;
  readonly text: string;
  readonly mark?: string;
}

/** At most three lines before and one after. */
export function codeFrame(text: string, at: Position): FrameLine[] {
  const lines = linesAround(text, at.line);
  const width = String(at.line + 1).length;
  // One window for all lines, so that what is aligned stays aligned.
  const start = at.column <= WIDTH - 20 ? 0 : at.column - WIDTH / 2;
  return lines.map(({ number, content }) => {
    const frame = { gutter: String(number).padStart(width), text: windowed(content, start) };
    if (number !== at.line) return frame;
    const cut = start > 0 ? "…" : "";
    const before = cut + content.slice(start, at.column - 1);
    const length = /^\$?["']?[\w./~%-]*["']?/.exec(content.slice(at.column - 1, start + WIDTH))?.[0].length ?? 1;
    return { ...frame, mark: " ".repeat(columns(printable(before))) + "^".repeat(Math.max(1, length)) };
  });
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

function windowed(content: string, start: number): string {
  const end = start + WIDTH;
  return printable(`${start > 0 ? "…" : ""}${content.slice(start, end)}${content.length > end ? "…" : ""}`);
}

/** Tabs as two spaces; what could command a terminal or turn the direction of text is shown as a dot. */
export function printable(text: string): string {
  return text.replaceAll("\t", "  ").replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "·");
}

/** How many columns of a terminal a text takes: East Asian and emoji two, combining marks none. */
function columns(text: string): number {
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
