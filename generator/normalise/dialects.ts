/**
 * What the drafts of JSON Schema say differently of the same keywords.
 */
import type { Json, Schema } from "../contract.js";
import type { Node } from "../document.js";
import { type Dialect, dialectOf } from "../languages/language.js";
import type { Binary, Dates, Formats } from "../options.js";
import { OF_TEXT } from "./formats.js";
import { isMembers, type Members, OF_ARRAYS, OF_OBJECTS, WORDS } from "./keywords.js";
import { ANY_TYPE } from "./one-form.js";

/** A schema may say itself which rules it follows, as may the resource or file it is in. Addresses of other houses say nothing. */
export function dialectAt(node: Node, inherited: Dialect): Dialect {
  const root = node.file.value as Json; // parsed from YAML or JSON
  const said = [
    node.raw("$schema")?.value,
    node.resource.raw("$schema")?.value,
    isMembers(root) ? root["$schema"] : undefined,
  ];
  const named = said.find((one) => typeof one === "string" && one.includes("json-schema.org"));
  return typeof named === "string" ? dialectOf(named) : inherited;
}

/** From 2019-09 on what stands beside a `$ref` counts. */
export function countsBesideRef(dialect: Dialect): boolean {
  return dialect === "2019-09" || dialect === "2020-12";
}

/**
 * A reference and what stands beside it: words, and what OpenAPI's readers mean by `nullable`; later drafts mean all of it.
 * https://json-schema.org/draft/2019-09/json-schema-core#section-8.2.4.1
 */
export function beside($ref: string, said: Schema, dialect: Dialect): Schema {
  if (typeof said === "boolean") return { $ref };
  const rules = Object.keys(said).filter((keyword) => !WORDS.has(keyword));
  if (!countsBesideRef(dialect) || rules.length === 0) return { ...said, $ref };
  const { allOf = [], ...rest } = said;
  return { ...rest, allOf: [{ $ref }, ...(Array.isArray(allOf) ? allOf : [])] };
}

/** Formats bind up to draft-07, and are notes from 2019-09 on; either by option. */
function bindsFormat(format: Json | undefined, dialect: Dialect, formats: Formats | undefined): boolean {
  if (typeof format !== "string" || !Object.hasOwn(OF_TEXT, format)) return true;
  return formats === undefined ? !countsBesideRef(dialect) : formats === "asserted";
}

/** Keywords that in draft 2020-12 or by option mean more than in this dialect, said so that they do not. */
export function inDialect(said: { readonly [keyword: string]: Json }, dialect: Dialect, reading: Reading): Schema {
  const noted = formatIn(said, dialect, reading);
  const letter = reading.impliedTypes === false && impliesType(said) ? { type: ANY_TYPE } : NOTHING;
  const isCounted = dialect === "2019-09" && said["contains"] !== undefined;
  if (!isCounted && noted === NOTHING && letter === NOTHING) return said;
  const { contains, minContains, maxContains, allOf, ...rest } = said;
  // In 2019-09 `contains` evaluates no items; below a negation nothing does.
  if (dialect !== "2019-09" || contains === undefined) return { ...letter, ...said, ...noted };
  const counts = {
    ...(minContains !== undefined && { minContains }),
    ...(maxContains !== undefined && { maxContains }),
  };
  const silent = { not: { not: { contains, ...counts } } };
  return { ...letter, ...rest, ...noted, allOf: [...(Array.isArray(allOf) ? allOf : []), silent] };
}

const NOTHING: Members = {};

/** What is to be another value for an application must be one that it can be made of, in every draft. */
function formatIn(said: { readonly [keyword: string]: Json }, dialect: Dialect, reading: Reading): Members {
  const { format, contentEncoding } = said;
  if (reading.binary === "Uint8Array" && format === undefined && contentEncoding === "base64")
    return { format: "byte" };
  const isMade =
    (reading.dates === "Date" && format === "date-time") || (reading.binary === "Uint8Array" && format === "byte");
  return isMade || bindsFormat(format, dialect, reading.formats) ? NOTHING : { assertsFormat: false };
}

/** What a run may be told of how schemas are read. */
export interface Reading {
  readonly dates?: Dates | undefined;
  readonly binary?: Binary | undefined;
  readonly formats?: Formats | undefined;
  readonly impliedTypes?: boolean | undefined;
}

function impliesType(said: { readonly [keyword: string]: Json }): boolean {
  if (["type", "enum", "const"].some((keyword) => said[keyword] !== undefined)) return false;
  return [...OF_OBJECTS, ...OF_ARRAYS].some((keyword) => said[keyword] !== undefined);
}
