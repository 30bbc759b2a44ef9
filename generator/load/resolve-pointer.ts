/**
 * JSON pointers in fragments (RFC 6901, 6: https://www.rfc-editor.org/rfc/rfc6901#section-6), followed through references on the way.
 */
import { type Path, type Place, pointer, refOf, type SourceFile } from "../document.js";
import { nearest } from "../nearest.js";
import { identified } from "./identifiers.js";
import type { Failure } from "./locate.js";

export interface Target {
  readonly place: Place;
  readonly value: unknown;
  /** A key's "/" was not escaped and has been guessed. */
  readonly guessed: boolean;
}

/** Resolves a reference met on the way. */
export type Through = (from: Place, ref: string) => Target | Failure;

/** What a fragment points to in a file, as a direct path in whichever file it leads to. */
export function resolvePointer(file: SourceFile, ref: string, through: Through): Target | Failure {
  const fragment = decode(ref.includes("#") ? ref.slice(ref.indexOf("#") + 1) : "");
  const [address = ""] = ref.split("#", 1);
  const named = identified(file, fragment.startsWith("/") || fragment === "" ? address : `#${fragment}`);
  if (!named && fragment !== "" && !fragment.startsWith("/")) {
    return dangling(ref, "a pointer begins with #/", didYouMeanRef(ref, `/${fragment}`));
  }
  const tokens = fragment.startsWith("/") ? fragment.split("/").slice(1).map(unescapeToken) : [];
  let target: Target = { place: { file, path: named ?? [] }, value: valueAt(file, named ?? []), guessed: false };
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
    if (inner === undefined) return missing(ref, file, target, tokens, index);
    const next = through(target.place, inner);
    if ("rule" in next) return next;
    target = { ...next, guessed: target.guessed || next.guessed };
  }
  return target;
}

function valueAt(file: SourceFile, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], file.value); // a path of its own
}

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
  for (let end = tokens.length; end > index + 1; end--) {
    const key = tokens.slice(index, end).join("/");
    if (Object.hasOwn(value, key)) return { key, value: members[key], length: end - index };
  }
  return undefined;
}

/** Nothing has that name: the nearest key beside it, or the same name elsewhere in the components. */
function missing(ref: string, file: SourceFile, at: Target, tokens: readonly string[], index: number): Failure {
  const token = tokens[index] ?? "";
  const container = at.place.path.length === 0 ? "the file" : `"#${pointer(at.place.path)}"`;
  const rest = tokens.slice(index + 1);
  const near = nearest(token, keysOf(at.value));
  const better =
    near === undefined ? elsewhere(file.value, tokens.at(-1) ?? "") : [...tokens.slice(0, index), near, ...rest];
  const hint = better && didYouMeanRef(ref, pointer(better));
  return dangling(ref, `${container} has no ${JSON.stringify(token)}`, hint);
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
  return `did you mean ${JSON.stringify(`${ref.split("#", 1)[0]}#${fragment}`)}?`;
}

function keysOf(value: unknown): string[] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}

/** A stray % is the key's own. */
function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** In this order, so that ~01 is ~1. */
function unescapeToken(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
