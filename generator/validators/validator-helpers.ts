/**
 * What ajv's code takes from outside itself, and what it is called in our runtime. ajv keeps the text for each such
 * value beside it until it prints, which is where ours is put in its place.
 */
import type { Ajv, ValidateFunction } from "ajv";
import { _, stringify } from "ajv/dist/compile/codegen/index.js";
import { OF_NUMBERS, OF_TEXT } from "../normalise/formats.js";
import { HELPER as PLACED } from "./call-keyword.js";
import { follow, renamed } from "./names-in-code.js";
import type { PatternPrograms } from "./pattern-programs.js";
import { HELPER as UNIQUE } from "./unique-keyword.js";

type Source = NonNullable<ValidateFunction["source"]>;
type Value = NonNullable<Source["scopeValues"][string]> extends Set<infer Name> ? Name : never;

/** Helpers by the text that ajv would print for them. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default': "ucs2length",
  'require("ajv/dist/runtime/equal").default': "equal",
  [PLACED]: PLACED,
  [UNIQUE]: UNIQUE,
};

interface Constant {
  /** ajv's name for it. */
  readonly ajvs: string;
  readonly own: string;
  readonly code: string;
}

/** Only their names count here: ajv prints calls of them and never makes any. */
export function addFormats(ajv: Ajv): void {
  for (const name of Object.keys(OF_TEXT)) ajv.addFormat(name, () => true);
  for (const name of Object.keys(OF_NUMBERS)) ajv.addFormat(name, { type: "number", validate: () => true });
}

/** What one validator takes from outside itself. */
export class Helpers {
  readonly #programs: PatternPrograms;
  readonly #validator: string;
  readonly #used = new Set<string>();
  readonly #constants: Constant[] = [];

  /** `validator`: its own name. */
  constructor(programs: PatternPrograms, validator: string) {
    this.#programs = programs;
    this.#validator = validator;
  }

  /** Names of what the printed code must import. */
  get used(): readonly string[] {
    return [...this.#used];
  }

  /** What the printed code alone uses, by the names that it has there. */
  get constants(): readonly Constant[] {
    return this.#constants;
  }

  /** A validator's code, by our names. */
  codeOf({ validateName, validateCode, scopeValues }: Source): string {
    const values = new Map<string, { readonly kind: string; readonly name: Value }>();
    for (const [kind, names] of Object.entries(scopeValues))
      for (const name of names ?? []) values.set(name.str, { kind, name });
    const own = new Map([[String(validateName), this.#validator]]);
    return renamed(
      String(validateCode),
      (name) => isSchema(values.get(name)),
      (name, path) => {
        const known = own.get(name + path);
        if (known !== undefined) return known;
        const value = values.get(name);
        if (!value) throw new Error(`ajv does not say what ${name} is`);
        const meant = isSchema(value)
          ? this.#constant(name, schemaText(follow(value.name.value?.ref, path)))
          : this.#value(value.kind, value.name);
        own.set(name + path, meant);
        return meant;
      },
    );
  }

  /** The name of a value that is no schema. */
  #value(kind: string, { str, value }: Value): string {
    if (!value) throw new Error(`ajv names ${str} and does not say what it is`);
    const helper = FUNCTIONS[String(value.code)];
    if (helper !== undefined) return this.#use(helper);
    if (kind === "formats") return this.#format(str, String(value.key));
    if (value.ref instanceof RegExp) return this.#constant(str, this.#pattern(value.ref));
    const code = String(value.code ?? "require(?)");
    if (code.startsWith("require")) throw new Error(`a validator would need ${code} where it runs`);
    return this.#constant(str, code);
  }

  /** A constant of this validator, numbered where ajv has one name for several. */
  #constant(name: string, code: string): string {
    const before = this.#constants.filter(({ ajvs }) => ajvs === name).length;
    const own = `${name}${before === 0 ? "" : `_${before}`}$${this.#validator}`;
    this.#constants.push({ ajvs: name, own, code });
    return own;
  }

  #pattern({ source, flags }: RegExp): string {
    const program = this.#programs.get(source);
    if (program) return `${this.#use("linearPattern")}(${String(stringify(program))})`;
    return String(_`new RegExp(${source}, ${flags})`);
  }

  #format(name: string, format: string): string {
    const ofText = OF_TEXT[format];
    if (ofText !== undefined) return this.#use(ofText);
    return this.#constant(name, `{ validate: ${this.#use(OF_NUMBERS[format])} }`);
  }

  #use(helper: string | undefined): string {
    if (helper === undefined) throw new Error("ajv uses a format that nobody gave it");
    this.#used.add(helper);
    return helper;
  }
}

function isSchema(value: { readonly kind: string; readonly name: Value } | undefined): boolean {
  const isPart = value?.kind === "schema" || value?.kind === "root";
  return isPart && FUNCTIONS[String(value.name.value?.code)] === undefined;
}

/** A part of a schema. As source, a member called `__proto__` would be none. */
function schemaText(schema: unknown): string {
  const text = JSON.stringify(schema);
  return String(text.includes('"__proto__":') ? _`JSON.parse(${text})` : stringify(schema));
}
