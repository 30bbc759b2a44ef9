/**
 * One plain schema out of a schema that refers and combines: references followed, `allOf` put together, one branch of
 * each `anyOf` and `oneOf` taken by chance.
 */
import type { Json, Schema } from "../../generator/contract.js";

export type Members = { readonly [keyword: string]: Json };

/** How far references are followed without coming to a member or an item. */
const MOST = 50;

export class Flattener {
  readonly #types: ReadonlyMap<string, Schema>;
  readonly #random: () => number;

  constructor(types: ReadonlyMap<string, Schema>, random: () => number) {
    this.#types = types;
    this.#random = random;
  }

  flat(schema: Json | undefined, depth = 0): Members {
    if (!isMembers(schema)) return schema === false ? { not: {} } : {};
    if (depth > MOST) throw new Error("a schema that only refers to itself");
    const { $ref, allOf, anyOf, oneOf, ...own } = schema;
    if (typeof $ref === "string") return this.flat(this.#types.get($ref.slice("#/$defs/".length)), depth + 1);
    const parts: Json[] = [
      ...list(allOf),
      ...[anyOf, oneOf].filter((choice) => choice !== undefined).map((choice) => this.pick(list(choice)) ?? true),
    ];
    return parts.reduce<Members>((all, part) => merged(all, this.flat(part, depth + 1)), own);
  }

  pick<T>(choices: readonly T[]): T | undefined {
    return choices[Math.floor(this.#random() * choices.length)];
  }
}

/** What fits both, as far as that can be said in keywords; the rest is for a validator to refuse. */
function merged(one: Members, other: Members): Members {
  const both = (keyword: string) => one[keyword] !== undefined && other[keyword] !== undefined;
  return {
    ...one,
    ...other,
    ...(both("properties") && { properties: mergedProperties(one["properties"], other["properties"]) }),
    ...(both("required") && { required: [...new Set([...list(one["required"]), ...list(other["required"])])] }),
    ...(both("type") && { type: common(one["type"], other["type"]) }),
    ...(both("enum") && { enum: list(one["enum"]).filter((value) => includes(list(other["enum"]), value)) }),
    ...(both("items") && { items: { allOf: [one["items"] ?? true, other["items"] ?? true] } }),
    ...atMost(one, other, ["minimum", "minLength", "minItems"], Math.max),
    ...atMost(one, other, ["maximum", "maxLength", "maxItems"], Math.min),
  };
}

function atMost(
  one: Members,
  other: Members,
  keywords: readonly string[],
  choose: (...all: number[]) => number,
): Members {
  return Object.fromEntries(
    keywords.flatMap((keyword) => {
      const all = [one[keyword], other[keyword]].filter((value) => typeof value === "number");
      return all.length === 0 ? [] : [[keyword, choose(...all)]];
    }),
  );
}

function mergedProperties(one: Json | undefined, other: Json | undefined): Members {
  const [first, second] = [isMembers(one) ? one : {}, isMembers(other) ? other : {}];
  const shared = Object.keys(first).filter((name) => Object.hasOwn(second, name));
  const combined = shared.map((name): [string, Json] => [name, { allOf: [first[name] ?? true, second[name] ?? true] }]);
  return { ...first, ...second, ...Object.fromEntries(combined) };
}

function common(one: Json | undefined, other: Json | undefined): Json {
  const [first, second] = [list(one), list(other)];
  const numbers = first.includes("integer") && second.includes("number") ? ["integer"] : [];
  const mirrored = first.includes("number") && second.includes("integer") ? ["integer"] : [];
  return [...new Set([...first.filter((type) => second.includes(type)), ...numbers, ...mirrored])];
}

function includes(values: readonly Json[], value: Json): boolean {
  return values.some((each) => JSON.stringify(each) === JSON.stringify(value));
}

/** A keyword's list; a single value is a list of one. */
export function list(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as Json]; // Array.isArray does not narrow readonly lists
}

export function isMembers(value: Json | undefined): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
