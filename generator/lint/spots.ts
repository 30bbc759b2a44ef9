/**
 * Every schema that payloads are made of, each with a name that its reader knows it by: `room.tags[]`.
 */

import { type Part, partsOf } from "../check/parts.js";
import type { Action, At, Contract, Direction, TypeDeclaration } from "../contract.js";
import { type Path, pointer } from "../document.js";
import { isMembers, isNames, type Members } from "../normalise/keywords.js";
import { refName } from "../types/kinds.js";

/** A schema inside of a payload. */
export interface Spot {
  readonly schema: Members;
  /** Empty for the payload itself. */
  readonly name: string;
  readonly at: At;
  /** The type of those asked for that it was found in first. */
  readonly of: string;
}

interface Open extends Omit<Spot, "at"> {
  readonly type: TypeDeclaration;
  readonly path: Path;
}

/** Keywords whose schemas say nothing of what a value is. */
const ASIDE: ReadonlySet<string> = new Set([
  ...["not", "if", "contains", "propertyNames", "dependencies", "dependentSchemas"],
  ...["unevaluatedItems", "unevaluatedProperties"],
]);

/** Keywords whose schemas are of the same value as the schema around them. */
const CHOICES: ReadonlySet<string> = new Set(["allOf", "anyOf", "oneOf", "then", "else"]);

/** Those of the types named and of all that they refer to, each once. `isInside`: keywords that are looked into. */
export function spotsOf(
  contract: Contract,
  names: readonly string[],
  isInside: (keyword: string) => boolean = (keyword) => !ASIDE.has(keyword),
): readonly Spot[] {
  const byName = typesByName(contract);
  const seen = new Set<string>();
  const open: Open[] = [];
  const enter = (reference: string, name: string, of = reference): void => {
    const type = byName.get(reference);
    if (!type || seen.has(reference)) return;
    seen.add(reference);
    if (isMembers(type.schema)) open.push({ type, schema: type.schema, name, path: [], of });
  };
  for (const name of names) enter(name, "");
  for (const { type, schema, name, path, of } of open) {
    const reference = refName(schema);
    if (reference !== undefined) enter(reference, name, of);
    for (const part of partsOf(schema, path)) {
      if (isInside(part.keyword)) {
        open.push({ schema: part.schema, path: part.path, type, name: nameOf(part, name), of });
      }
    }
  }
  return open.map(({ type, path, ...spot }) => ({ ...spot, at: `${type.at}${pointer(path)}` }));
}

/** Names of the members that a payload may have, whatever is in them, and those that it has. */
export function membersOf(
  contract: Contract,
  payload: string,
): { all: readonly string[]; required: readonly string[] } {
  const own = spotsOf(contract, [payload], (keyword) => CHOICES.has(keyword)).map(({ schema }) => schema);
  return {
    all: own.flatMap(({ properties }) => (isMembers(properties) ? Object.keys(properties) : [])),
    required: own.flatMap(({ required }) => (isNames(required) ? required : [])),
  };
}

function nameOf({ keyword, path }: Part, outer: string): string {
  switch (keyword) {
    case "properties":
      return outer === "" ? String(path.at(-1)) : `${outer}.${path.at(-1)}`;
    case "items":
    case "prefixItems":
    case "additionalItems":
      return `${outer}[]`;
    case "additionalProperties":
    case "patternProperties":
      return outer === "" ? "*" : `${outer}.*`;
    default:
      return outer;
  }
}

/** The types of what is said one way, replies of their own among it. */
export function payloadsOf({ connections }: Contract, way: "toServer" | "toClient"): readonly string[] {
  const said = connections.flatMap((connection) => connection[way].actions);
  const asked = way === "toClient" ? connections.flatMap(({ toServer }) => toServer.actions) : [];
  const replies = asked.flatMap(({ reply }) => (reply?.by === "id" ? reply.types : []));
  return [...new Set([...said.map(({ payload }) => payload), ...replies])];
}

/** All that is said in both directions; what is listed several times, once. */
export function actionsOf({ connections }: Contract): readonly Action[] {
  const all = connections.flatMap(({ toServer, toClient }) => [...toServer.actions, ...toClient.actions]);
  return [...new Map(all.map((action) => [action.at, action])).values()];
}

export function directionsOf({ connections }: Contract): readonly (readonly [words: string, Direction])[] {
  return connections.flatMap(({ toServer, toClient }) => [
    ["to the server", toServer] as const,
    ["to the client", toClient] as const,
  ]);
}

const known = new WeakMap<Contract, ReadonlyMap<string, TypeDeclaration>>();

export function typesByName(contract: Contract): ReadonlyMap<string, TypeDeclaration> {
  const types = known.get(contract) ?? new Map(contract.types.map((type) => [type.name, type]));
  known.set(contract, types);
  return types;
}
