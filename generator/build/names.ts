/**
 * The one maker of identifiers. Deterministic, in document order: appending to a document renames nothing before it,
 * and on a clash the first keeps the name.
 */
import type { Place } from "../document.js";
import type { Problems } from "../problem.js";

/** `join_room`, `JOIN-ROOM`, `joinRoom` → `JoinRoom`. Letters of every script stay; a name of none becomes `fallback`. */
export function pascal(name: string, fallback = "Message"): string {
  const words = wordsOf(name);
  const shouted = words.length > 0 && words.every((word) => word === word.toUpperCase());
  const joined = words.map((word) => upperFirst(shouted && word.length > 1 ? word.toLowerCase() : word)).join("");
  if (joined === "") return fallback;
  return /^\p{ID_Start}/u.test(joined) ? joined : `_${joined}`;
}

/** `JoinRoom` → `joinRoom`, `HTTPStatus` → `httpStatus`, `ID` → `id`. */
export function camel(name: string, fallback = "message"): string {
  const whole = pascal(name, upperFirst(fallback));
  const head = /^\p{Lu}+(?=\p{Lu}\p{Ll})|^\p{Lu}+/u.exec(whole)?.[0] ?? "";
  return head.toLowerCase() + whole.slice(head.length);
}

export function upperFirst(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}

function wordsOf(name: string): string[] {
  return name
    .normalize("NFC")
    .split(/[^\p{ID_Continue}]+|_+/u)
    .filter(Boolean);
}

/** Names already given in one scope, and the giving of the next. */
export class Scope {
  readonly #kind: string;
  readonly #taken: Set<string>;
  readonly #reserved: ReadonlySet<string>;
  readonly #problems: Problems;
  readonly #suffix: string;

  /** `kind` is what a warning calls the things named; a name in `reserved` gets the suffix. */
  constructor(kind: string, problems: Problems, reserved: Iterable<string> = [], suffix = "") {
    this.#kind = kind;
    this.#problems = problems;
    this.#reserved = new Set(reserved);
    this.#suffix = suffix;
    this.#taken = new Set();
  }

  /** The name itself if it is free, else with the next free number; a clash is a warning at the later place. */
  give(wanted: string, place?: Place): string {
    const base = this.#reserved.has(wanted) ? `${wanted}${this.#suffix}` : wanted;
    const name = this.#free(base);
    if (name !== base && place) {
      this.#problems.warn(
        "name-clash",
        `the ${this.#kind} name ${base} is taken, so this one is called ${name}`,
        place,
        "Rename one of the two in the document, or pin a name in the configuration (`names`).",
      );
    }
    this.#taken.add(name);
    return name;
  }

  #free(base: string): string {
    for (let number = 1; ; number++) {
      const name = number === 1 ? base : `${base}${number}`;
      if (!this.#taken.has(name)) return name;
    }
  }
}

/** Property names that an interface or an object cannot have as plain methods, or that would be called by accident. */
export const RESERVED_MEMBERS: readonly string[] = [
  ...["new", "constructor", "then", "__proto__", "prototype"],
  ...["toString", "toLocaleString", "valueOf", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toJSON"],
];

/** Type names that generated code itself means something else by, or that would shadow the language's own. */
export const RESERVED_TYPES: readonly string[] = [
  ...["Array", "ArrayBuffer", "BigInt", "Boolean", "Date", "Error", "Function", "JSON", "Map", "Math", "Number"],
  ...["Object", "Promise", "Proxy", "Reflect", "RegExp", "Set", "String", "Symbol", "Uint8Array", "WeakMap", "WeakSet"],
  ...["Awaited", "Exclude", "Extract", "InstanceType", "NonNullable", "Omit", "Parameters", "Partial", "Pick"],
  ...["Readonly", "ReadonlyArray", "Record", "Required", "ReturnType", "ThisType", "Uppercase", "Lowercase"],
  ...["Capitalize", "Uncapitalize", "NoInfer", "Iterator", "Iterable", "Generator", "Disposable"],
];

/** Words no constant may be called: the language's own, and what a module may not export or generated code calls. */
export const RESERVED_CONSTANTS: readonly string[] = [
  ..."await break case catch class const continue debugger default delete do else enum export extends false".split(" "),
  ..."finally for function if implements import in instanceof interface let new null package private".split(" "),
  ..."protected public return static super switch this throw true try typeof var void while with yield".split(" "),
  ..."arguments eval undefined NaN Infinity mount types validators conversions notImplemented".split(" "),
];
