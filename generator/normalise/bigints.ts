/**
 * 64-bit integers as `bigint`, where that was asked for. For the printers of types and validators each schema of one
 * becomes the keyword `bigint`, with its limits; that of another number becomes the keyword `number`, since a large one
 * arrives as a bigint, too, and is made the number that its type says. Constants stay as they are: known, and small.
 */
import type { Json, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, type Members, mapSchemas, WORDS } from "./keywords.js";

/** Limits of a `bigint`, in decimal digits: JSON's own numbers could not hold them. */
export interface BigintLimits {
  readonly least: string;
  readonly most: string;
  /** What it is a multiple of, where that is said. */
  readonly multipleOf?: string;
}

const RANGES: Readonly<Record<string, BigintLimits>> = {
  int64: { least: "-9223372036854775808", most: "9223372036854775807" },
  uint64: { least: "0", most: "18446744073709551615" },
};

export function withBigints(types: readonly TypeDeclaration[]): readonly TypeDeclaration[] {
  return types.map((type) => ({ ...type, schema: read(type.schema) as Schema })); // a schema's schema is one
}

/** The limits of a schema that {@link withBigints} made; undefined for any other. */
export function bigintLimits({ bigint }: Members): BigintLimits | undefined {
  return bigint as unknown as BigintLimits | undefined; // made below, of texts
}

function read(schema: Json): Json {
  if (!isMembers(schema)) return schema;
  const inside = mapSchemas(schema, read);
  const types = [schema["type"]].flat();
  const number = types.find((type) => type === "integer" || type === "number");
  if (number === undefined || "enum" in schema || "const" in schema) return inside;
  const others = types.filter((type) => type !== "integer" && type !== "number");
  const entries = Object.entries(inside).filter(([keyword]) => keyword !== "type");
  const words = entries.filter(([keyword]) => WORDS.has(keyword));
  const rules = entries.filter(([keyword]) => !WORDS.has(keyword));
  const range = typeof schema["format"] === "string" ? RANGES[schema["format"]] : undefined;
  const one: Members = range
    ? { bigint: { ...limits(schema, range) } }
    : { number, ...Object.fromEntries(rules.filter(([keyword]) => OF_NUMBERS.has(keyword))) };
  const rest = rules.filter(([keyword]) => !OF_NUMBERS.has(keyword));
  if (others.length === 0) return Object.fromEntries([...words, ...Object.entries(one), ...rest]);
  const other = Object.fromEntries([["type", others.length === 1 ? (others[0] ?? "null") : (others as Json)], ...rest]);
  return Object.fromEntries([...words, ["anyOf", [one, other]]]);
}

const OF_NUMBERS = new Set(["format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]);

function limits(schema: Members, range: BigintLimits): BigintLimits {
  const least = [
    whole(schema["minimum"], Math.ceil),
    whole(schema["exclusiveMinimum"], (limit) => Math.floor(limit) + 1),
  ];
  const most = [
    whole(schema["maximum"], Math.floor),
    whole(schema["exclusiveMaximum"], (limit) => Math.ceil(limit) - 1),
  ];
  const { multipleOf: multiple } = schema;
  const larger = (a: bigint, b: bigint | undefined): bigint => (b !== undefined && b > a ? b : a);
  const smaller = (a: bigint, b: bigint | undefined): bigint => (b !== undefined && b < a ? b : a);
  return {
    least: String(least.reduce<bigint>(larger, BigInt(range.least))),
    most: String(most.reduce<bigint>(smaller, BigInt(range.most))),
    ...(Number.isSafeInteger(multiple) && multiple !== 1 && { multipleOf: String(multiple) }),
  };
}

function whole(limit: Json | undefined, round: (limit: number) => number): bigint | undefined {
  return typeof limit === "number" ? BigInt(round(limit)) : undefined;
}
