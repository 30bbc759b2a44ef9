/**
 * JSON pointers in fragments (RFC 6901, 6: https://www.rfc-editor.org/rfc/rfc6901#section-6), followed through references on the way.
 */
import { type Path, type Place, pointer, refOf, valueAt } from "../document.js";
import { nearest } from "../nearest.js";
import type { Failure } from "./locate.js";
import { partsOf } from "./references.js";

export interface Target {
  readonly place: Place;
  readonly value: unknown;
  /** A key's "/" was not escaped and has been guessed. */
  readonly guessed: boolean;
}

/** How far a pointer led that leads to nothing. */
export interface Stop {
  readonly start: Place;
  readonly stop: Target;
  readonly tokens: readonly string[];
  /** The token that names nothing. */
  readonly index: number;
}

/** Resolves a reference met on the way. */
export type Through = (from: Place, ref: string) => Target | Failure;

/** What a place is, as where a reference leads. */
export function targetAt(place: Place): Target {
  return { place, value: valueAt(place), guessed: false };
}

/** What the pointer in a reference leads to, counted from a place, as a direct path in whichever file it leads to. */
export function resolvePointer(start: Place, ref: string, through: Through): Target | Failure | Stop {
  const tokens = fragmentOf(ref).split("/").slice(1).map(unescapeToken);
  let target = targetAt(start);
  for (let index = 0; index < tokens.length; ) {
    const step = stepInto(target.value, tokens, index);
    if (step) {
      index += step.length;
      target = {
        place: { file: target.place.file, path: [...target.place.path, step.key] },
        value: step.value,
        guessed: target.guessed || step.length > 1,
      };
      continue;
    }
    const inner = refOf(target.value);
    // A reference that is a document of its own leads out of it, not back to where it stands.
    if (inner === undefined || (index === 0 && inner === ref)) return { start, stop: target, tokens, index };
    const next = through(target.place, inner);
    if ("rule" in next) return next;
    target = { ...next, guessed: target.guessed || next.guessed };
  }
  return target;
}

/** A reference's fragment, decoded; a stray % is the key's own. */
export function fragmentOf(ref: string): string {
  const [, fragment] = partsOf(ref);
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** Nothing has that name; `guess` says what does: the nearest key beside it, or the same name elsewhere in the components. */
export function missing(ref: string, { start, stop, tokens, index }: Stop, guess: boolean): Failure {
  const token = tokens[index] ?? "";
  const container = stop.place.path.length === 0 ? "the file" : `"#${pointer(stop.place.path)}"`;
  const reason = `${container} has no ${JSON.stringify(token)}`;
  if (!guess) return dangling(ref, reason, undefined);
  const rest = tokens.slice(index + 1);
  const near = nearest(token, keysOf(stop.value));
  const better =
    near === undefined ? elsewhere(valueAt(start), tokens.at(-1) ?? "") : [...tokens.slice(0, index), near, ...rest];
  const hint = better && didYouMeanRef(ref, pointer(better));
  return dangling(ref, reason, hint);
}

/** Nobody calls itself so, and it is no pointer. */
export function unnamed(ref: string): Failure {
  return dangling(ref, "a pointer begins with #/", didYouMeanRef(ref, `/${fragmentOf(ref)}`));
}

/** How many tokens may be one key: more than any path has. */
const LONGEST = 32;

interface Step {
  readonly key: string | number;
  readonly value: unknown;
  /** How many tokens it took. */
  readonly length: number;
}

/** The member a token names or, since authors forget to escape a key's "/" as "~1", the longest run of tokens that is a key. */
function stepInto(value: unknown, tokens: readonly string[], index: number): Step | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const members = value as Record<string | number, unknown>; // read only where a member is own
  const token = tokens[index] ?? "";
  if (Array.isArray(value)) {
    const exists = /^\d+$/.test(token) && Object.hasOwn(value, token);
    return exists ? { key: Number(token), value: members[token], length: 1 } : undefined;
  }
  if (Object.hasOwn(value, token)) return { key: token, value: members[token], length: 1 };
  for (let end = Math.min(tokens.length, index + LONGEST); end > index + 1; end--) {
    const key = tokens.slice(index, end).join("/");
    if (Object.hasOwn(value, key)) return { key, value: members[key], length: end - index };
  }
  return undefined;
}

function elsewhere(root: unknown, name: string): Path | undefined {
  for (const holder of ["components", "schemas", "definitions", "$defs"]) {
    const groups = stepInto(root, [holder], 0)?.value;
    if (stepInto(groups, [name], 0)) return [holder, name];
    const group = keysOf(groups).find((key) => stepInto(stepInto(groups, [key], 0)?.value, [name], 0));
    if (group !== undefined) return [holder, group, name];
  }
  return undefined;
}

function dangling(ref: string, reason: string, hint: string | undefined): Failure {
  return { rule: "dangling-ref", message: `${JSON.stringify(ref)} points to nothing: ${reason}`, hint };
}

function didYouMeanRef(ref: string, fragment: string): string {
  return `did you mean ${JSON.stringify(`${partsOf(ref)[0]}#${fragment}`)}?`;
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** In this order, so that ~01 is ~1. */
function unescapeToken(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
