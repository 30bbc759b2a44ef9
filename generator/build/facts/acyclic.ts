/**
 * Declared types as far as facts about their values go: a type that is, by way of `allOf` and the like, itself says
 * nothing on that way, which is cut, as validators have it (`normalise/cycles.ts`).
 */
import type { TypeDeclaration } from "../../contract.js";
import { cutCycles } from "../../normalise/cycles.js";
import type { Lookup } from "./schema-words.js";

/** Reads the types anew whenever there are more of them. */
export function acyclic(types: { readonly all: readonly TypeDeclaration[]; readonly size: number }): Lookup {
  let known = new Map<string, TypeDeclaration>();
  let size = -1;
  return (name) => {
    if (types.size !== size) {
      known = new Map(cutCycles(types.all, []).map((type) => [type.name, type]));
      size = types.size;
    }
    return known.get(name);
  };
}
