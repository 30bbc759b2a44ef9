/**
 * A normalised schema in the words json-schema-to-typescript gets right: `tsType` for what it knows no word for, closed
 * objects for those without an index signature, one of `anyOf`, `allOf` or `type` at a time. What types cannot say
 * (lengths, `not`, `if`, …) is left out, so that every valid value has the type.
 */
import type { Json, Schema } from "../contract.js";
import { bigintLimits } from "../normalise/bigints.js";
import { isMembers, isNames, type Members } from "../normalise/keywords.js";
import { literalType } from "./literal-type.js";
import { FREE, join, meet, NEVER, type Shape, UNKNOWN, UNSAID } from "./shape.js";
import { words } from "./words.js";

/** The shape of a declared type, with its doc comment. */
export function prepare(schema: Schema): Shape {
  return described(shapeOf(schema), schema);
}

function described(shape: Shape, schema: Json): Shape {
  const description = words(schema);
  return description === undefined ? shape : { ...shape, description };
}

function shapeOf(schema: Json | undefined): Shape {
  if (schema === false) return NEVER;
  if (!isMembers(schema)) return UNKNOWN;
  const ref = schema["$ref"];
  if (typeof ref === "string") return { tsType: ref.slice("#/$defs/".length) };
  if (bigintLimits(schema)) return { tsType: "bigint" };
  if (schema["number"] !== undefined) return { type: "number" };
  if (schema["number"] !== undefined) return { type: "number" };
  const choices = [schema["anyOf"], schema["oneOf"]].filter((members) => Array.isArray(members));
  const settled = choices.some((members) => isSettled(schema["type"], members));
  return meet([
    settled ? UNKNOWN : (literals(schema) ?? typed(schema)),
    ...(Array.isArray(schema["allOf"]) ? schema["allOf"].map(shapeOf) : []),
    ...choices.map((members) => join(members.map(shapeOf))),
  ]);
}

/** The values of `enum` or `const` that have the schema's type. */
function valuesOf(schema: Members): readonly Json[] | undefined {
  const { enum: choice, const: only } = schema;
  const values = only !== undefined ? [only] : Array.isArray(choice) ? choice : undefined;
  const types = typesOf(schema["type"]);
  return types ? values?.filter((value) => types.some((type) => hasType(value, type))) : values;
}

function literals(schema: Members): Shape | undefined {
  const values = valuesOf(schema);
  if (values === undefined) return undefined;
  const texts = [...new Set(values.map(literalType))];
  if (texts.length === 0) return NEVER;
  return { tsType: texts.length === 1 ? (texts[0] ?? "never") : `(${texts.join(" | ")})` };
}

function typed(schema: Members): Shape {
  const kinds = typesOf(schema["type"])?.map((type): Shape => {
    if (type === "object") return objectShape(schema);
    if (type === "array") return arrayShape(schema);
    return { type: type === "integer" ? "number" : type };
  });
  return kinds ? join(kinds) : UNKNOWN;
}

function objectShape(schema: Members): Shape {
  const { properties, patternProperties, additionalProperties, required } = schema;
  const declared = isMembers(properties) ? Object.entries(properties) : [];
  const named = isNames(required) ? required : [];
  const others = named.filter((name) => !declared.some(([key]) => key === name));
  const patterns = isMembers(patternProperties) ? Object.values(patternProperties) : [];
  const rest = restOf(patterns, additionalProperties);
  const members = [
    ...declared.map(([name, value]): [string, Shape] => {
      return [name, described(named.includes(name) ? shapeOf(value) : orInherited(name, shapeOf(value)), value)];
    }),
    // Required, but not declared: some pattern or the rest says what it is.
    ...others.map((name): [string, Shape] => [name, rest ?? UNSAID]),
  ];
  if (members.length === 0) {
    if (rest === undefined && additionalProperties === false) return { tsType: "Record<string, never>" };
    return rest === undefined || rest.tsType === "unknown" ? FREE : { type: "object", additionalProperties: rest };
  }
  const names = members.map(([name]) => name);
  return {
    type: "object",
    properties: Object.fromEntries(members),
    required: names.filter((name) => named.includes(name)),
    additionalProperties: rest ?? false,
  };
}

/** Members that every object has; where a document's own is missing, that is what one finds. */
const INHERITED = new Set([
  ...[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
  ],
]);

function orInherited(name: string, shape: Shape): Shape {
  return INHERITED.has(name) ? join([shape, { tsType: `Object[${JSON.stringify(name)}]` }]) : shape;
}

/** What members have that are not declared; undefined where the schema says nothing about them, or forbids them. */
function restOf(patterns: readonly Json[], additional: Json | undefined): Shape | undefined {
  if (additional === undefined && patterns.length === 0) return undefined;
  const rest = additional === undefined ? UNKNOWN : shapeOf(additional);
  const shape = join([...patterns.map(shapeOf), rest]);
  return shape.tsType === "never" ? undefined : shape;
}

/** Lists, and tuples: of those the items may be missing, as JSON Schema has it, down to `minItems`. */
function arrayShape(schema: Members): Shape {
  const { items, additionalItems, minItems, maxItems } = schema;
  if (!Array.isArray(items) || items.length === 0) {
    return { type: "array", items: shapeOf(Array.isArray(items) ? additionalItems : items) };
  }
  const least = typeof minItems === "number" ? minItems : 0;
  const most = typeof maxItems === "number" ? maxItems : Number.POSITIVE_INFINITY;
  if (most === 0) return { tsType: "[]" };
  const places = items.slice(0, most).map((item, index) => {
    // In a tuple, `undefined` says that there may be nothing; see type-syntax.ts.
    return index < least ? shapeOf(item) : { anyOf: [shapeOf(item), { tsType: "undefined" }] };
  });
  const rest = shapeOf(additionalItems);
  const closed = most <= items.length || rest.tsType === "never";
  return { type: "array", items: places, additionalItems: closed ? false : rest };
}

/** Whether the choices say all that the type beside them says: `type: string` beside a list of constants. */
function isSettled(type: Json | undefined, members: readonly Json[]): boolean {
  const types = typesOf(type);
  if (!types || types.includes("object") || types.includes("array")) return false;
  return members.every((member) => {
    if (!isMembers(member)) return false;
    const values = valuesOf(member);
    if (values) return values.every((value) => types.some((one) => hasType(value, one)));
    return typesOf(member["type"])?.every((one) => types.includes(one)) ?? false;
  });
}

function typesOf(type: Json | undefined): readonly string[] | undefined {
  return typeof type === "string" ? [type] : isNames(type) ? type : undefined;
}

function hasType(value: Json, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isMembers(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}
