/**
 * The schemas inside a type's schema, each with where it stands, so that what is said of one can be shown in the document.
 */
import type { Json } from "../contract.js";
import { type Node, type Path, pointer } from "../document.js";
import { BY_NAME, isMembers, LISTS, type Members, SINGLE } from "../normalise/keywords.js";

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
  const parts: Part[] = [];
  const add = (one: Json, keyword: string, ...keys: Path): void => {
    if (isMembers(one)) parts.push({ schema: one, keyword, path: [...path, keyword, ...keys] });
  };
  for (const [keyword, value] of Object.entries(schema)) {
    if (typeof value !== "object") continue; // as most
    if (LISTS.has(keyword) && Array.isArray(value))
      for (const [index, one] of value.entries()) add(one, keyword, index);
    else if (BY_NAME.has(keyword) && isMembers(value))
      for (const [name, one] of Object.entries(value)) add(one, keyword, name);
    else if (SINGLE.has(keyword)) add(value, keyword);
  }
  return parts;
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
