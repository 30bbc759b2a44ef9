/**
 * What a run may be told beside the document.
 */
import type { Perspective } from "./contract.js";

/** Whether channel addresses are URL paths (a connection each) or topics that share one socket. */
export type Channels = "auto" | "paths" | "topics";

export type Int64 = "number" | "bigint";

export interface ReadOptions {
  /** Which side the document describes; `server` by default. */
  readonly perspective?: Perspective;
  readonly channels?: Channels;
  /** What 64-bit integers are in types: `number` by default, which holds those up to 2^53; or `bigint`, which holds all. */
  readonly int64?: Int64;
  /** Pinned names: a document's name or a place (`chat.yaml#/components/messages/Say`) → the identifier to use. */
  readonly names?: Readonly<Record<string, string>>;
}
