/**
 * Schemas that say what members or items are like and not that there are any: by the letter of the standard a number fits
 * them. They are taken for what they mean (normalise/one-form.ts), which is noted once.
 */
import type { Connection, Contract } from "../contract.js";
import type { Node, Path } from "../document.js";
import { once } from "../memo.js";
import { fits, isMembers, type Members, OF_ARRAYS, OF_OBJECTS } from "../normalise/keywords.js";
import type { Problems } from "../problem.js";
import { refName } from "../types/kinds.js";
import { andOthers, type Part, partsOf, placeOf } from "./parts.js";

/** Keywords whose schemas are of the same value: where a schema says its type, they need not. */
const SAME_VALUE: ReadonlySet<string> = new Set([
  "allOf",
  "anyOf",
  "oneOf",
  "then",
  "else",
  "dependentSchemas",
  "dependencies",
]);

/** Below these nothing is implied. */
const LETTER: ReadonlySet<string> = new Set(["not", "if"]);

/** What schemas are taken for, and what they say instead: the keys of those that are meant. */
type Kind = "objects" | "arrays" | "objects or arrays";

interface Found {
  readonly words: Set<string>;
  /** By what tells them apart: a schema may be two types. */
  readonly places: Map<string, { readonly at: string; readonly path: Path }>;
}

export function noteImpliedTypes(contract: Contract, root: Node, problems: Problems): void {
  const found = new Map<Kind, Found>();
  let said: ReadonlySet<string> | undefined; // most say their types themselves
  for (const { name, schema, at, untyped } of contract.types) {
    if (untyped || !isMembers(schema) || impliedAlone(schema).length === 0) continue;
    said ??= typesSaidElsewhere(contract);
    for (const { schema: one, path } of impliedIn(schema, said.has(name))) {
      const [kind, word] = implied(one);
      const { words, places } = found.get(kind) ?? { words: new Set(), places: new Map() };
      found.set(kind, { words: words.add(word), places: places.set(JSON.stringify([at, path]), { at, path }) });
    }
  }
  for (const [kind, { words, places }] of found) {
    const [first = { at: "", path: [] }] = places.values();
    const one = places.size === 1;
    const keys = [...words].map((word) => JSON.stringify(word)).join(" or ");
    const text = one
      ? `a schema says ${keys} and no type: it is taken for ${SINGULAR[kind]}`
      : `${places.size} schemas say ${keys} and no type: they are taken for ${kind}${andOthers(places.size)}`;
    const hint = `write ${TYPE[kind]}, or generate with impliedTypes: false (--no-implied-types)`;
    problems.note("implied-type", text, placeOf(root, first.at, first.path), hint);
  }
}

const SINGULAR: Readonly<Record<Kind, string>> = {
  objects: "an object",
  arrays: "an array",
  "objects or arrays": "an object or an array",
};

const TYPE: Readonly<Record<Kind, string>> = {
  objects: '"type: object"',
  arrays: '"type: array"',
  "objects or arrays": '"type: [object, array]"',
};

type Place = Pick<Part, "schema" | "path">;

/** The schemas of a type that imply what they are, were nothing said of it elsewhere. */
const impliedAlone = once((schema: Members) => impliedIn(schema, false));

/** `said`: what the value is, is said around the schema. */
function impliedIn(schema: Members, said: boolean): readonly Place[] {
  const found: Place[] = [];
  visit({ schema, path: [] }, said, (place) => found.push(place));
  return found;
}

function visit(place: Place, said: boolean, note: (place: Place) => void): void {
  const { schema, path } = place;
  const implies = impliesType(schema);
  if (implies && !said) note(place);
  for (const part of partsOf(schema, path)) {
    if (LETTER.has(part.keyword)) continue;
    visit(part, SAME_VALUE.has(part.keyword) && (said || implies || saysType(schema)), note);
  }
}

function saysType(schema: Members): boolean {
  return ["type", "enum", "const"].some((keyword) => schema[keyword] !== undefined);
}

function impliesType(schema: Members): boolean {
  return !saysType(schema) && (wordOf(schema, OF_OBJECTS) ?? wordOf(schema, OF_ARRAYS)) !== undefined;
}

/** `additionalItems` alone means nothing, and values that a keyword cannot have are left out. */
function wordOf(schema: Members, keywords: readonly string[]): string | undefined {
  const saying = keywords.filter((keyword) => keyword !== "additionalItems" && fits(keyword, schema[keyword] ?? null));
  return saying.find((keyword) => schema[keyword] !== undefined);
}

function implied(schema: Members): readonly [kind: Kind, word: string] {
  const [object, array] = [wordOf(schema, OF_OBJECTS), wordOf(schema, OF_ARRAYS)];
  if (object !== undefined && array !== undefined) return ["objects or arrays", object];
  return object === undefined ? ["arrays", array ?? ""] : ["objects", object];
}

/** Types that are only ever part of a schema which says what the value is. */
function typesSaidElsewhere({ connections, types }: Contract): ReadonlySet<string> {
  const alone = new Set(connections.flatMap(usedIn));
  const part = new Set<string>();
  const read = (schema: Members, said: boolean): void => {
    const ref = refName(schema);
    if (ref !== undefined) (said ? part : alone).add(ref);
    const around = said || saysType(schema) || impliesType(schema);
    for (const one of partsOf(schema)) read(one.schema, SAME_VALUE.has(one.keyword) && around);
  };
  for (const { schema, untyped } of types) if (!untyped && isMembers(schema)) read(schema, false);
  return new Set([...part].filter((name) => !alone.has(name)));
}

function usedIn({ query, headers, toServer, toClient }: Connection): string[] {
  const said = [toServer, toClient].flatMap(({ actions, unions }) => [
    ...actions.flatMap(({ payload, reply }) => [payload, ...(reply?.types ?? [])]),
    ...unions.map(({ payload }) => payload),
  ]);
  return [...said, query?.type ?? [], headers?.type ?? []].flat();
}
