/**
 * The arrays of an alternative: a list, or a tuple where places differ or their number is small and known.
 */
import type { Json, Schema } from "../contract.js";
import type { Branch, Fact } from "./branches.js";
import { asSchema, list } from "./kinds.js";
import { isText, type Place, type TypeNode } from "./type-node.js";

/** Longer lists are lists, however many items they must have. */
const LONGEST = 4;

/** Undefined where there can be no such array. */
export function arrayType({ facts }: Branch, typeOf: (claims: readonly Schema[]) => TypeNode): TypeNode | undefined {
  const said = facts.map(({ schema }) => schema);
  const least = Math.max(0, ...said.map(({ minItems }) => (typeof minItems === "number" ? Math.ceil(minItems) : 0)));
  const counted = said.some(({ contains, minContains = 1 }) => contains !== undefined && Number(minContains) > 0);
  const most = Math.min(
    ...said.map(({ maxItems }) => (typeof maxItems === "number" ? Math.floor(maxItems) : Infinity)),
  );
  const needed = Math.max(least, counted ? 1 : 0);
  if (needed > most) return undefined;
  const named = Math.max(0, ...said.map(({ prefixItems }) => list(prefixItems).length));
  const rest = typeOf(claimsAt(facts, named));
  const isClosed = isText(rest, "never");
  const end = Math.min(most, isClosed ? named : Infinity);
  if (needed > end) return undefined;
  const shown = end <= Math.max(LONGEST, named) ? end : Math.max(named, needed <= LONGEST ? needed : 0);
  const places = Array.from({ length: shown }, (_, index): Place => {
    return { rest: false, optional: index >= needed, type: index < named ? typeOf(claimsAt(facts, index)) : rest };
  });
  const impossible = places.findIndex(({ type }) => isText(type, "never"));
  if (impossible >= 0 && impossible < needed) return undefined;
  if (impossible >= 0) return tuple(places.slice(0, impossible));
  if (end <= shown) return tuple(places);
  if (places.length === 0) return { kind: "array", of: rest };
  return tuple([...places, { rest: true, optional: false, type: { kind: "array", of: rest } }]);
}

function tuple(places: readonly Place[]): TypeNode {
  return { kind: "tuple", places };
}

/** What is said of the item at a place; past all that are named, of any. */
function claimsAt(facts: readonly Fact[], index: number): Schema[] {
  return facts.flatMap(({ schema }) => {
    const own = ownClaim(schema, index);
    const { unevaluatedItems: limit } = schema;
    const rest = limit === undefined || evaluates(facts, schema, index) ? [] : [limitOrFound(facts, schema, limit)];
    return [...(own === undefined ? [] : [own]), ...rest];
  });
}

function ownClaim(schema: Fact["schema"], index: number): Schema | undefined {
  const prefix = list(schema["prefixItems"]);
  if (index < prefix.length) return asSchema(prefix[index]);
  return schema["items"] === undefined ? undefined : asSchema(schema["items"]);
}

/** What is not evaluated: it has what the limit says, unless `contains` has found it, which may be anywhere. */
function limitOrFound(facts: readonly Fact[], limiting: Fact["schema"], limit: Json): Schema {
  const found = facts.flatMap(({ schema, within }) => {
    return within.includes(limiting) && schema["contains"] !== undefined ? [schema["contains"]] : [];
  });
  return found.length === 0 ? asSchema(limit) : { anyOf: [limit, ...found] };
}

/** Whether the item is evaluated by what is a part of the schema. */
function evaluates(facts: readonly Fact[], limiting: Fact["schema"], index: number): boolean {
  return facts.some(({ schema, within, loose }) => {
    if (!within.includes(limiting)) return false;
    if (loose || ownClaim(schema, index) !== undefined) return true;
    return schema !== limiting && schema["unevaluatedItems"] !== undefined;
  });
}
