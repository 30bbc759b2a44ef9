/** At least everything that a schema rejects, as a schema: what `not`, `oneOf` and `if` rest on. */
import { isOld } from "../drafts.js";
import { has, isList, isMembers, type Json, type Members } from "../json.js";
import { at } from "../pointer.js";
import type { Context } from "./context.js";
import { relaxed } from "./relax.js";
import { allows, anyOf, anything, forbids, isNamed, nothing, TYPES } from "./schemas.js";

const DEEPEST = 6;

export function complement(schema: Json, context: Context, depth = 0): Json {
  if (schema === true) return nothing();
  if (!isMembers(schema) || depth > DEEPEST || isNamed(schema)) return anything();
  const ref = schema["$ref"];
  if (typeof ref === "string") return ofReference(ref, schema, context, depth);
  const parts: Json[] = [];
  for (const [keyword, value] of Object.entries(schema)) {
    const part = ofWord(keyword, value, context, depth);
    if (part === undefined) return anything();
    parts.push(...part);
  }
  return anyOf(parts);
}

function ofReference(ref: string, schema: Members, context: Context, depth: number): Json {
  const { root } = context;
  const target = isMembers(root) && !has(root, "$id") ? at(root, ref) : undefined;
  const inverse = target === undefined ? anything() : complement(target, context, depth + 2);
  if (isOld(context.draft) || Object.keys(schema).length === 1) return inverse;
  const beside = Object.fromEntries(Object.entries(schema).filter(([keyword]) => keyword !== "$ref"));
  return anyOf([inverse, complement(beside, context, depth + 1)]);
}

/** The values that this keyword rejects, any of several; undefined where that is not known. */
function ofWord(keyword: string, value: Json, context: Context, depth: number): Json[] | undefined {
  const inverse = (inner: Json): Json => complement(inner, context, depth + 1);
  const inner = isMembers(value) ? Object.entries(value) : [];
  switch (keyword) {
    case "type": {
      const named = isList(value) ? value : [value];
      const others = TYPES.filter((type) => !named.includes(type));
      return others.length > 0 ? [{ type: others }] : [];
    }
    case "const":
      return context.draft === "draft4" ? [] : otherThan([value]);
    case "enum":
      return isList(value) ? otherThan(value) : undefined;
    case "required":
      return isList(value) ? value.map((name) => without(String(name))) : [];
    case "properties":
      return inner.flatMap(([name, one]) => {
        const other = inverse(one);
        return forbids(other) ? [] : [{ type: ["object"], required: [name], properties: only(name, other) }];
      });
    case "minItems":
      return Number(value) > 0 ? [{ type: ["array"], maxItems: Math.ceil(Number(value)) - 1 }] : [];
    case "maxItems":
      return [{ type: ["array"], minItems: Math.floor(Number(value)) + 1 }];
    case "items":
    case "prefixItems":
      return [{ type: ["array"], minItems: 1 }];
    case "contains":
      return [allows(value) ? { type: ["array"], maxItems: 0 } : { type: ["array"] }];
    case "allOf":
      return isList(value) ? [anyOf(value.map(inverse))] : undefined;
    case "anyOf":
      return isList(value) ? [{ allOf: value.map(inverse) }] : undefined;
    case "not":
      return [isNamed(value) ? anything() : relaxed(value, context)];
    case "dependentRequired":
      return inner.flatMap(([name, needed]) =>
        (isList(needed) ? needed : []).map((other) => ({ ...without(String(other)), required: [name] })),
      );
    default:
      return KINDS.get(keyword);
  }
}

/** Keywords that reject some values of a type, and those that reject none. */
const KINDS: ReadonlyMap<string, Json[]> = new Map(
  Object.entries({
    array: ["additionalItems", "uniqueItems", "minContains", "maxContains"],
    string: ["minLength", "maxLength", "pattern"],
    number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
    object: ["patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties"],
    "": ["$schema", "$comment", "title", "description", "default", "examples", "definitions", "$defs", "format"],
  }).flatMap(([type, keywords]) =>
    keywords.map((keyword): [string, Json[]] => [keyword, type === "" ? [] : [{ type: [type] }]]),
  ),
);

/** A type can exclude null, true and false; other constants only as all of their kind. */
function otherThan(values: readonly Json[]): Json[] | undefined {
  if (!values.every((value) => value === null || typeof value === "boolean")) return undefined;
  const left = [null, true, false].filter((value) => !values.includes(value));
  const others: Json = { type: ["number", "string", "array", "object"] };
  return left.length > 0 ? [others, { enum: left }] : [others];
}

function without(name: string): Members {
  return { type: ["object"], properties: only(name, nothing()) };
}

/** A computed `__proto__` is a member like others, in a literal as here. */
function only(name: string, schema: Json): Members {
  return Object.fromEntries([[name, schema]]);
}
