/**
 * The objects of an alternative: named members first, then what others have, where the schemas say so.
 */
import type { Json, Schema } from "../contract.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import { flagsFor } from "../normalise/pattern.js";
import type { Branch, Fact } from "./branches.js";
import { asSchema, list } from "./kinds.js";
import { beginningOf } from "./name-pattern.js";
import { either } from "./simplify.js";
import { FREE, isText, type Member, NEVER, type Signature, type TypeNode, text, UNDEFINED } from "./type-node.js";
import { words } from "./words.js";

type TypeOf = (claims: readonly Schema[]) => TypeNode;

/** Undefined where there can be no such object. */
export function objectType({ facts }: Branch, typeOf: TypeOf): TypeNode | undefined {
  const said = facts.map(({ schema }) => schema);
  const required = new Set(said.flatMap(({ required }) => list(required)).map(String));
  const absent = new Set(said.flatMap(({ absent }) => list(absent)).map(String));
  const allowed = namesAllowed(said);
  const rest = restOf(facts, typeOf, allowed);
  const named = said.flatMap(({ properties }) => Object.keys(isMembers(properties) ? properties : {}));
  const others = allowed && !isText(rest.open, "never") ? allowed : [];
  const names = [...new Set([...named, ...required, ...others, ...absent])];
  const members: Member[] = [];
  for (const name of names) {
    const claims = absent.has(name) || (allowed && !allowed.includes(name)) ? [false] : claimsOn(facts, name);
    const type = typeOf(claims);
    const isForbidden = isText(type, "never");
    if (required.has(name)) {
      if (isForbidden) return undefined;
      members.push({ name, optional: false, ...commentOf(claims), type });
    } else if (!isForbidden) {
      members.push({ name, optional: true, ...commentOf(claims), type: orInherited(name, type) });
    } else if (!rest.closed) {
      members.push({ name, optional: true, type: orInherited(name, type) });
    }
  }
  if (said.some(({ maxProperties }) => maxProperties === 0))
    return members.some(({ optional }) => !optional) ? undefined : EMPTY;
  const signatures = signaturesOf(rest, members);
  if (members.length === 0 && signatures.length === 0) return rest.closed ? EMPTY : FREE;
  const [only] = signatures;
  if (members.length === 0 && only?.key === "string" && isText(only.type, "unknown")) return FREE;
  return { kind: "object", members, signatures, closed: rest.closed };
}

const EMPTY: TypeNode = text("Record<string, never>");

interface Rest {
  /** What members have that nobody names, were all names allowed. */
  readonly open: TypeNode;
  /** What members have that nobody names; never where there are none, undefined where nothing is said of them. */
  readonly type: TypeNode;
  readonly isSaid: boolean;
  /** By their names' patterns. */
  readonly patterns: readonly (readonly [pattern: string, type: TypeNode])[];
  readonly closed: boolean;
}

function restOf(facts: readonly Fact[], typeOf: TypeOf, allowed: readonly string[] | undefined): Rest {
  const patterns = new Map<string, Schema[]>();
  for (const { patternProperties } of facts.map(({ schema }) => schema)) {
    if (!isMembers(patternProperties)) continue;
    for (const [pattern, inner] of Object.entries(patternProperties))
      patterns.set(pattern, [...(patterns.get(pattern) ?? []), asSchema(inner)]);
  }
  const claims = facts.flatMap(({ schema }) => [
    ...(schema["additionalProperties"] === undefined ? [] : [asSchema(schema["additionalProperties"])]),
    ...(schema["unevaluatedProperties"] === undefined || evaluatesAll(facts, schema)
      ? []
      : [asSchema(schema["unevaluatedProperties"])]),
  ]);
  const open = typeOf(claims);
  const type = allowed ? NEVER : open;
  const typed = [...patterns].map(([pattern, all]) => [pattern, typeOf(all)] as const);
  const possible = typed.filter(([, one]) => !isText(one, "never"));
  const isClosed = isText(type, "never") && (possible.length === 0 || allowed !== undefined);
  return { open, type, isSaid: claims.length > 0 && !allowed, patterns: allowed ? [] : possible, closed: isClosed };
}

function signaturesOf({ type, isSaid, patterns, closed }: Rest, members: readonly Member[]): Signature[] {
  if (closed || (!isSaid && patterns.length === 0)) return [];
  const beginnings = patterns.map(([pattern]) => beginningOf(pattern));
  const own = [
    ...members.map((member) => member.type),
    ...(members.some(({ optional }) => optional) ? [UNDEFINED] : []),
  ];
  // A name that begins as a pattern has it may be one of the members, or begin as another pattern has it.
  const keyed = patterns.flatMap(([, one], index): Signature[] => {
    const start = beginnings[index];
    if (start === undefined) return [];
    const alike = patterns.filter(
      (_, other) => other !== index && (beginnings[other] === undefined || overlap(start, beginnings[other] ?? "")),
    );
    const mine = members.filter(({ name }) => name.startsWith(start));
    const others = [
      ...mine.map((member) => member.type),
      ...(mine.some(({ optional }) => optional) ? [UNDEFINED] : []),
    ];
    return alike.length > 0 ? [] : [{ key: `\`${start}\${string}\``, type: either([one, ...others]) }];
  });
  const loose = patterns.filter((_, index) => beginnings[index] === undefined || keyed.length < patterns.length);
  if (!isSaid) return loose.length === 0 ? keyed : [];
  if (isText(type, "never") && loose.length === 0) return keyed;
  const all = [type, ...patterns.map(([, one]) => one)].filter((one) => !isText(one, "never"));
  const whole: Signature = { key: "string", type: either([...all, ...own]) };
  return isText(whole.type, "unknown") || loose.length > 0 ? [whole] : [whole, ...keyed];
}

function overlap(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}

function claimsOn(facts: readonly Fact[], name: string): Schema[] {
  return facts.flatMap(({ schema }) => {
    const own = ownClaims(schema, name);
    const { unevaluatedProperties: limit } = schema;
    return limit === undefined || evaluates(facts, schema, name) ? own : [...own, asSchema(limit)];
  });
}

function ownClaims(schema: Members, name: string): Schema[] {
  const { properties, patternProperties, additionalProperties: additional } = schema;
  const own = isMembers(properties) && Object.hasOwn(properties, name) ? [asSchema(properties[name])] : [];
  const all = isMembers(patternProperties) ? [...own, ...matching(patternProperties, name)] : own;
  return all.length === 0 && additional !== undefined ? [asSchema(additional)] : all;
}

function matching(byPattern: Members, name: string): Schema[] {
  return Object.entries(byPattern).flatMap(([pattern, inner]) =>
    new RegExp(pattern, flagsFor(pattern) ?? "").test(name) ? [asSchema(inner)] : [],
  );
}

/** Whether a member is evaluated by what is a part of the schema. */
function evaluates(facts: readonly Fact[], limiting: Members, name: string): boolean {
  return facts.some(({ schema, within, loose }) => {
    if (!within.includes(limiting)) return false;
    if (loose || ownClaims(schema, name).length > 0) return true;
    return schema !== limiting && schema["unevaluatedProperties"] !== undefined;
  });
}

function evaluatesAll(facts: readonly Fact[], limiting: Members): boolean {
  return facts.some(({ schema, within, loose }) => {
    if (!within.includes(limiting)) return false;
    if (loose || schema["additionalProperties"] !== undefined) return true;
    return schema !== limiting && schema["unevaluatedProperties"] !== undefined;
  });
}

/** The only names that `propertyNames` leaves; undefined where there is no such list. */
function namesAllowed(said: readonly Members[]): readonly string[] | undefined {
  const lists = said.flatMap(({ propertyNames }) => {
    if (propertyNames === false) return [[]];
    if (!isMembers(propertyNames)) return [];
    const { enum: choice, const: only } = propertyNames;
    const names = only !== undefined ? [only] : choice;
    return Array.isArray(names) ? [names.filter((name): name is string => typeof name === "string")] : [];
  });
  const [first, ...others] = lists;
  return first?.filter((name) => others.every((names) => names.includes(name)));
}

/** Members that every object has; where a document's own is missing, that is what one finds. */
export const INHERITED: ReadonlySet<string> = new Set(
  "constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toLocaleString toString valueOf".split(" "),
);

function orInherited(name: string, type: TypeNode): TypeNode {
  if (!INHERITED.has(name) || isText(type, "unknown")) return type;
  return either([type, text(`Object[${JSON.stringify(name)}]`)]);
}

const NO_COMMENT = {};

function commentOf(claims: readonly Json[]): { comment?: string } {
  for (const claim of claims) {
    const comment = words(claim);
    if (comment !== undefined) return { comment };
  }
  return NO_COMMENT;
}
