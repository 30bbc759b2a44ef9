/**
 * The schemas inside a type's schema, each with where it stands, so that what is said of one can be shown in the document.
 */
import type { Json } from "../contract.js";
import { type Node, type Path, pointer } from "../document.js";
import { BY_NAME, isMembers, isNames, LISTS, type Members, SINGLE } from "../normalise/keywords.js";

/** A schema directly inside another one. */
export interface Part {
  readonly schema: Members;
  /** The keyword of the outer schema. */
  readonly keyword: string;
  /** Keys from the type's schema to this one. */
  readonly path: Path;
}

/** The schemas directly inside a schema; what constants and examples hold is none. */
export function partsOf(schema: Members, path: Path = []): Part[] {
  return Object.entries(schema).flatMap(([keyword, value]) =>
    inner(keyword, value).flatMap(([keys, one]): Part[] =>
      isMembers(one) ? [{ schema: one, keyword, path: [...path, keyword, ...keys] }] : [],
    ),
  );
}

function inner(keyword: string, value: Json): (readonly [keys: Path, schema: Json])[] {
  if (LISTS.has(keyword) && Array.isArray(value)) return value.map((one: Json, index) => [[index], one] as const);
  if (BY_NAME.has(keyword) && isMembers(value)) {
    return Object.entries(value).flatMap(([name, one]) => (isNames(one) ? [] : [[[name], one] as const]));
  }
  return SINGLE.has(keyword) ? [[[], value]] : [];
}

/** What stands under these keys of a type's schema, as the document has it; the type, where the two differ on the way. */
export function placeOf(root: Node, at: string, path: Path): Node | undefined {
  return root.follow(`${at}${pointer(path)}`) ?? root.follow(at);
}

/** `(here and in 2 other places)`, after a blank; empty for one place. */
export function andOthers(places: number): string {
  const others = places - 1;
  return others === 0 ? "" : ` (here and in ${others} other ${others === 1 ? "place" : "places"})`;
}
