/**
 * Values for a schema, by chance and always the same: with and without optional members, texts that are hard to carry.
 * Not every value fits (`not`, conditions, exact counts are left to luck), so whoever asks checks it.
 */
import fc from "fast-check";
import type { Json, Schema } from "../../generator/contract.js";
import { Flattener, isMembers, list, type Members } from "./flatten.js";

/** Texts that a wire may spoil. */
const TEXTS = ["", "plain", "two words", 'quoted "\\" /', "größe 房间 👋", "\u2028\u0000\ud800", "__proto__"];
/** For places that carry letters only, as headers do. */
const WORDS = ["plain", "word", "x-1"];
const INTEGERS = [0, 1, -1, 7, 1_700_000_000];
const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2024-02-29T23:59:59.5+01:00",
  date: "2024-02-29",
  time: "12:00:00Z",
  duration: "P1DT2H",
  email: "ada@example.com",
  hostname: "example.com",
  ipv4: "127.0.0.1",
  ipv6: "::1",
  uri: "https://example.com/a?b=c#d",
  url: "https://example.com/",
  "uri-reference": "../a",
  uuid: "123e4567-e89b-12d3-a456-426614174000",
  byte: "AAEC/w==",
  regex: "^a+$",
  "json-pointer": "/a/b",
};
/** Levels below which nothing optional is put in, so that what contains itself ends. */
const DEEP = 5;

export class Sampler {
  readonly #random: () => number;
  readonly #schemas: Flattener;
  readonly #texts: readonly string[];

  constructor(types: ReadonlyMap<string, Schema>, random: () => number, texts: "any" | "words" = "any") {
    this.#random = random;
    this.#schemas = new Flattener(types, random);
    this.#texts = texts === "any" ? TEXTS : WORDS;
  }

  sample(schema: Json | undefined, depth = 0): Json {
    const flat = this.#schemas.flat(schema);
    if (flat["const"] !== undefined) return flat["const"];
    if (flat["enum"] !== undefined) return this.#pick(list(flat["enum"]));
    switch (this.#pick(typesOf(flat))) {
      case "object":
        return this.#object(flat, depth);
      case "array":
        return this.#array(flat, depth);
      case "string":
        return this.#string(flat);
      case "integer":
        return this.#number(flat, 1);
      case "number":
        return this.#number(flat, 0.25);
      case "boolean":
        return this.#random() < 0.5;
      default:
        return null;
    }
  }

  #object(schema: Members, depth: number): Json {
    const { properties, additionalProperties, patternProperties } = schema;
    const required = list(schema["required"]).map(String);
    const declared = isMembers(properties) ? properties : {};
    const chosen = Object.keys(declared).filter((name) => required.includes(name) || this.#optional(depth));
    const names = new Set([...chosen, ...required]);
    const free = isMembers(additionalProperties) && this.#optional(depth) ? ["more", "and more"] : [];
    const patterns = isMembers(patternProperties) && this.#optional(depth) ? Object.entries(patternProperties) : [];
    return Object.fromEntries([
      ...[...names].map((name) => [name, this.sample(declared[name], depth + 1)]),
      ...patterns.map(([pattern, value]) => [this.#matching(pattern), this.sample(value, depth + 1)]),
      ...free.map((name) => [name, this.sample(additionalProperties, depth + 1)]),
    ]);
  }

  #array(schema: Members, depth: number): Json {
    const { items } = schema;
    const tuple = list(schema["prefixItems"]);
    const least = numberOf(schema["minItems"]) ?? 0;
    const most = Math.max(
      least,
      Math.min(numberOf(schema["maxItems"]) ?? 3, Math.max(3, tuple.length), items === false ? tuple.length : Infinity),
    );
    const wanted = depth > DEEP ? least : least + Math.floor(this.#random() * (most - least + 1));
    const length = Math.max(wanted, tuple.length <= most ? tuple.length : 0);
    return Array.from({ length }, (_, index) => this.sample(tuple[index] ?? items, depth + 1));
  }

  #string({ format, pattern, minLength, maxLength }: Members): Json {
    if (typeof pattern === "string") return this.#matching(pattern);
    const known = typeof format === "string" ? FORMATS[format] : undefined;
    if (known !== undefined) return known;
    const least = numberOf(minLength) ?? 0;
    const most = numberOf(maxLength) ?? Number.POSITIVE_INFINITY;
    const fitting = this.#texts.filter((text) => [...text].length >= least && [...text].length <= most);
    return fitting.length > 0 ? this.#pick(fitting) : "x".repeat(least);
  }

  #number(schema: Members, unit: number): Json {
    const step = numberOf(schema["multipleOf"]) ?? unit;
    const natural = /^uint/.test(String(schema["format"])) ? 0 : undefined;
    const low = numberOf(schema["minimum"]) ?? above(schema["exclusiveMinimum"], step) ?? natural;
    const high = numberOf(schema["maximum"]) ?? above(schema["exclusiveMaximum"], -step);
    const fits = (value: number) => (low === undefined || value >= low) && (high === undefined || value <= high);
    const usual = [...INTEGERS, ...(unit < 1 ? [0.25, -1.5, 1e21] : [])].map((value) => value * (step > 1 ? step : 1));
    const edges = [low, high].filter((edge) => edge !== undefined).map((edge) => Math.ceil(edge / step) * step);
    return this.#pick([...usual, ...edges].filter(fits)) ?? 0;
  }

  #matching(pattern: string): string {
    const seed = Math.floor(this.#random() * 2 ** 31);
    return fc.sample(fc.stringMatching(new RegExp(pattern)), { seed, numRuns: 1 })[0] ?? "";
  }

  #optional(depth: number): boolean {
    return depth <= DEEP && this.#random() < 0.5;
  }

  #pick<T extends Json>(choices: readonly T[]): T | null {
    return this.#schemas.pick(choices) ?? null;
  }
}

function typesOf(schema: Members): readonly Json[] {
  if (schema["type"] !== undefined) return list(schema["type"]);
  if (["properties", "required", "additionalProperties", "patternProperties"].some((word) => word in schema)) {
    return ["object"];
  }
  return "items" in schema || "prefixItems" in schema
    ? ["array"]
    : ["object", "array", "string", "integer", "number", "boolean", "null"];
}

function numberOf(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function above(edge: Json | undefined, step: number): number | undefined {
  return typeof edge === "number" ? edge + step : undefined;
}
