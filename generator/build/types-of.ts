/**
 * From schemas in a document to the contract's declared types: each shared schema once, under a final name, references
 * turned into `#/$defs/<name>`, so that a type and its validator are made of the same bytes.
 */
import type { Json, Schema, TypeDeclaration } from "../contract.js";
import { member, type Node, refOf } from "../document.js";
import { described } from "../languages/described.js";
import { type Dialect, languageOf } from "../languages/language.js";
import { beside, countsBesideRef, dialectAt, inDialect, type Reading } from "../normalise/dialects.js";
import { DynamicScope } from "../normalise/dynamic-scope.js";
import { BY_NAME, LISTS, SINGLE, WORDS } from "../normalise/keywords.js";
import { typesMeant } from "../normalise/type-words.js";
import { pascal, type Scope } from "./names.js";
import { same } from "./same.js";

/** Keywords that stand as they are. All others say nothing about a value, and a contract holds only what it means. */
const PLAIN = new Set([
  ...["type", "enum", "const", "format", "nullable", "required", "pattern", "minLength", "maxLength"],
  ...[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
  ],
  ...["minContains", "maxContains", "minProperties", "maxProperties", "dependentRequired", "discriminator"],
  ...["title", "description", "default", "example", "examples", "deprecated", "readOnly", "writeOnly"],
  ...["contentEncoding", "contentMediaType"],
]);

const KNOWN = new Set([...SINGLE, ...LISTS, ...BY_NAME, ...PLAIN]);

export class Types {
  readonly #scope: Scope;
  readonly #pins: ReadonlyMap<string, string>;
  readonly #names = new Map<string, string>();
  readonly #declared = new Map<string, TypeDeclaration>();
  readonly #declaredAt = new Set<string>();
  readonly #unions = new Map<string, string>();
  readonly #reading: Reading;

  constructor(scope: Scope, pins: ReadonlyMap<string, string>, reading: Reading) {
    this.#scope = scope;
    this.#pins = pins;
    this.#reading = reading;
  }

  /** Every declared type, in order of first use. */
  get all(): readonly TypeDeclaration[] {
    return [...this.#declared.values()];
  }

  get size(): number {
    return this.#declared.size;
  }

  get(name: string): TypeDeclaration | undefined {
    return this.#declared.get(name);
  }

  /**
   * The name of the type that a schema node is, declaring it and all it refers to if it is new. `format` is the language
   * that the document says it is in.
   */
  add(schema: Node, suggestion: string, format?: string): string {
    const { node, format: named } = described(schema, format);
    const language = languageOf(named);
    return this.#add(node, suggestion, {
      dialect: language.kind === "json-schema" ? language.dialect : "draft-07",
      scope: DynamicScope.empty,
    });
  }

  #add(target: Node, suggestion: string, around: Around): string {
    // What a reference says of its own is a type of its own, which refers to the other.
    const node = target.beside.find((reference) => counts(reference, dialectAt(reference, around.dialect))) ?? target;
    // What is passed through on the way is entered, too.
    const passed = target.passed.reduce((scope, reference) => scope.enter(reference), around.scope);
    const here = { dialect: dialectAt(node, around.dialect), scope: passed.enter(node) };
    const key = `${node.at} ${here.scope.key}`;
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const own = ownName(node) ?? suggestion;
    const entered = here.scope.outermost;
    // Reached in another way it is another type: a tree of these, a tree of those.
    const isAgain = this.#declaredAt.has(node.at);
    const wanted = isAgain && entered ? `${own} in ${ownName(entered) ?? "another"}` : own;
    const name = this.#scope.give(this.#pins.get(node.at) ?? this.#pins.get(wanted) ?? pascal(wanted), node);
    this.#names.set(key, name);
    this.#declaredAt.add(node.at);
    this.#declared.set(name, { name, schema: true, at: node.at }); // keeps its place while what it uses is added
    this.#declared.set(name, same({ name, schema: this.#written(node, name, here), at: node.at }));
    return name;
  }

  /** The name of the type of a frame's bytes. What their schema says of a text means nothing here; its words stay. */
  addBytes(node: Node, suggestion: string): string {
    const at = `${node.at} as bytes`; // in other places the same schema may be a text
    const known = this.#names.get(at);
    if (known !== undefined) return known;
    const wanted = ownName(node) ?? suggestion;
    const name = this.#scope.give(this.#pins.get(node.at) ?? this.#pins.get(wanted) ?? pascal(wanted), node);
    const words = ["title", "description", "deprecated"].flatMap((keyword): [string, Json][] => {
      const value = node.get(keyword)?.value;
      return typeof value === "string" || typeof value === "boolean" ? [[keyword, value]] : [];
    });
    this.#names.set(at, name);
    this.#declared.set(name, { name, schema: record(words), bytes: true, at: node.at });
    return name;
  }

  /** The name of the type of a message without a schema, which is one however often it is listed. */
  addFor(message: Node, wanted: string, type: Omit<TypeDeclaration, "name" | "at">): string {
    const { at } = message;
    const name = this.#names.get(at) ?? this.declare(wanted, { ...type, at });
    this.#names.set(at, name);
    return name;
  }

  /** Declares a schema that stands in no document: a union, a tolerant twin. */
  declare(wanted: string, type: Omit<TypeDeclaration, "name">): string {
    const name = this.#scope.give(wanted);
    this.#declared.set(name, same({ name, ...type }));
    return name;
  }

  /** The name of the type that is any of these; one, however often they meet. */
  oneOf(names: readonly string[], wanted: string, type: Omit<TypeDeclaration, "name">): string {
    const [only = "", ...others] = names;
    if (others.length === 0) return only;
    const name = this.#unions.get(names.join()) ?? this.declare(wanted, type);
    this.#unions.set(names.join(), name);
    return name;
  }

  /** Gives a declared type its schema, where that could be made only once its name was known. */
  redeclare(name: string, schema: Schema): void {
    const declared = this.#declared.get(name);
    if (declared) this.#declared.set(name, same({ ...declared, schema }));
  }

  #schema(node: Node, name: string, around: Around): Schema {
    const { value } = node;
    if (typeof value !== "object" || value === null) return value !== false;
    const members = Object.keys(value).filter((keyword) => KNOWN.has(keyword) && !isForeignType(keyword, node));
    const said = members.map((keyword) => [keyword, this.#keyword(node, keyword, name, around)] as const);
    // OpenAPI 2 had no word for it, and its tools agreed on this one.
    const isNullable = node.raw("x-nullable")?.value === true && node.raw("nullable") === undefined;
    const all = record(isNullable ? [...said, ["nullable", true]] : said);
    return this.#dynamic(node, inDialect(all, around.dialect, this.#reading), name, around);
  }

  /** With what `$dynamicRef` and `$recursiveRef` lead to from here. */
  #dynamic(node: Node, said: Schema, name: string, around: Around): Schema {
    if (!countsBesideRef(around.dialect)) return said;
    return (["$dynamicRef", "$recursiveRef"] as const).reduce<Schema>((schema, keyword) => {
      const ref = node.raw(keyword)?.value;
      const target = typeof ref === "string" ? around.scope.follow(node, keyword, ref) : undefined;
      if (!target) return schema;
      const suggestion = lastToken(String(ref)) || name;
      return beside(`#/$defs/${this.#add(target, suggestion, around)}`, schema, around.dialect);
    }, said);
  }

  #keyword(node: Node, keyword: string, name: string, around: Around): Json {
    if (PLAIN.has(keyword)) {
      const value = member(node.value, keyword) as Json; // parsed from YAML or JSON, so JSON
      return keyword === "type" ? (typesMeant(value) ?? null) : value;
    }
    const raw = node.raw(keyword);
    const isList = Array.isArray(raw?.value);
    if (raw && isList && LISTS.has(keyword)) {
      return raw.entries().map(([index]) => this.#child(raw, Number(index), name, around));
    }
    if (raw && BY_NAME.has(keyword) && typeof raw.value === "object" && raw.value !== null && !isList) {
      // A text that is called `$ref` among schemas by name is no schema; check has said so.
      const names = Object.keys(raw.value).filter((key) => key !== "$ref" || refOf(raw.value) === undefined);
      return record(names.map((key) => [key, this.#child(raw, key, name, around)]));
    }
    if (raw && SINGLE.has(keyword) && !isList) return this.#child(node, keyword, name, around);
    return raw?.value as Json; // JSON, as above
  }

  #child(parent: Node, key: string | number, name: string, around: Around): Json {
    const raw = parent.raw(key);
    if (Array.isArray(raw?.value)) return raw.value as Json; // a `dependencies` list of names
    if (!raw) return true;
    return this.#written(raw, name, { dialect: dialectAt(raw, around.dialect), scope: around.scope.enter(raw) });
  }

  /** A schema, or a reference to one and what stands beside it. */
  #written(node: Node, name: string, around: Around): Schema {
    const ref = refOf(node.value);
    const target = ref === undefined ? undefined : node.follow(ref);
    if (ref === undefined || !target) return this.#schema(node, name, around);
    const $ref = `#/$defs/${this.#add(described(target).node, lastToken(ref) || name, around)}`;
    return beside($ref, this.#schema(node, name, around), around.dialect);
  }
}

/** What holds around a schema. */
interface Around {
  readonly dialect: Dialect;
  readonly scope: DynamicScope;
}

/** Whether what stands beside a reference means anything to its values. */
function counts(reference: Node, dialect: Dialect): boolean {
  if ((reference.raw("nullable") ?? reference.raw("x-nullable"))?.value === true) return true;
  const isRule = (keyword: string) => keyword !== "nullable" && !WORDS.has(keyword);
  const said = Object.keys(Object(reference.value)).filter((keyword) => KNOWN.has(keyword));
  return countsBesideRef(dialect) && said.some((keyword) => isRule(keyword) && !isForeignType(keyword, reference));
}

/** What the document calls a schema, where it gives it a name at all. */
function ownName(node: Node): string | undefined {
  const parent = node.path.at(-2);
  if (node.path.length === 0) return node.file.path.replace(/^.*\/|\.[^.]*$/g, "");
  if (node.path.length === 1) return node.key; // a file that is nothing but schemas by name
  return parent === "schemas" || parent === "definitions" || parent === "$defs" ? node.key : undefined;
}

/** A type of no meaning says nothing; check has said so. */
function isForeignType(keyword: string, node: Node): boolean {
  return keyword === "type" && typesMeant(member(node.value, keyword) as Json) === undefined; // parsed, so JSON
}

function lastToken(ref: string): string {
  const last = ref.split(/[/#]/).at(-1) ?? "";
  return /^\d*$|^(items|properties|payload|schema)$/.test(last) ? "" : last;
}

/** An object of just these members; `__proto__` among them is a member like any other. */
function record(members: readonly (readonly [string, Json])[]): { readonly [key: string]: Json } {
  return Object.fromEntries(members);
}
