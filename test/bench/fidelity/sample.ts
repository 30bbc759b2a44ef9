/** Values that ordinary schemas of messages mostly allow; the oracle says whether they do. */
import { has, isList, isMembers, type Json, type Members } from "./json.js";
import { at } from "./pointer.js";
import { pick, type Random } from "./random.js";

const FORMATS: Readonly<Record<string, string>> = {
  "date-time": "2026-01-02T03:04:05Z",
  date: "2026-01-02",
  time: "03:04:05Z",
  email: "a@example.com",
  uri: "https://example.com/a",
  uuid: "0b6f1c1e-3c58-4b5e-9d0e-1f2a3b4c5d6e",
  ipv4: "10.0.0.1",
  hostname: "example.com",
};
const LARGEST = 400;
/** Deeper ones are too much for a compiler. */
const DEEPEST = 24;

/** `share`: how many of the optional members are there. */
export function sample(root: Json, chance: Random, share: number): Json {
  return new Sampler(root, chance, share).of(root, 0);
}

class Sampler {
  readonly #root: Json;
  readonly #chance: Random;
  readonly #share: number;
  #left = LARGEST;

  constructor(root: Json, chance: Random, share: number) {
    this.#root = root;
    this.#chance = chance;
    this.#share = share;
  }

  of(schema: Json | undefined, depth: number): Json {
    if (--this.#left < 0 || depth > DEEPEST || !isMembers(schema)) return null;
    const ref = schema["$ref"];
    if (typeof ref === "string" && ref.startsWith("#")) return this.of(at(this.#root, ref), depth + 1);
    if (has(schema, "const")) return schema["const"] ?? null;
    const constants = schema["enum"];
    if (isList(constants) && constants.length > 0) return pick(this.#chance, constants);
    const examples = schema["examples"];
    if (isList(examples) && examples.length > 0 && this.#chance() < 0.5) return examples[0] ?? null;
    const branches = schema["oneOf"] ?? schema["anyOf"];
    const types = schema["type"];
    const type = isList(types) && types.length > 0 ? pick(this.#chance, types) : types;
    if (type === undefined && !has(schema, "properties") && isList(branches) && branches.length > 0) {
      return this.of(pick(this.#chance, branches), depth + 1);
    }
    return this.#ofType(String(type ?? impliedBy(schema)), schema, depth);
  }

  #ofType(type: string, schema: Members, depth: number): Json {
    const number = (keyword: string, otherwise: number): number => Number(schema[keyword] ?? otherwise);
    if (type === "object") return this.#object(schema, depth);
    if (type === "array") return this.#array(schema, depth);
    if (type === "integer") return Math.max(number("minimum", 1), Math.min(number("maximum", 5), 5));
    if (type === "number") return Math.max(number("minimum", 1.5), Math.min(number("maximum", 1.5), 1.5));
    if (type === "boolean") return this.#chance() < 0.5;
    if (type === "null") return null;
    const text = FORMATS[String(schema["format"])] ?? "abc";
    return text.padEnd(Math.min(number("minLength", 0), 10_000), "abc").slice(0, number("maxLength", 10_000));
  }

  #object(schema: Members, depth: number): Members {
    const members = new Map<string, Json>();
    const parts = [...listIn(schema, "allOf")];
    const branches = [...listIn(schema, "oneOf"), ...listIn(schema, "anyOf")];
    if (branches.length > 0) parts.push(pick(this.#chance, branches));
    for (const part of parts) {
      const value = this.of(part, depth + 1);
      if (isMembers(value)) for (const [name, member] of Object.entries(value)) members.set(name, member);
    }
    const required = new Set(listIn(schema, "required").map(String));
    const properties = schema["properties"];
    for (const [name, member] of isMembers(properties) ? Object.entries(properties) : []) {
      if (required.has(name) || (depth < 6 && this.#chance() < this.#share))
        members.set(name, this.of(member, depth + 1));
    }
    const others = schema["additionalProperties"];
    for (const name of required) {
      if (!members.has(name)) members.set(name, isMembers(others) ? this.of(others, depth + 1) : "x");
    }
    if (isMembers(others) && depth < 5 && this.#chance() < this.#share)
      members.set("extra1", this.of(others, depth + 1));
    return Object.fromEntries(members);
  }

  #array(schema: Members, depth: number): Json[] {
    const items = schema["items"];
    const places = isList(items) ? items : listIn(schema, "prefixItems");
    const others = isList(items) ? schema["additionalItems"] : items;
    const array = places.map((place) => this.of(place, depth + 1));
    const least = Math.max(Number(schema["minItems"] ?? 0), depth > 5 ? 0 : Math.floor(this.#chance() * 3));
    while (array.length < Math.min(least, 100)) array.push(isMembers(others) ? this.of(others, depth + 1) : "x");
    return array;
  }
}

function impliedBy(schema: Members): string {
  const any = (...keywords: string[]): boolean => keywords.some((keyword) => has(schema, keyword));
  if (any("properties", "allOf", "required", "additionalProperties")) return "object";
  if (any("items", "prefixItems")) return "array";
  return any("minimum", "maximum") ? "number" : "string";
}

function listIn(schema: Members, keyword: string): readonly Json[] {
  const value = schema[keyword];
  return isList(value) ? value : [];
}
