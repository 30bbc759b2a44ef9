/**
 * The tolerant twin of a schema: what a client checks on arrival, so that a server may say more than the client knows.
 * `additionalProperties: false` goes, but in dictionaries; `oneOf` becomes `anyOf`, since open branches may fit together. So
 * they may where the document itself leaves them open, which few that write `oneOf` mean.
 */
import type { Json, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, mapItems, mapMembers } from "../normalise/keywords.js";
import { overlapIn } from "./facts/overlap.js";
import { type Lookup, list } from "./facts/schema-words.js";
import { Unchanged } from "./facts/unchanged.js";
import type { Types } from "./types-of.js";

/** The name of a type's tolerant twin, declared if it is new; undefined where it would be the same. */
export class Twins {
  readonly #types: Types;
  readonly #twins = new Map<string, string>();
  readonly #strict = new Map<string, boolean>();

  constructor(types: Types) {
    this.#types = types;
  }

  of(name: string): string | undefined {
    if (!this.#isStrict(name)) return undefined;
    const known = this.#twins.get(name);
    if (known !== undefined) return known;
    const original = this.#types.get(name);
    if (!original) return undefined;
    const at = original.at;
    const twin = this.#types.declare(`${name}Tolerant`, { schema: true, at, untyped: true, twinOf: name });
    this.#twins.set(name, twin);
    this.#types.redeclare(twin, this.#open(original.schema) as Schema); // a schema opened is a schema
    return twin;
  }

  #open(value: Json): Json {
    if (Array.isArray(value)) return mapItems(value, (item) => this.#open(item));
    if (!isMembers(value)) return value;
    const opened = mapMembers(value, (member, key) => {
      if (CONSTANT.has(key)) return member;
      if (key === "$ref" && typeof member === "string") return this.#ref(member);
      if (key === "not" || key === "if") return member; // more open inside would be stricter outside
      return isNamed(key, member) ? mapMembers(member, (schema) => this.#open(schema)) : this.#open(member);
    });
    const isOpen = isDictionary(value) || !Object.entries(value).some(([key, member]) => closes(key, member));
    if (isOpen && value["oneOf"] === undefined) return opened;
    const kept = Object.entries(opened).filter(([key, member]) => isDictionary(value) || !closes(key, member));
    return Object.fromEntries(kept.map(([key, member]) => [key === "oneOf" ? "anyOf" : key, member]));
  }

  #ref(ref: string): string {
    const twin = this.of(ref.replace("#/$defs/", ""));
    return twin === undefined ? ref : `#/$defs/${twin}`;
  }

  /** Whether a type, or one it uses, refuses members it does not know, or values that fit several branches. */
  #isStrict(name: string): boolean {
    const known = this.#strict.get(name);
    if (known !== undefined) return known;
    const seen = new Set<string>();
    const isStrict = this.#refusesIn(name, seen);
    // Where nothing refuses, none of those that were looked at does; else only what was asked for is known.
    for (const one of isStrict ? [name] : seen) this.#strict.set(one, isStrict);
    return isStrict;
  }

  #refusesIn(name: string, seen: Set<string>): boolean {
    if (seen.has(name)) return false;
    seen.add(name);
    return this.#strict.get(name) ?? this.#refuses(this.#types.get(name)?.schema ?? true, seen);
  }

  #refuses(value: Json, seen: Set<string>): boolean {
    if (typeof value !== "object" || value === null) return false;
    return Object.entries(value).some(([key, member]) => {
      if (closes(key, member)) return !isDictionary(value);
      if (key === "$ref" && typeof member === "string") return this.#refusesIn(member.replace("#/$defs/", ""), seen);
      if (CONSTANT.has(key)) return false;
      if (key === "not" || key === "if") return false;
      if (key === "oneOf" && overlaps(list(member), (one) => this.#types.get(one))) return true;
      if (isNamed(key, member)) return Object.values(member).some((schema) => this.#refuses(schema, seen));
      return this.#refuses(member, seen);
    });
  }
}

const known = new Unchanged<TypeDeclaration, boolean>();

function overlaps(branches: readonly Schema[], types: Lookup): boolean {
  return known.of(branches, types, (find) => overlapIn(branches, find, "tolerant") !== undefined);
}

/** Keywords that hold values, no schemas. */
const CONSTANT: ReadonlySet<string> = new Set(["const", "enum", "default", "examples"]);

function closes(key: string, member: Json): boolean {
  return (key === "additionalProperties" || key === "unevaluatedProperties") && member === false;
}

/** Names that a pattern has: one that it has not is no member that came later, but a wrong name. */
function isDictionary(schema: object): boolean {
  return "patternProperties" in schema;
}

/** Schemas by name: their keys are the document's words, no keywords. */
export function isNamed(key: string, member: Json): member is { readonly [name: string]: Json } {
  const holds = key === "properties" || key === "patternProperties" || key === "dependentSchemas";
  return holds && typeof member === "object" && member !== null && !Array.isArray(member);
}
