/**
 * What of a schema a TypeScript type can state: a schema that accepts all that the given one does, without lengths, ranges,
 * formats and the like. What it still rejects, a type could reject; what it accepts is out of a type's reach.
 *
 * An index signature must go with the members that have names, so `additionalProperties: S` beside `properties` counts as
 * "S or one of theirs": the best that a plain type can do.
 */
import { type Draft, hasConditions, isOld } from "../drafts.js";
import { has, isList, isMembers, isSchema, type Json, type Members, mapMembers } from "../json.js";
import { complement } from "./complement.js";
import { type Context, LONGEST, type Tier } from "./context.js";
import { membersOf } from "./members.js";
import { allows, anything, hasAny, INHERITED, isNamed, notOfType } from "./schemas.js";
import { isTemplate } from "./template.js";

export function relax(root: Json, draft: Draft, tier: Tier, address: (address: string) => string = String): Json {
  const unevaluated = JSON.stringify(root).includes('"unevaluatedProperties"');
  return relaxed(root, { root, draft, tier, address, unevaluated });
}

export type Change = (schema: Json) => Json;

export function relaxed(schema: Json, context: Context): Json {
  if (!isMembers(schema)) return schema;
  if (isOld(context.draft) && typeof schema["$ref"] === "string") return reference(schema, schema["$ref"], context);
  const change: Change = (inner) => relaxed(inner, context);
  const also: Json[] = []; // what becomes of keywords that have no like
  const kept = Object.entries(schema).flatMap(([keyword, value]) => word(keyword, value, schema, also, context));
  if (has(schema, "if")) also.push(...condition(schema, context));
  const all: Members = { ...Object.fromEntries(kept), ...membersOf(schema, change, context) };
  const whole = also.length === 0 ? all : { ...all, allOf: [...(isList(all["allOf"]) ? all["allOf"] : []), ...also] };
  return withNames(whole, schema, context);
}

/** Up to draft-07 nothing counts beside a reference, but definitions there can be referred to. */
function reference(schema: Members, ref: string, context: Context): Json {
  return mapMembers(schema, (value, keyword) => {
    if (keyword === "$ref") return context.address(ref);
    return keyword === "definitions" || keyword === "$defs" ? definitions(value, context) : value;
  });
}

function definitions(value: Json, context: Context): Json {
  return isMembers(value) ? mapMembers(value, (one) => (isSchema(one) ? relaxed(one, context) : one)) : value;
}

/** A keyword that is kept, if in another form; none where it says what types cannot. */
function word(keyword: string, value: Json, schema: Members, also: Json[], context: Context): [string, Json][] {
  const change: Change = (inner) => relaxed(inner, context);
  switch (keyword) {
    case "$ref":
    case "$dynamicRef":
    case "$recursiveRef":
    case "$id":
    case "id":
      return [[keyword, typeof value === "string" ? context.address(value) : value]];
    case "definitions":
    case "$defs":
      return [[keyword, definitions(value, context)]];
    case "type": {
      const types = (isList(value) ? value : [value]).map((type) => (type === "integer" ? "number" : type));
      return [[keyword, [...new Set(types)]]];
    }
    case "properties":
      return isMembers(value) ? [[keyword, mapMembers(value, change)]] : [];
    case "required": {
      if (!isList(value)) return [[keyword, value]];
      const own = value.filter((name) => !INHERITED.has(String(name)));
      return own.length > 0 ? [[keyword, own]] : [];
    }
    case "items":
      return [[keyword, isList(value) ? value.map(change) : change(value)]];
    case "prefixItems":
    case "allOf":
    case "anyOf":
      return isList(value) ? [[keyword, value.map(change)]] : [];
    case "additionalItems":
    case "unevaluatedItems":
      return [[keyword, change(value)]];
    case "minItems":
    case "maxItems":
      return Number(value) <= LONGEST ? [[keyword, value]] : [];
    case "contains": {
      const least = Number(schema["minContains"] ?? 1);
      if (context.tier === "extended" && least > 0 && least <= LONGEST) {
        also.push({ anyOf: [notOfType("array"), { minItems: Math.ceil(least) }] });
      }
      // Its annotation counts for unevaluatedItems.
      return context.draft === "draft2020-12"
        ? [
            [keyword, change(value)],
            ["minContains", 0],
          ]
        : [];
    }
    case "pattern":
      return context.tier === "extended" && isTemplate(String(value)) ? [[keyword, value]] : [];
    case "maxProperties":
      return context.tier === "extended" && value === 0 ? [[keyword, value]] : [];
    case "propertyNames":
      return propertyNames(value, context);
    case "dependentSchemas":
      return isMembers(value) ? [[keyword, mapMembers(value, change)]] : [];
    case "dependencies":
      return isMembers(value) ? [[keyword, mapMembers(value, (one) => (isSchema(one) ? change(one) : one))]] : [];
    case "oneOf":
      if (isList(value)) also.push(oneOf(value, context));
      return [];
    case "not": {
      const inverse = complement(value, context);
      if (!allows(inverse)) also.push(inverse);
      return [];
    }
    case "unevaluatedProperties":
      return unevaluatedProperties(value, schema, change);
    default:
      return UNSAID.has(keyword) ? [] : [[keyword, value]];
  }
}

/** What no type can state, and what is dealt with apart. */
const UNSAID = new Set([
  ...["minContains", "maxContains", "uniqueItems", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"],
  ...["multipleOf", "minLength", "maxLength", "format", "contentMediaType", "contentEncoding", "contentSchema"],
  ...["minProperties", "patternProperties", "additionalProperties", "if", "then", "else"],
]);

/** Names can be told where they are few, or follow a template. */
function propertyNames(value: Json, context: Context): [string, Json][] {
  if (typeof value === "boolean") return [["propertyNames", value]];
  if (!isMembers(value)) return [];
  const pattern = value["pattern"];
  const told = Object.entries(value).filter(([keyword]) => keyword === "const" || keyword === "enum");
  if (context.tier === "extended" && typeof pattern === "string" && isTemplate(pattern))
    told.push(["pattern", pattern]);
  return told.length > 0 ? [["propertyNames", Object.fromEntries(told)]] : [];
}

/** One of several, and none of the others: as far as it can be said what the others are not. */
function oneOf(schemas: readonly Json[], context: Context): Json {
  const inverses = schemas.length <= 8 ? schemas.map((one) => complement(one, context)) : schemas.map(anything);
  return {
    anyOf: schemas.map((one, index) => {
      const others = inverses.filter((inverse, other) => other !== index && !allows(inverse));
      const own = relaxed(one, context);
      return others.length > 0 ? { allOf: [own, ...structuredClone(others)] } : own;
    }),
  };
}

const EVALUATING = [
  ...["properties", "patternProperties", "allOf", "anyOf", "oneOf", "$ref", "$dynamicRef", "$recursiveRef"],
  ...["if", "dependentSchemas", "not"],
];

function unevaluatedProperties(value: Json, schema: Members, change: Change): [string, Json][] {
  if (typeof value === "boolean") return [["unevaluatedProperties", value]];
  if (!isMembers(value)) return [];
  return [["unevaluatedProperties", hasAny(schema, EVALUATING) ? true : change(value)]];
}

function condition(schema: Members, context: Context): Json[] {
  if (!hasConditions(context.draft)) return [];
  const branch = (keyword: string): Json[] => (has(schema, keyword) ? [relaxed(schema[keyword] ?? true, context)] : []);
  if (has(schema, "then") || has(schema, "else")) {
    const yes = { allOf: [...branch("if"), ...branch("then")] };
    const no = { allOf: [complement(schema["if"] ?? true, context), ...branch("else")] };
    return [{ anyOf: [yes, no] }];
  }
  return isOld(context.draft) ? [] : [{ anyOf: [...branch("if"), anything()] }]; // it evaluates
}

/** What a dropped schema called itself stays to be referred to. */
function withNames(whole: Members, schema: Members, context: Context): Members {
  const lost = ["not", "if", "then", "else", "contains"].filter((keyword) => {
    const inner = schema[keyword];
    if (!isMembers(inner) || !isNamed(inner)) return false;
    const conditional =
      keyword !== "not" && keyword !== "contains" && has(schema, "if") && hasConditions(context.draft);
    return !(conditional && JSON.stringify(whole).includes(JSON.stringify(relaxed(inner, context))));
  });
  if (lost.length === 0) return whole;
  const place = isOld(context.draft) ? "definitions" : "$defs";
  const before = whole[place];
  const added = lost.map((keyword) => [`__${keyword}`, relaxed(schema[keyword] ?? true, context)] as const);
  return { ...whole, [place]: { ...(isMembers(before) ? before : {}), ...Object.fromEntries(added) } };
}
