/**
 * One reading of a schema, from which both its type and its validator are made, so that they agree: only keywords that
 * can be checked, each in draft 2020-12's form, with implied types written out. What an author wrote and no validator could
 * keep is dropped with a warning, always towards accepting more.
 */
import type { Json, Representation, Schema, TypeDeclaration } from "../contract.js";
import { withConversions } from "../conversions/meant.js";
import type { RuleId } from "../rules/rules.js";
import { withBigints } from "./bigints.js";
import { cutCycles } from "./cycles.js";
import { BY_NAME, fits, isMembers, LISTS, type Members, SINGLE, TYPES, WORDS } from "./keywords.js";
import { oneForm } from "./one-form.js";
import { flagsFor } from "./pattern.js";
import { badPattern, type Warning } from "./warning.js";

export interface Normalised {
  readonly types: readonly TypeDeclaration[];
  readonly warnings: readonly Warning[];
}

export function normalise(types: readonly TypeDeclaration[], represented: Representation = {}): Normalised {
  const warnings: Warning[] = [];
  const names = new Set(types.map(({ name }) => name));
  const read = types.map((type) => {
    const { schema, said } = readingOf(type.schema, names);
    for (const one of said) warnings.push({ ...one, type: type.name });
    return { ...type, schema };
  });
  const plain = withConversions(cutCycles(read, warnings), represented);
  return { types: represented.int64 ? withBigints(plain) : plain, warnings };
}

/** What came of reading a schema. */
interface Reading {
  readonly schema: Schema;
  readonly said: readonly Omit<Warning, "type">[];
  /** Types it refers to, and whether they are there. */
  readonly asked: ReadonlyMap<string, boolean>;
}

/** One document's schemas are read for its types, its validators and all that is warned of, and again after an edit. */
const known = new WeakMap<Members, Reading>();

function readingOf(schema: Schema, names: ReadonlySet<string>): Reading {
  const before = isMembers(schema) ? known.get(schema) : undefined;
  if (before && holds(before, names)) return before;
  const reader = new Reader(names);
  const reading = { schema: reader.read(schema, "", false), said: reader.said, asked: reader.asked };
  if (isMembers(schema)) known.set(schema, reading);
  return reading;
}

function holds({ asked }: Reading, names: ReadonlySet<string>): boolean {
  for (const [name, isThere] of asked) if (names.has(name) !== isThere) return false;
  return true;
}

class Reader {
  readonly said: Omit<Warning, "type">[] = [];
  readonly asked = new Map<string, boolean>();
  readonly #names: ReadonlySet<string>;

  constructor(names: ReadonlySet<string>) {
    this.#names = names;
  }

  #warn(rule: RuleId, path: string, message: string): void {
    this.said.push({ rule, path, message });
  }

  #has(name: string): boolean {
    const isThere = this.#names.has(name);
    this.asked.set(name, isThere);
    return isThere;
  }

  /** `letter`: below `not` and `if` nothing may be implied, since what is added there would be taken away. */
  read(schema: Json, path: string, letter: boolean): Schema {
    if (typeof schema === "boolean") return schema;
    if (schema === null) return true; // `name:` with nothing behind it
    if (!isMembers(schema)) {
      this.#warn("bad-schema", path, "is no schema; any value is accepted here");
      return true;
    }
    const words = Object.entries(schema).filter(([keyword]) => WORDS.has(keyword));
    if (typeof schema["$ref"] === "string") return this.#reference(schema["$ref"], schema, words, path);
    const known = Object.entries(schema).flatMap(([keyword, value]) =>
      this.#keyword(keyword, value, schema, path, letter),
    );
    const keywords = new Map([...words, ...known]);
    if (losesPattern(schema["patternProperties"], keywords.get("patternProperties"))) {
      // A pattern that cannot be tried may stand for any name.
      keywords.delete("additionalProperties");
      keywords.delete("unevaluatedProperties");
    }
    return oneForm(keywords, { nullable: schema["nullable"] === true, letter });
  }

  /** Draft-07, 8.3: beside a reference nothing else counts. `nullable` is meant all the same. */
  #reference(ref: string, schema: Members, words: [string, Json][], path: string): Schema {
    const ignored = Object.keys(schema).filter((keyword) => fits(keyword, schema[keyword] ?? null) !== undefined);
    const [first = ""] = ignored;
    if (first !== "") {
      const what = `${ignored.join(", ")} beside $ref ${says(ignored)} nothing (draft-07)`;
      this.#warn("beside-ref", `${path}/${token(first)}`, what);
    }
    const name = /^#\/\$defs\/(.*)$/s.exec(ref)?.[1];
    if (name === undefined || !this.#has(name)) {
      this.#warn("dangling-ref", path, `$ref ${JSON.stringify(ref)} leads nowhere; any value is accepted here`);
      return Object.fromEntries(words);
    }
    const target = { $ref: ref };
    return Object.fromEntries([
      ...words,
      ...Object.entries(schema["nullable"] === true ? { anyOf: [target, { type: "null" }] } : target),
    ]);
  }

  #keyword(keyword: string, value: Json, schema: Members, path: string, letter: boolean): [string, Json][] {
    const at = `${path}/${token(keyword)}`;
    if (keyword === "type") return this.#type(value, at);
    if ((keyword === "exclusiveMinimum" || keyword === "exclusiveMaximum") && typeof value === "boolean") {
      return [[keyword, value]]; // draft-04's form, turned in one-form.ts
    }
    const fit = keyword === "format" && schema["assertsFormat"] === false ? undefined : fits(keyword, value);
    if (fit === undefined || WORDS.has(keyword)) return [];
    if (!fit) {
      this.#warn("bad-keyword", at, `${keyword} cannot be ${JSON.stringify(value)?.slice(0, 80)}; it is not checked`);
      return [];
    }
    if (keyword === "pattern") return this.#isUsable(String(value), at) ? [[keyword, value]] : [];
    if (Array.isArray(value) && LISTS.has(keyword)) {
      return [[keyword, value.map((item, index) => this.read(item, `${at}/${index}`, letter))]];
    }
    if (isMembers(value) && BY_NAME.has(keyword)) return this.#byName(keyword, value, at, letter);
    if (SINGLE.has(keyword)) return [[keyword, this.read(value, at, letter || keyword === "not" || keyword === "if")]];
    return [[keyword, value]];
  }

  #byName(keyword: string, value: Members, at: string, letter: boolean): [string, Json][] {
    const usable = Object.entries(value).filter(
      ([name]) => keyword !== "patternProperties" || this.#isUsable(name, `${at}/${token(name)}`),
    );
    const schemas = usable.map(([name, schema]): [string, Json] => {
      if (keyword === "dependencies" && Array.isArray(schema))
        return [name, schema.filter((key) => typeof key === "string")];
      return [name, this.read(schema, `${at}/${token(name)}`, letter)];
    });
    return [[keyword, Object.fromEntries(schemas)]];
  }

  #type(value: Json, at: string): [string, Json][] {
    const types = [...new Set(Array.isArray(value) ? value : [value ?? "null"])];
    const strange = types.filter((type) => !TYPES.has(type));
    if (strange.length > 0)
      this.#warn("unknown-type", at, `${JSON.stringify(strange[0])} is no type; any value is accepted here`);
    return strange.length > 0 || types.length === 0
      ? []
      : [["type", types.length === 1 ? (types[0] ?? "null") : types]];
  }

  #isUsable(pattern: string, at: string): boolean {
    if (flagsFor(pattern) !== undefined) return true;
    this.#warn("bad-pattern", at, badPattern(pattern));
    return false;
  }
}

/** RFC 6901, 3. */
function token(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}

function losesPattern(before: Json | undefined, after: Json | undefined): boolean {
  return isMembers(before) && isMembers(after) && Object.keys(after).length < Object.keys(before).length;
}

function says(keywords: readonly string[]): string {
  return keywords.length > 1 ? "say" : "says";
}
