/**
 * What ajv's code takes from outside itself, and what it is called in our runtime. ajv keeps the text for each such
 * value beside it until it prints, which is where ours is put in its place.
 */
import type { Ajv, ValidateFunction } from "ajv";
import { _, stringify } from "ajv/dist/compile/codegen/index.js";
import { OF_NUMBERS, OF_TEXT } from "../normalise/formats.js";
import { HELPER as PLACED } from "./call-keyword.js";
import type { PatternPrograms } from "./pattern-programs.js";
import { picked } from "./picked.js";
import { HELPER as UNIQUE } from "./unique-keyword.js";

type Value =
  NonNullable<NonNullable<ValidateFunction["source"]>["scopeValues"][string]> extends Set<infer Name> ? Name : never;

/** Helpers by the text that ajv would print for them. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default': "ucs2length",
  'require("ajv/dist/runtime/equal").default': "equal",
  [PLACED]: PLACED,
  [UNIQUE]: UNIQUE,
};

type Constant = readonly [name: string, code: string];

/** Only their names count here: ajv prints calls of them and never makes any. */
export function addFormats(ajv: Ajv): void {
  for (const name of Object.keys(OF_TEXT)) ajv.addFormat(name, () => true);
  for (const name of Object.keys(OF_NUMBERS)) ajv.addFormat(name, { type: "number", validate: () => true });
}

export class Helpers {
  readonly #programs: PatternPrograms;
  readonly #used = new Set<string>();

  constructor(programs: PatternPrograms) {
    this.#programs = programs;
  }

  /** Names of what the printed code must import. */
  get used(): readonly string[] {
    return [...this.#used];
  }

  /** A validator's code, and the constants that it uses, by the names that they have in it. */
  codeOf(validate: ValidateFunction): { readonly code: string; readonly constants: readonly Constant[] } {
    const { source } = validate;
    let code = String(source?.validateCode ?? "");
    const constants: Constant[] = [];
    for (const [kind, names] of Object.entries(source?.scopeValues ?? {})) {
      for (const name of names ?? []) {
        if (kind === "validate" || !code.includes(name.str)) continue; // that most are nowhere is soon said
        if (!new RegExp(`\\b${name.str}\\b`).test(code)) continue;
        const isHelper = FUNCTIONS[String(name.value?.code)] !== undefined;
        if (isHelper || (kind !== "schema" && kind !== "root")) {
          constants.push([name.str, this.#codeOf(kind, name)]);
          continue;
        }
        const { code: rest, parts } = picked(code, name.str, name.value?.ref);
        code = rest;
        constants.push(...parts.map(([part, value]) => [part, this.#constant(value)] as const));
      }
    }
    return { code, constants };
  }

  #codeOf(kind: string, { str, value }: Value): string {
    if (!value) throw new Error(`ajv names ${str} and does not say what it is`);
    const helper = FUNCTIONS[String(value.code)];
    if (helper !== undefined) return this.#use(helper);
    if (kind === "formats") return this.#format(String(value.key));
    if (value.ref instanceof RegExp) return this.#pattern(value.ref);
    return String(value.code);
  }

  #pattern({ source, flags }: RegExp): string {
    const program = this.#programs.get(source);
    if (program) return `${this.#use("linearPattern")}(${String(stringify(program))})`;
    return String(_`new RegExp(${source}, ${flags})`);
  }

  #format(name: string): string {
    const ofText = OF_TEXT[name];
    return ofText === undefined ? `{ validate: ${this.#use(OF_NUMBERS[name])} }` : this.#use(ofText);
  }

  /** A part of a schema. As source, a member called `__proto__` would be none. */
  #constant(schema: unknown): string {
    const text = JSON.stringify(schema, (key, value: unknown) => (key === "$id" ? undefined : value));
    return String(text.includes('"__proto__":') ? _`JSON.parse(${text})` : stringify(JSON.parse(text)));
  }

  #use(helper: string | undefined): string {
    if (helper === undefined) throw new Error("ajv uses a format that nobody gave it");
    this.#used.add(helper);
    return helper;
  }
}
