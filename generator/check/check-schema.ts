/**
 * The JSON Schemas of payloads: only what would make their types or validators wrong. https://json-schema.org/draft-07
 */

import { type Node, refOf } from "../document.js";
import { didYouMean, nearest } from "../nearest.js";
import { KNOWN_FORMATS } from "../normalise/formats.js";
import { flagsFor } from "../normalise/pattern.js";
import { TYPE_WORDS } from "../normalise/type-words.js";
import { badPattern } from "../normalise/warning.js";
import type { Problems } from "../problem.js";
import { checkType } from "./check-type.js";
import type { Reach } from "./reach.js";
import { kindOf } from "./shape-problems.js";

const set = (words: string): ReadonlySet<string> => new Set(words.split(" "));

/** Keywords whose value is a map of schemas, a list of them, or one. */
const maps = set("properties patternProperties definitions $defs dependentSchemas");
const lists = set("allOf anyOf oneOf prefixItems");
const single = set(
  "additionalItems additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties",
);
const limits = set("minimum maximum multipleOf minLength maxLength minItems maxItems minProperties maxProperties");
const others = set(
  "type enum const required items dependencies pattern format title description default examples example deprecated readOnly writeOnly " +
    "exclusiveMinimum exclusiveMaximum uniqueItems nullable discriminator externalDocs xml $ref $id $schema $comment $anchor id " +
    "contentEncoding contentMediaType minContains maxContains dependentRequired " +
    "$dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary",
);
const known: readonly string[] = [...maps, ...lists, ...single, ...limits, ...others];
/** A foreign word such as `schema` is not meant to be `$schema`; `ref` is meant to be `$ref`. */
const plain = known.filter((key) => key === "$ref" || !key.startsWith("$"));

/** What the schemas of a document have in common. */
interface Walk {
  readonly problems: Problems;
  /** Grows while it is walked: breadth first, without recursion. */
  readonly open: Node[];
  /** Places of formats that are not known, by name. */
  readonly formats: Map<string, Node[]>;
}

/** Checks schemas and all that they hold or refer to, each once. */
export function checkSchemas(roots: readonly Node[], reach: Reach, problems: Problems): void {
  const seen = new Set<string>();
  const walk: Walk = { problems, open: [...roots], formats: new Map() };
  for (const node of walk.open) {
    if (seen.has(node.at)) continue;
    seen.add(node.at);
    checkSchema(node, walk);
  }
  for (const [name, all] of walk.formats)
    warnOfFormat(
      name,
      all.filter((place) => reach.needs(place)),
      problems,
    );
}

/** Any text is of a format that nobody knows: documents have formats of their own, often one a hundred times. */
function warnOfFormat(name: string, [first, ...others]: readonly Node[], problems: Problems): void {
  if (!first) return;
  const more =
    others.length === 0 ? "" : ` (here and in ${others.length} other ${others.length === 1 ? "place" : "places"})`;
  const hint = name.startsWith("^") ? 'a regular expression is a "pattern"' : didYouMean(name, KNOWN_FORMATS);
  problems.warn(
    "unknown-format",
    `nobody knows the format ${JSON.stringify(name)}${more}; it is not checked`,
    first,
    hint,
  );
}

/** Checks one schema and adds those inside of it to what is open. */
function checkSchema(schema: Node, walk: Walk): void {
  const { value } = schema;
  const { problems } = walk;
  if (value === null) {
    problems.warn("empty-schema", "an empty schema: any value fits", schema);
  } else if (typeof value === "object" && !Array.isArray(value)) {
    for (const key of Object.keys(value)) {
      const node = schema.get(key);
      if (node) checkKeyword(key, node, schema, walk);
    }
  } else if (typeof value !== "boolean") {
    const hint = typeof value === "string" && TYPE_WORDS.includes(value) ? `write { type: ${value} }` : undefined;
    problems.error("bad-schema", `a schema must be a map, but is ${kindOf(value)}`, schemaMeant(schema), hint);
  }
}

/** What is to be mended where there is no schema: what stands in a schema's place, else the reference that led elsewhere. */
function schemaMeant(node: Node): Node {
  const owner = String(node.path.at(-2) ?? "");
  const isPlaced = node.path.length === 0 || maps.has(owner) || owner === "schemas";
  return isPlaced ? node : (node.passed.at(-1)?.raw("$ref") ?? node);
}

function checkKeyword(key: string, node: Node, schema: Node, { problems, open, formats }: Walk): void {
  const { value } = node;
  // As written: where a reference stands in for a value, its own key is the place to mend.
  const place = schema.raw(key);
  const must = (what: string): void =>
    problems.error("bad-schema", `"${key}" must be ${what}, but is ${kindOf(value)}`, place);
  const more = (nodes: Node[]): void => {
    for (const node of nodes) open.push(node); // one by one: a map may have more members than a call has arguments
  };
  const isMap = typeof value === "object" && value !== null && !Array.isArray(value);

  if (key === "$ref" && typeof value !== "string") checkReference(value, place, problems);
  else if (value === null && key !== "type" && key !== "const" && key !== "default")
    return; // an unfinished line says nothing
  else if (key === "type") checkType(schema, problems);
  else if (place && maps.has(key) && refOf(place.value) !== undefined) more(membersOf(place, key, problems));
  else if (maps.has(key)) isMap ? more(node.children()) : must("a map of schemas");
  else if (lists.has(key)) Array.isArray(value) ? more(node.children()) : must("a list of schemas");
  else if (single.has(key)) more([node]);
  else if (key === "items") Array.isArray(value) ? more(node.children()) : more([node]);
  else if (key === "dependencies") more(node.children().filter(({ value }) => !Array.isArray(value)));
  else if (key === "const") checkExact([node], problems);
  else if (key === "enum") checkEnum(node, place, problems);
  else if (key === "required") checkRequired(value, place, problems);
  else if (limits.has(key)) checkLimit(key, value, place, problems);
  else if (key === "pattern") checkPattern(value, place, problems);
  else if (key === "$dynamicRef" || key === "$recursiveRef") more(dynamicTarget(schema, value));
  else if (key === "format") noteFormat(value, place, formats);
  else if (!others.has(key) && !key.startsWith("x-")) suggest(key, schema, place, problems);
}

/** A reference that leads nowhere says nothing, so anything would fit. */
function checkReference(value: unknown, place: Node | undefined, problems: Problems): void {
  const message = `"$ref" must be text, but is ${kindOf(value)}`;
  if (value === null) problems.warn("bad-ref", message, place);
  else problems.error("bad-ref", message, place);
}

/** What a map of schemas has beside a `$ref`, which is one more name in it and no reference. */
function membersOf(map: Node, key: string, problems: Problems): Node[] {
  problems.warn(
    "misplaced-ref",
    `a $ref directly in ${JSON.stringify(key)} is no reference but one more name in the map; it is left out`,
    map.raw("$ref"),
    `to add what it leads to, write "allOf: [{ $ref: … }]" beside ${JSON.stringify(key)}`,
  );
  return map.entries().flatMap(([name, node]) => (name === "$ref" ? [] : node));
}

/** Where it leads first, which is checked as what a `$ref` leads to is; load has said where it leads nowhere. */
function dynamicTarget(schema: Node, ref: unknown): Node[] {
  const target = typeof ref === "string" ? schema.follow(ref) : undefined;
  return target ? [target] : [];
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

/** A limit that is no number bounds nothing; the type is the same without it. */
function checkLimit(key: string, value: unknown, place: Node | undefined, problems: Problems): void {
  if (typeof value === "number") return;
  problems.warn("bad-keyword", `${key} cannot be ${JSON.stringify(value)}; it is not checked`, place);
}

/** What is no list allows everything, as a limit that is no number does. */
function checkEnum(node: Node, place: Node | undefined, problems: Problems): void {
  if (Array.isArray(node.value)) checkExact(node.children(), problems);
  else problems.warn("bad-keyword", `enum cannot be ${JSON.stringify(node.value)}; it is not checked`, place);
}

/** A constant that JavaScript rounds is another one than the document means, on the wire too. */
function checkExact(constants: readonly Node[], problems: Problems): void {
  for (const node of constants) {
    const { value } = node;
    if (!Number.isInteger(value) || Number.isSafeInteger(value)) continue;
    const text = `the constant is beyond 2^53: it is read as ${value}, which may be another one than is written`;
    problems.warn("rounded", text, node, "a text can hold any integer");
  }
}

function checkPattern(value: unknown, place: Node | undefined, problems: Problems): void {
  if (typeof value !== "string") {
    problems.warn("bad-keyword", `pattern cannot be ${JSON.stringify(value)}; it is not checked`, place);
  } else if (flagsFor(value) === undefined) {
    problems.warn("bad-pattern", badPattern(value), place);
  }
}

function noteFormat(value: unknown, place: Node | undefined, formats: Map<string, Node[]>): void {
  if (typeof value !== "string" || !place || KNOWN_FORMATS.includes(value)) return;
  formats.set(value, [...(formats.get(value) ?? []), place]);
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
