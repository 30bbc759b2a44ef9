/** A schema, and the values that are held against what a tool makes of it. */
import type { Draft } from "./drafts.js";
import type { Json } from "./json.js";

/** Where values come from: the suite as it is, chance, or real documents. */
export const SETS = ["suite", "fuzz", "payloads", "real"] as const;
export type CaseSet = (typeof SETS)[number];

export interface Instance {
  readonly set: CaseSet;
  readonly description: string;
  readonly data: Json;
  readonly valid: boolean;
  /** The oracle cannot say; nothing is counted of it. */
  readonly unjudged?: true;
  /** Valid only because the schema names no type: `properties` alone accepts a string. */
  readonly implicit: boolean;
  /** Invalid, and a TypeScript type could tell; `extended` with template literals and a few more (see relax/). */
  readonly core: boolean;
  readonly extended: boolean;
}

/** An instance before the oracle has spoken; `valid` is there where it needs no oracle. */
export interface Asked {
  readonly set: CaseSet;
  readonly description: string;
  readonly data: Json;
  readonly valid?: boolean;
}

export interface Subject<Of = Instance> {
  /** `draft7/ref#3` */
  readonly id: string;
  readonly draft: Draft;
  /** `ref`; what counts are kept by. */
  readonly file: string;
  /** The suite's optional files say more than a draft demands. */
  readonly optional: boolean;
  readonly schema: Json;
  readonly instances: readonly Of[];
}
