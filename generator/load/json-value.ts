/**
 * The value of a text that is JSON, by the reader that is built in and takes a twentieth of the time; it knows no places.
 * YAML's reading is the same wherever this has an answer.
 */
import { limits } from "./limits.js";

/** Strings, and the mark that makes keys of some. */
const STRINGS = /"[^"\\]*(?:\\.[^"\\]*)*"\s*(:)?/g;

/** What the two might read differently: long numbers, and lines that end as YAML's do not. */
const OTHERWISE = /\d{17}|\r(?!\n)/;

/** A map or a list; undefined where the text is none, holds a key twice, or is to be read with care. */
export function jsonValue(text: string): object | undefined {
  if (!/^\s*[{[]/.test(text) || OTHERWISE.test(text)) return undefined;
  const value = parsed(text);
  if (typeof value !== "object" || value === null) return undefined;
  const members = membersIn(value, 1);
  return members !== undefined && members === keysIn(text) ? value : undefined; // of equal keys the last one stays
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // YAML, or with mistakes
  }
}

function keysIn(text: string): number {
  let keys = 0;
  for (const [, mark] of text.matchAll(STRINGS)) if (mark) keys++;
  return keys;
}

/** How many members all maps have; undefined where it goes deeper than documents may. */
function membersIn(value: object, depth: number): number | undefined {
  if (depth >= limits.depth) return undefined;
  const inside = Object.values(value);
  let members = Array.isArray(value) ? 0 : inside.length;
  for (const one of inside) {
    if (typeof one !== "object" || one === null) continue;
    const below = membersIn(one, depth + 1);
    if (below === undefined) return undefined;
    members += below;
  }
  return members;
}
