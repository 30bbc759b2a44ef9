/**
 * The JSON Schemas of payloads: only what would make their types or validators wrong. https://json-schema.org/draft-07
 */

import type { Node } from "../document.js";
import { nearest } from "../nearest.js";
import type { Problems } from "../problem.js";
import { checkType } from "./check-type.js";
import { kindOf } from "./shape-problems.js";

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Keywords whose value is a map of schemas, a list of them, or one. */
const maps = set("properties patternProperties definitions $defs dependentSchemas");
const lists = set("allOf anyOf oneOf prefixItems");
const single = set(
  "additionalItems additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties",
);
const numbers = set("minimum maximum multipleOf minLength maxLength minItems maxItems minProperties maxProperties");
const others = set(
  "type enum const required items dependencies pattern format title description default examples example deprecated readOnly writeOnly " +
    "exclusiveMinimum exclusiveMaximum uniqueItems nullable discriminator externalDocs xml $ref $id $schema $comment $anchor id " +
    "contentEncoding contentMediaType minContains maxContains dependentRequired",
);
const known: readonly string[] = [...maps, ...lists, ...single, ...numbers, ...others];
/** A foreign word such as `schema` is not meant to be `$schema`; `ref` is meant to be `$ref`. */
const plain = known.filter((key) => key === "$ref" || !key.startsWith("$"));

/** Checks schemas and all that they hold or refer to, each once. */
export function checkSchemas(roots: readonly Node[], problems: Problems): void {
  const seen = new Set<string>();
  const open = [...roots];
  // Grows while it is walked: breadth first, without recursion.
  for (const node of open) {
    if (seen.has(node.at)) continue;
    seen.add(node.at);
    checkSchema(node, open, problems);
  }
}

/** Checks one schema and adds those inside of it to `open`. */
function checkSchema(schema: Node, open: Node[], problems: Problems): void {
  const { value } = schema;
  if (value === null) {
    problems.warn("empty-schema", "an empty schema: any value fits", schema);
  } else if (typeof value === "object" && !Array.isArray(value)) {
    for (const key of Object.keys(value)) {
      const node = schema.get(key);
      if (node) checkKeyword(key, node, schema, open, problems);
    }
  } else if (typeof value !== "boolean") {
    problems.error("bad-schema", `a schema must be a map, but is ${kindOf(value)}`, schema);
  }
}

function checkKeyword(key: string, node: Node, schema: Node, open: Node[], problems: Problems): void {
  const { value } = node;
  // As written: where a reference stands in for a value, its own key is the place to mend.
  const place = schema.raw(key);
  const must = (what: string): void =>
    problems.error("bad-schema", `"${key}" must be ${what}, but is ${kindOf(value)}`, place);
  const more = (nodes: Node[]): void => {
    for (const node of nodes) open.push(node); // one by one: a map may have more members than a call has arguments
  };
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);

  if (value === null && key !== "type" && key !== "const" && key !== "default") return; // an unfinished line says nothing
  if (key === "type") checkType(schema, problems);
  else if (maps.has(key)) isMap ? more(node.children()) : must("a map of schemas");
  else if (lists.has(key)) Array.isArray(value) ? more(node.children()) : must("a list of schemas");
  else if (single.has(key)) more([node]);
  else if (key === "items") Array.isArray(value) ? more(node.children()) : more([node]);
  else if (key === "dependencies") more(node.children().filter(({ value }) => !Array.isArray(value)));
  else if (key === "enum") Array.isArray(value) || must("a list");
  else if (key === "required") checkRequired(value, place, problems);
  else if (numbers.has(key)) typeof value === "number" || must("a number");
  else if (key === "pattern") checkPattern(value, place, problems);
  else if (!others.has(key) && !key.startsWith("x-")) suggest(key, schema, place, problems);
}

/** Draft 3 wrote `required: true` at the property; many files still do, to no effect. */
function checkRequired(value: unknown, place: Node | undefined, problems: Problems): void {
  if (typeof value === "boolean") {
    const hint = 'list the property\'s name under "required" of the map around it';
    problems.warn("old-required", '"required" has no effect as true or false', place, hint);
  } else if (!Array.isArray(value) || !value.every((name) => typeof name === "string")) {
    problems.error("bad-schema", '"required" must be a list of property names', place);
  }
}

function checkPattern(value: unknown, place: Node | undefined, problems: Problems): void {
  try {
    if (typeof value === "string") new RegExp(value, "u");
    else problems.error("bad-schema", `"pattern" must be text, but is ${kindOf(value)}`, place);
  } catch {
    problems.warn(
      "bad-pattern",
      `${JSON.stringify(value)} is no JavaScript regular expression; it is not checked`,
      place,
    );
  }
}

function suggest(key: string, schema: Node, place: Node | undefined, problems: Problems): void {
  const near = nearest(key, key.startsWith("$") ? known : plain);
  if (!near || schema.raw(near)) return;
  problems.warn(
    "unknown-key",
    `the key ${JSON.stringify(key)} means nothing in a schema`,
    place,
    `did you mean "${near}"?`,
  );
}
