/**
 * A schema with the types that its keywords imply written out (`properties`: an object), which is what most authors mean.
 * A valid instance that this one rejects is valid by the letter only.
 */
import { type Draft, isOld } from "./drafts.js";
import { has, isList, isMembers, isSchema, type Json, type Members, mapMembers } from "./json.js";

const IMPLIED: Readonly<Record<string, readonly string[]>> = {
  object: [
    ...["properties", "required", "additionalProperties", "patternProperties", "propertyNames", "minProperties"],
    ...["maxProperties", "dependentRequired", "dependentSchemas", "dependencies", "unevaluatedProperties"],
  ],
  array: [
    ...["items", "prefixItems", "additionalItems", "minItems", "maxItems", "uniqueItems", "contains"],
    ...["minContains", "maxContains", "unevaluatedItems"],
  ],
  string: ["minLength", "maxLength", "pattern", "contentMediaType", "contentEncoding", "format"],
  number: ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
};
const BY_NAME = ["properties", "patternProperties", "dependentSchemas", "dependencies", "definitions", "$defs"];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems", "items"];
/** Not below `not` and `if`: what is added there would be taken away. */
const SINGLE = [
  ...["items", "additionalProperties", "additionalItems", "then", "else", "unevaluatedItems"],
  ...["unevaluatedProperties", "contains"],
];

export function withImpliedTypes(schema: Json, draft: Draft): Json {
  const inside = (inner: Json): Json => withImpliedTypes(inner, draft);
  const byName = (value: Members): Json => mapMembers(value, (one) => (isSchema(one) ? inside(one) : one));
  if (!isMembers(schema)) return schema;
  if (isOld(draft) && typeof schema["$ref"] === "string") {
    return mapMembers(schema, (value, keyword) =>
      (keyword === "definitions" || keyword === "$defs") && isMembers(value) ? byName(value) : value,
    );
  }
  const whole = mapMembers(schema, (value, keyword) => {
    if (BY_NAME.includes(keyword) && isMembers(value)) return byName(value);
    if (LISTS.includes(keyword) && isList(value)) return value.map(inside);
    return SINGLE.includes(keyword) ? inside(value) : value;
  });
  if (["type", "const", "enum"].some((keyword) => has(schema, keyword))) return whole;
  const types = Object.keys(IMPLIED).filter((type) => IMPLIED[type]?.some((keyword) => has(schema, keyword)));
  return types.length > 0 ? { ...whole, type: types } : whole;
}
