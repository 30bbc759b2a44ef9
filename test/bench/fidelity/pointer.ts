/** References within a schema: RFC 6901 in a fragment. */
import { has, isList, isMembers, type Json } from "./json.js";

/** What stands there; undefined where nothing does, and for references of other kinds. */
export function at(root: Json, ref: string): Json | undefined {
  if (ref === "#") return root;
  if (!ref.startsWith("#/")) return undefined;
  let found: Json | undefined = root;
  for (const token of ref.slice(2).split("/")) {
    const name = decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~");
    if (isList(found)) found = found[Number(name)];
    else found = isMembers(found) && has(found, name) ? found[name] : undefined;
  }
  return found;
}

/** Whether a reference here leads through nothing but references back to itself. */
export function isEndless(root: Json): boolean {
  const inside = (value: Json): boolean => {
    if (isList(value)) return value.some(inside);
    if (!isMembers(value)) return false;
    const met = new Set<Json>();
    for (let next: Json | undefined = value; isMembers(next) && typeof next["$ref"] === "string"; ) {
      if (met.has(next)) return true;
      met.add(next);
      next = at(root, next["$ref"]);
    }
    return Object.values(value).some(inside);
  };
  return inside(root);
}
