/**
 * Declared types as far as facts about their values go: a type that is, by way of `allOf` and the like, itself says
 * nothing on that way, which is cut, as validators have it (`normalise/cycles.ts`).
 */
import type { TypeDeclaration } from "../../contract.js";
import { cutCycles, isCircular } from "../../normalise/cycles.js";
import type { Lookup } from "./schema-words.js";

interface Growing {
  readonly all: readonly TypeDeclaration[];
  readonly size: number;
  readonly get: Lookup;
}

/**
 * Reads the types anew whenever there are more of them, where a circle asks for it. A declared type refers to declared
 * ones only, so whether it is one is settled.
 */
export function acyclic(types: Growing): Lookup {
  let known = new Map<string, TypeDeclaration>();
  let size = -1;
  const circular = new Map<string, boolean>();
  const schemaOf = (name: string) => types.get(name)?.schema;
  return (name) => {
    const isIn = circular.get(name) ?? isCircular(name, schemaOf);
    circular.set(name, isIn);
    if (!isIn) return types.get(name);
    if (types.size !== size) {
      known = new Map(cutCycles(types.all, []).map((type) => [type.name, type]));
      size = types.size;
    }
    return known.get(name);
  };
}
