/**
 * What ajv's code takes from outside itself, and what it is called in our runtime. ajv keeps the text for each such
 * value beside it until it prints, which is where ours is put in its place.
 */
import type { Ajv, ValidateFunction } from "ajv";

type Code = Pick<typeof import("ajv"), "_" | "Name" | "stringify">;
type Value =
  NonNullable<NonNullable<ValidateFunction["source"]>["scopeValues"][string]> extends Set<infer Name> ? Name : never;

/** Formats as documents spell them, and as `@actionwire/runtime/validators` does. */
const OF_TEXT: Readonly<Record<string, string>> = {
  byte: "byte",
  date: "date",
  "date-time": "dateTime",
  duration: "duration",
  email: "email",
  hostname: "hostname",
  ipv4: "ipv4",
  ipv6: "ipv6",
  "iso-date-time": "isoDateTime",
  "iso-time": "isoTime",
  "json-pointer": "jsonPointer",
  "json-pointer-uri-fragment": "jsonPointerUriFragment",
  regex: "regex",
  "relative-json-pointer": "relativeJsonPointer",
  time: "time",
  uri: "uri",
  "uri-reference": "uriReference",
  "uri-template": "uriTemplate",
  uuid: "uuid",
};
const OF_NUMBERS: Readonly<Record<string, string>> = { int32: "int32", int64: "int64" };

export class Helpers {
  readonly #ajv: Code;
  readonly #functions: ReadonlyMap<unknown, string>;
  readonly #used = new Set<string>();
  readonly #seen = new Set<unknown>();

  private constructor(ajv: Code, functions: ReadonlyMap<unknown, string>) {
    this.#ajv = ajv;
    this.#functions = functions;
  }

  static async load(): Promise<Helpers> {
    const [ajv, ucs2length, equal] = await Promise.all([
      import("ajv"),
      import("ajv/dist/runtime/ucs2length.js"),
      import("ajv/dist/runtime/equal.js"),
    ]);
    return new Helpers(
      ajv,
      new Map<unknown, string>([
        [ucs2length.default.default, "ucs2length"],
        [equal.default.default, "equal"],
      ]),
    );
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

  #replace(kind: string, name: Value): void {
    const { value } = name;
    if (!value) return;
    const { _ } = this.#ajv;
    const helper = this.#functions.get(value.ref);
    if (helper !== undefined) value.code = this.#use(helper);
    else if (kind === "formats" && Object.hasOwn(OF_TEXT, String(value.key)))
      value.code = this.#use(OF_TEXT[String(value.key)]);
    else if (kind === "formats") value.code = _`{ validate: ${this.#use(OF_NUMBERS[String(value.key)])} }`;
    else if (value.ref instanceof RegExp) value.code = _`new RegExp(${value.ref.source}, ${value.ref.flags})`;
    else if (kind === "schema") value.code = this.#constant(value.ref);
    else if (kind === "validate" && typeof value.ref === "function") this.replaceIn(value.ref as ValidateFunction);
    else if (kind === "root" || kind === "wrapper")
      this.replaceIn((value.ref as { validate: ValidateFunction }).validate);
  }

  /** A schema that the code looks into. As source, a member called `__proto__` would be none. */
  #constant(schema: unknown) {
    const { _, stringify } = this.#ajv;
    const text = JSON.stringify(schema, (key, value) => (key === "$id" ? undefined : value));
    return text.includes('"__proto__":') ? _`JSON.parse(${text})` : stringify(JSON.parse(text));
  }

  #use(helper: string | undefined) {
    if (helper === undefined) throw new Error("ajv uses a format that nobody gave it");
    this.#used.add(helper);
    return new this.#ajv.Name(helper);
  }
}
