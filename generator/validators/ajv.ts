/**
 * ajv as it is used here: normalised schemas without their words, and nothing that makes it complain of them.
 */
import type { Ajv, CodeOptions } from "ajv";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Json, Schema } from "../contract.js";
import { isMembers, type Members, mapSchemas, WORDS } from "../normalise/keywords.js";
import { flagsFor } from "../normalise/pattern.js";
import type { Tag } from "../types/tagged.js";
import { taggedSchema } from "./tagged-keyword.js";

export interface AjvOptions {
  readonly code?: CodeOptions;
  /** Names that every object has are looked for among its own members only, which takes longer code. */
  readonly ownProperties: boolean;
  readonly allErrors?: boolean;
}

export function newAjv({ code, ownProperties, allErrors = false }: AjvOptions): Ajv {
  const ajv = new Ajv2020({
    strict: false,
    validateSchema: false,
    meta: false,
    inlineRefs: false,
    ownProperties,
    allErrors,
    logger: false as const,
    code: { ...code, regExp: regExp() },
  });
  ajv.opts.dynamicRef = false; // such references have been followed
  return ajv;
}

/** Patterns that only compile without the flag `u` are compiled without it; helpers print them with the flags they have. */
function regExp() {
  const compile = (pattern: string): RegExp => new RegExp(pattern, flagsFor(pattern) ?? "");
  return Object.assign(compile, { code: "new RegExp" });
}

/** Names of members that every object has, or that are found on it. */
const INHERITED: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** Whether schemas name a member that every object has. */
export function namesInherited(schema: Json): boolean {
  if (typeof schema !== "object" || schema === null) return false;
  if (Array.isArray(schema))
    return schema.some((one: Json) => (typeof one === "string" ? INHERITED.has(one) : namesInherited(one)));
  return Object.entries(schema).some(([name, inner]) => INHERITED.has(name) || namesInherited(inner));
}

/** How schemas are written for ajv. */
export interface Wording {
  /** A reference to a type. */
  readonly refTo: (type: string) => Members;
  /** It matters what is evaluated, so what ajv miscounts is said in another way. */
  readonly counts?: boolean;
  /** What tells the branches of a choice apart. */
  readonly tagOf?: (branches: readonly Json[]) => Tag | undefined;
  /** What the items are that a part of the schema finds by `contains`: those are evaluated wherever they stand. */
  readonly foundIn?: (schema: Members) => readonly Schema[];
}

/** ajv nests a block in a block for each member; in parts of so many, none is too deep. */
const MEMBERS = 100;

const PROTOTYPE = "__proto__";

/** Without words, and as the wording has it. */
export function ajvSchema(schema: Schema, wording: Wording): Members {
  if (typeof schema === "boolean") return schema ? {} : { not: {} };
  const inner = (one: Json): Json => (isMembers(one) ? ajvSchema(one, wording) : one);
  const { $ref, ...said } = withLeast(prototypeByPattern(mapSchemas(withoutWords(schema), inner)));
  const own = inParts(wording.counts ? counted(said, schema, wording) : told(said, schema, wording));
  return typeof $ref === "string" ? { ...wording.refTo($ref.slice("#/$defs/".length)), ...own } : own;
}

/** ajv passes over a member of this name, but not over a pattern that is the name. */
function prototypeByPattern(schema: Members): Members {
  const { properties, patternProperties, ...rest } = schema;
  if (!isMembers(properties) || !Object.hasOwn(properties, PROTOTYPE)) return schema;
  const others = Object.entries(properties).filter(([name]) => name !== PROTOTYPE);
  const patterns = {
    ...(isMembers(patternProperties) && patternProperties),
    [`^${PROTOTYPE}$`]: properties[PROTOTYPE] ?? {},
  };
  return { ...rest, properties: Object.fromEntries(others), patternProperties: patterns };
}

function inParts(schema: Members): Members {
  const { properties, ...rest } = schema;
  const members = Object.entries(isMembers(properties) ? properties : {});
  if (members.length <= MEMBERS) return schema;
  const parts = Array.from({ length: Math.ceil(members.length / MEMBERS) }, (_, index): Members => {
    return { properties: Object.fromEntries(members.slice(index * MEMBERS, (index + 1) * MEMBERS)) };
  });
  // What is additional is told by all names.
  const names = rest["additionalProperties"] === undefined ? [] : members.map(([name]) => [name, {}] as const);
  const named = names.length > 0 ? { properties: Object.fromEntries(names) } : {};
  return { ...rest, ...named, allOf: [...parts, ...listed(rest["allOf"])] };
}

/** With choices by their tags. */
function told(own: Members, written: Members, { tagOf }: Wording): Members {
  // ajv skips what comes after a tuple where the list is shorter than it.
  const said = own["prefixItems"] === undefined ? own : containsApart(own);
  const choices = ["oneOf", "anyOf"].flatMap((keyword) => {
    const branches = said[keyword];
    const tag = Array.isArray(branches) ? tagOf?.(listed(written[keyword])) : undefined;
    return tag && Array.isArray(branches) ? [{ keyword, schema: taggedSchema(branches, tag) }] : [];
  });
  if (choices.length === 0) return said;
  const rest = Object.entries(said).filter(([keyword]) => !choices.some((choice) => choice.keyword === keyword));
  const [only] = choices;
  if (rest.length === 0 && choices.length === 1 && only) return only.schema;
  const { allOf, ...others } = Object.fromEntries(rest);
  return { ...others, allOf: [...listed(allOf), ...choices.map(({ schema }) => schema)] };
}

/**
 * What `counting-keywords.ts` knows is added where ajv needs to be told; it counts what an `if` looks at also where that
 * fails, so a condition is the alternatives it means.
 */
function counted(said: Members, written: Members, wording: Wording): Members {
  const { items, unevaluatedItems } = said;
  const plain = dependenciesApart(said["if"] === undefined ? said : asAlternatives(said));
  const own = containsApart(patternsApart(plain));
  const found = unevaluatedItems === undefined ? [] : (wording.foundIn?.(written) ?? []);
  const rest = { anyOf: [...found.map((one) => ajvSchema(one, wording)), unevaluatedItems ?? true] };
  const chooses = own["anyOf"] !== undefined || own["oneOf"] !== undefined;
  return {
    ...((chooses || unevaluatedItems !== undefined) && { countsItems: true }),
    ...(chooses && { countsMembers: true }),
    ...own,
    ...(found.length > 0 && { unevaluatedItems: rest }),
    ...(items !== undefined && { evaluatesItems: true }),
    ...(unevaluatedItems !== undefined && { evaluatesRest: true }),
  };
}

/** ajv writes down which members patterns match; what a call has said of members by then may be nothing, or all. */
function patternsApart({ properties, patternProperties, additionalProperties, ...rest }: Members): Members {
  const named = {
    ...(properties !== undefined && { properties }),
    ...(patternProperties !== undefined && { patternProperties }),
    ...(additionalProperties !== undefined && { additionalProperties }),
  };
  if (patternProperties === undefined) return { ...named, ...rest };
  return { ...rest, allOf: [named, ...listed(rest["allOf"])] };
}

/** ajv takes all items for evaluated where some are found. */
function containsApart({ contains, minContains, maxContains, ...rest }: Members): Members {
  if (contains === undefined) return rest;
  const counts = {
    ...(minContains !== undefined && { minContains }),
    ...(maxContains !== undefined && { maxContains }),
  };
  return { ...rest, allOf: [...listed(rest["allOf"]), { contains, ...counts, forgetsItems: true }] };
}

/** ajv asks of an empty list what it found in the one before it. */
function withLeast(schema: Members): Members {
  const { contains, minContains = 1, minItems = 0 } = schema;
  if (contains === undefined || minContains === 0) return schema;
  return { ...schema, minItems: Math.max(Number(minItems), 1) };
}

/** ajv counts what a dependency looks at also where nothing depends. */
function dependenciesApart({ dependentSchemas, ...rest }: Members): Members {
  if (!isMembers(dependentSchemas)) return rest;
  const choices = Object.entries(dependentSchemas).map(([name, schema]) => {
    const there = { type: "object", required: [name] };
    return { countsItems: true, countsMembers: true, anyOf: [{ not: there }, { allOf: [there, schema] }] };
  });
  return { ...rest, allOf: [...listed(rest["allOf"]), ...choices] };
}

function asAlternatives({ if: condition = true, then: met = {}, else: unmet = {}, ...rest }: Members): Members {
  const branches = [{ allOf: [condition, met] }, { allOf: [{ not: condition }, unmet] }];
  const choice = { countsItems: true, countsMembers: true, anyOf: branches };
  return { ...rest, allOf: [...listed(rest["allOf"]), choice] };
}

function withoutWords(schema: Members): Members {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !WORDS.has(keyword)));
}

function listed(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
