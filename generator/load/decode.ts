/**
 * Bytes to text.
 */
import { Unreadable } from "./unreadable.js";

/** UTF-8 or, where a byte order mark says so, UTF-16 (YAML 1.2, 5.2). The mark itself is no part of the text. Throws Unreadable. */
export function decode(bytes: Uint8Array, shown: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  if (encoding === "utf-8" && bytes.includes(0)) {
    throw new Unreadable("binary-file", `${shown} is a binary file, not YAML or JSON`);
  }
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    const offset = encoding === "utf-8" ? firstMark(text, bytes) : 0;
    throw new Unreadable("not-utf8", `${shown} is not UTF-8 text`, "save it as UTF-8", { text, offset });
  }
}

/** Where U+FFFD first stands in a text for bytes that mean nothing, and not because its author wrote it: EF BF BD. */
function firstMark(text: string, bytes: Uint8Array): number {
  let read = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  let from = 0;
  for (const { index } of text.matchAll(/\ufffd/g)) {
    read += Buffer.byteLength(text.slice(from, index));
    if (bytes[read] !== 0xef || bytes[read + 1] !== 0xbf || bytes[read + 2] !== 0xbd) return index;
    from = index;
  }
  return 0;
}
