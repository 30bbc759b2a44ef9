/**
 * What holds of every value that a schema refuses, as a schema: for `not`, and for the branches that `oneOf` and `if`
 * rule out. Never too narrow; what no type could say is left open. Two keywords are our own: `absent` names members that
 * an object lacks, `noneOf` values that are meant by nothing.
 */
import type { Json, JsonType, Schema } from "../contract.js";
import { isMembers, isNames, type Members } from "../normalise/keywords.js";
import { KINDS, kindsNamed, list, refName, type Schemas, valuesOf } from "./kinds.js";

/** How many schemas deep is looked. */
const DEPTH = 6;

/**
 * `brief`: where an object would have to be told by a member that is of another kind, nothing is said, since that takes
 * more words than it is worth: `{ a: string; b?: number | boolean | … }`.
 */
export function negation(schema: Json, schemas: Schemas, brief: boolean, depth: number = DEPTH): Schema {
  if (schema === false) return true;
  if (!isMembers(schema)) return false;
  if (depth === 0) return true;
  const deeper = (inner: Json) => negation(inner, schemas, brief, depth - 1);
  const ways = Object.entries(schema).flatMap(([keyword, value]) => waysOut(keyword, value, schema, schemas, deeper));
  return brief && ways.some(isWordy) ? true : either(ways);
}

/** A member of other kinds than some. */
function isWordy(way: Schema): boolean {
  if (!isMembers(way) || !isMembers(way["properties"])) return false;
  return Object.values(way["properties"]).some((member) => {
    return isMembers(member) && (Array.isArray(member["type"]) || Array.isArray(member["anyOf"]));
  });
}

/** The ways in which a value can violate one keyword; none where it cannot. */
function waysOut(
  keyword: string,
  value: Json,
  schema: Members,
  schemas: Schemas,
  deeper: (schema: Json) => Schema,
): Schema[] {
  switch (keyword) {
    case "$ref":
      return [deeper(schemas.get(refName(schema) ?? "") ?? true)];
    case "type": {
      const named = kindsNamed(schema) ?? KINDS;
      const fractions = [value].flat().includes("number") ? [] : (["number"] as const);
      return [only(KINDS.filter((kind) => !named.includes(kind) || fractions.some((one) => one === kind)))];
    }
    case "bigint":
    case "number":
      return [true];
    case "const":
    case "enum":
      return keyword === "enum" && schema["const"] !== undefined ? [] : [{ noneOf: valuesOf(schema) ?? [] }];
    case "required":
      return (isNames(value) ? value : []).map((name) => ({ type: "object", absent: [name] }));
    case "absent":
      return (isNames(value) ? value : []).map((name) => ({ type: "object", required: [name] }));
    case "properties":
      return Object.entries(isMembers(value) ? value : {}).map(([name, member]) => {
        const wrong = deeper(member);
        return wrong === false
          ? false
          : { type: "object", required: [name], properties: Object.fromEntries([[name, wrong]]) };
      });
    case "minItems":
      return typeof value === "number" && value > 0 ? [{ type: "array", maxItems: Math.ceil(value) - 1 }] : [];
    case "maxItems":
      return typeof value === "number" ? [{ type: "array", minItems: Math.floor(value) + 1 }] : [];
    case "items":
    case "prefixItems":
      return [{ type: "array", minItems: 1 }];
    case "contains":
      return [value === true ? { type: "array", maxItems: 0 } : { type: "array" }];
    case "allOf":
      return list(value).map(deeper);
    case "anyOf":
      return [{ allOf: list(value).map(deeper) }];
    case "not":
      return [isMembers(value) || typeof value === "boolean" ? value : true];
    case "dependentRequired":
      return Object.entries(isMembers(value) ? value : {}).flatMap(([name, others]) =>
        list(others).map((other) => ({ type: "object", required: [name], absent: [other] })),
      );
    case "title":
    case "description":
    case "deprecated":
    case "default":
    case "examples":
    case "example":
      return [];
    default: {
      const kinds = OF_KIND[keyword];
      return [kinds === undefined ? true : { type: kinds }];
    }
  }
}

/** Keywords that only values of one kind can violate, in ways that no type says. */
const OF_KIND: Readonly<Record<string, JsonType>> = {
  ...Object.fromEntries(["uniqueItems", "unevaluatedItems"].map((keyword) => [keyword, "array"])),
  ...Object.fromEntries(["minLength", "maxLength", "pattern"].map((keyword) => [keyword, "string"])),
  ...Object.fromEntries(
    ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"].map((keyword) => [keyword, "number"]),
  ),
  ...Object.fromEntries(
    ["patternProperties", "additionalProperties", "propertyNames", "minProperties", "maxProperties"].map((keyword) => [
      keyword,
      "object",
    ]),
  ),
};

function only(kinds: readonly JsonType[]): Schema {
  return kinds.length === 0 ? false : { type: kinds };
}

function either(ways: readonly Schema[]): Schema {
  const possible = ways.filter((way) => way !== false);
  if (possible.includes(true)) return true;
  return possible.length > 1 ? { anyOf: possible } : (possible[0] ?? false);
}
