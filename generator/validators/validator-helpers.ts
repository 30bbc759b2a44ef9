/**
 * What ajv's code takes from outside itself, and what it is called in our runtime. ajv keeps the text for each such
 * value beside it until it prints, which is where ours is put in its place.
 */
import type { Ajv, ValidateFunction } from "ajv";
import { OF_NUMBERS, OF_TEXT } from "../normalise/formats.js";

type Code = Pick<typeof import("ajv"), "_" | "Name" | "stringify">;
type Value =
  NonNullable<NonNullable<ValidateFunction["source"]>["scopeValues"][string]> extends Set<infer Name> ? Name : never;

/** Helpers by the text that ajv would print for them. */
const FUNCTIONS: Readonly<Record<string, string>> = {
  'require("ajv/dist/runtime/ucs2length").default': "ucs2length",
  'require("ajv/dist/runtime/equal").default': "equal",
};

export class Helpers {
  readonly #ajv: Code;
  readonly #used = new Set<string>();
  readonly #seen = new Set<unknown>();

  private constructor(ajv: Code) {
    this.#ajv = ajv;
  }

  static async load(): Promise<Helpers> {
    return new Helpers(await import("ajv"));
  }

  /** Names of what the printed code must import, in order. */
  get used(): readonly string[] {
    return [...this.#used].sort();
  }

  /** Only their names count here: ajv prints calls of them and never makes any. */
  addFormats(ajv: Ajv): void {
    for (const name of Object.keys(OF_TEXT)) ajv.addFormat(name, () => true);
    for (const name of Object.keys(OF_NUMBERS)) ajv.addFormat(name, { type: "number", validate: () => true });
  }

  /** In a validator and in all that it calls. */
  replaceIn(validate: ValidateFunction): void {
    const source = validate.source;
    if (!source || this.#seen.has(validate)) return;
    this.#seen.add(validate);
    for (const [kind, names] of Object.entries(source.scopeValues)) {
      for (const name of names ?? []) {
        if (kind === "schema" && !new RegExp(`\\b${name.str}\\b`).test(source.validateCode)) names?.delete(name);
        else this.#replace(kind, name);
      }
    }
  }

  #replace(kind: string, { value }: Value): void {
    if (!value) return;
    const { _ } = this.#ajv;
    const helper = FUNCTIONS[String(value.code)];
    if (helper !== undefined) value.code = this.#use(helper);
    else if (kind === "formats") value.code = this.#format(String(value.key));
    else if (kind === "schema") value.code = this.#constant(value.ref);
    else if (value.ref instanceof RegExp) value.code = _`new RegExp(${value.ref.source}, ${value.ref.flags})`;
    // ajv types what its scope holds as unknown; its standalone printer knows it by the name's prefix, as here.
    else if (kind === "validate" && typeof value.ref === "function") this.replaceIn(value.ref as ValidateFunction);
    else if (kind === "wrapper") this.replaceIn((value.ref as { validate: ValidateFunction }).validate);
  }

  #format(name: string) {
    const ofText = OF_TEXT[name];
    return ofText === undefined ? this.#ajv._`{ validate: ${this.#use(OF_NUMBERS[name])} }` : this.#use(ofText);
  }

  /** A schema that the code looks into. As source, a member called `__proto__` would be none. */
  #constant(schema: unknown) {
    const { _, stringify } = this.#ajv;
    const text = JSON.stringify(schema, (key, value: unknown) => (key === "$id" ? undefined : value));
    return text.includes('"__proto__":') ? _`JSON.parse(${text})` : stringify(JSON.parse(text));
  }

  #use(helper: string | undefined) {
    if (helper === undefined) throw new Error("ajv uses a format that nobody gave it");
    this.#used.add(helper);
    return new this.#ajv.Name(helper);
  }
}
