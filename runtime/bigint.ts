/**
 * JSON text whose integers beyond 2^53 are `bigint`s, both ways, for contracts generated with `int64: "bigint"`.
 * JavaScript's own parser rounds them, and its printer refuses them; here each travels past the one and the other as a
 * text that begins with U+0000. A text that begins so itself is given a second one on the way.
 */
import type { JsonText } from "./api.js";

const MARK = "\u0000";
/** The mark at the beginning of a string, in JSON text. */
const MARKED = '"\\u0000';
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"/g;
const STRINGS_AND_NUMBERS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;
/** No 64-bit integer is longer; what is, stays a number, and is found not to fit. */
const LONG = /^-?\d{16,20}$/;

export const bigintJson: JsonText = { parse, stringify };

function parse(text: string): unknown {
  const plain: unknown = JSON.parse(text); // also proves that every string ends, without which the search below is slow
  if (!/\d{16}/.test(text)) return plain;
  const marked = text.replace(STRINGS_AND_NUMBERS, (token, at: number) => {
    if (LONG.test(token) && !Number.isSafeInteger(Number(token))) return `${MARKED}${token}"`;
    return token.startsWith(MARKED) && !isName(text, at + token.length) ? MARKED + token.slice(1) : token;
  });
  return JSON.parse(marked, (_, value: unknown) => (typeof value === "string" ? unmarked(value) : value));
}

function unmarked(text: string): unknown {
  if (!text.startsWith(MARK)) return text;
  return text.startsWith(MARK, 1) ? text.slice(1) : BigInt(text.slice(1));
}

function stringify(value: unknown): string | undefined {
  const text = JSON.stringify(value, marking) as string | undefined; // undefined for undefined and functions
  if (!text?.includes(MARKED)) return text;
  return text.replace(STRINGS, (token, at: number) => {
    if (!token.startsWith(MARKED) || isName(text, at + token.length)) return token;
    const rest = token.slice(MARKED.length, -1);
    return rest.startsWith("\\u0000") ? `"${rest}"` : rest;
  });
}

/** A replacer. It looks at the holder, since an application may have given `BigInt` a `toJSON`. */
function marking(this: unknown, name: string, value: unknown): unknown {
  const own = (this as Readonly<Record<string, unknown>>)[name]; // a replacer's `this` is what holds the member
  if (typeof own === "bigint") return MARK + own;
  return typeof value === "string" && value.startsWith(MARK) ? MARK + value : value;
}

/** Whether the string that ends here is a member's name: those stay as they are. */
function isName(text: string, end: number): boolean {
  const colon = /\s*:/y;
  colon.lastIndex = end;
  return colon.test(text);
}
