/**
 * What was found, in words short enough for a log. Values are a stranger's: only own members are followed, texts are cut,
 * and what stands below a name that sounds like a secret's is told by its kind alone.
 */
import { follow } from "../dispatch.js";
import { isBytes } from "../frame.js";

/** The longest text that is told whole. */
const LONGEST = 40;
const SECRET =
  /pass(?:w|phrase|code)|secret|token|credential|authori[sz]ation|(?:api|access|private)[-_ ]?key|cookie|jwt/i;

/** What stands at a JSON Pointer; `kind`: its kind is said too, as it is what is wrong. Empty: nothing is there. */
export function found(value: unknown, path: string, kind = false): string {
  const here = follow(value, path.split("/").slice(1).map(unescaped));
  if (here === undefined) return "";
  const [shown, what] = [literal(here), kindOf(here)];
  if (shown === undefined || SECRET.test(path)) return what;
  return kind && what !== shown ? `${shown} (${what})` : shown;
}

/** A value as its author would write it; undefined for what has parts, or no text. */
export function literal(value: unknown): string | undefined {
  if (typeof value === "string") return JSON.stringify(cut(value));
  // Digits of a larger one are not even asked for: making them is slow.
  if (typeof value === "bigint") return BigInt.asIntN(128, value) === value ? `${value}n` : undefined;
  return value === null || /^(?:num|bool)/.test(typeof value) ? String(value) : undefined;
}

/** Cuts between characters. */
export function cut(text: string, most: number = LONGEST): string {
  return text.length > most ? `${text.slice(0, most).replace(/[\ud800-\udbff]$/, "")}…` : text;
}

/** A member's place in its object, as JSON Pointer writes it. */
export function step(name: string): string {
  return `/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A type, as people call it. */
export function kindWord(type: unknown): string {
  if (type === "null") return "null";
  const word = type === "array" ? "list" : type === "bigint" ? "integer" : String(type);
  return `${/^[io]/.test(word) ? "an" : "a"} ${word}`;
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isBytes(value)) return `${value.length} bytes`;
  return value instanceof Date ? "a Date" : kindWord(value === null ? "null" : typeof value);
}

function unescaped(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}
