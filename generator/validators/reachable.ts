/**
 * The types that validators of some types need.
 */
import type { Schema } from "../contract.js";
import { schemasIn } from "../normalise/keywords.js";
import { refName } from "../types/kinds.js";

/** In the order of their declaration. */
export function reachable(names: readonly string[], schemas: ReadonlyMap<string, Schema>): readonly string[] {
  const found = new Set<string>();
  const open = [...names];
  for (const name of open) {
    if (found.has(name)) continue;
    if (!schemas.has(name)) throw new Error(`no type is called ${name}`);
    found.add(name);
    for (const schema of schemasIn(schemas.get(name) ?? true)) open.push(...[refName(schema) ?? []].flat());
  }
  return [...schemas.keys()].filter((name) => found.has(name));
}
