/**
 * 64-bit integers as `bigint`, where that was asked for. For the printers of types and validators each schema of one
 * becomes the keyword `bigint`, with its limits; that of another number becomes the keyword `number`, since a large one
 * arrives as a bigint, too, and is made the number that its type says. Constants stay numbers.
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

const ANY_RANGE: BigintLimits = { least: "-9223372036854775808", most: "18446744073709551615" };

export function withBigints(types: readonly TypeDeclaration[]): readonly TypeDeclaration[] {
  return types.map((type) => ({ ...type, schema: read(type.schema) as Schema })); // a schema's schema is one
}

/** The limits of a schema that {@link withBigints} made; undefined for any other. */
export function bigintLimits({ bigint, limits }: Members): BigintLimits | undefined {
  return (bigint ?? limits) as unknown as BigintLimits | undefined; // made below, of texts
}

function read(schema: Json): Json {
  if (!isMembers(schema)) return schema;
  const inside = mapSchemas(schema, read);
  const types = [schema["type"]].flat();
  const number = types.find((type) => type === "integer" || type === "number");
  if ("enum" in schema || "const" in schema) return constants(inside, types);
  if (number === undefined) return schema["type"] === undefined ? limited(schema, inside) : inside;
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

/** Limits without a type: what another part says is a 64-bit integer is a bigint by the time these are tried. */
function limited(schema: Members, inside: Members): Members {
  if (![...OF_NUMBERS].some((keyword) => keyword !== "format" && schema[keyword] !== undefined)) return inside;
  return { ...inside, limits: { ...limits(schema, ANY_RANGE) } };
}

/**
 * Constants with numbers among them. A member that another alternative says is a 64-bit integer may be a bigint by the
 * time these are tried, so they are told to take it for a number, which a `type` beside them would not.
 */
function constants(schema: Members, types: readonly (Json | undefined)[]): Members {
  const { type, enum: choice, const: only, ...rest } = schema;
  const values = only !== undefined ? [only] : Array.isArray(choice) ? choice : [];
  if (!values.some((value) => typeof value === "number")) return schema;
  const kept = type === undefined ? values : values.filter((value) => types.some((one) => isOf(value, one)));
  return { ...rest, constants: true, enum: kept };
}

function isOf(value: Json, type: Json | undefined): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  return type === "object" ? isMembers(value) : typeof value === type;
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
