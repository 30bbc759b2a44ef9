/** What relaxing a schema knows beside the schema at hand. */
import type { Draft } from "../drafts.js";
import type { Json } from "../json.js";

/** `core`: what any TypeScript type can state. `extended`: also what template literals can, and a little more. */
export type Tier = "core" | "extended";

export interface Context {
  readonly root: Json;
  readonly draft: Draft;
  readonly tier: Tier;
  /** What an address becomes, where the oracle would not take it (oracle.ts). */
  readonly address: (address: string) => string;
  /** `unevaluatedProperties` is somewhere in the schema. */
  readonly unevaluated: boolean;
}

/** The longest tuple that counts as one. */
export const LONGEST = 20;
