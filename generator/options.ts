/**
 * What a run may be told beside the document.
 */
import type { Perspective } from "./contract.js";
import type { Node } from "./document.js";

/** Whether channel addresses are URL paths (a connection each) or topics that share one socket. */
export type Channels = "auto" | "paths" | "topics";

export type Int64 = "number" | "bigint";

export type Dates = "string" | "Date";

export type Binary = "string" | "Uint8Array";

/** Whether `format` refuses values, whatever the draft says. */
export type Formats = "asserted" | "annotated";

/** How much a validator tells of a value that it refuses. */
export type Errors = "first" | "all";

export interface ReadOptions {
  /** Which side the document describes; `server` by default. */
  readonly perspective?: Perspective;
  readonly channels?: Channels;
  /** What 64-bit integers are in types: `number` by default, which holds those up to 2^53; or `bigint`, which holds all. */
  readonly int64?: Int64;
  /** What texts of the format `date-time` are in types: `string` by default; or `Date`. */
  readonly dates?: Dates;
  /** What texts of the format `byte` and base64 are in types: `string` by default; or `Uint8Array`. */
  readonly binary?: Binary;
  /** Whether `properties` without `type` mean an object, and `items` an array; by default they do. */
  readonly impliedTypes?: boolean;
  /** By default as the drafts say: asserted up to draft-07 and in AsyncAPI's own schemas, annotations from 2019-09 on. */
  readonly formats?: Formats;
  /**
   * Whether validators tell the first violation, the default, or every one. All take longer code, and a hostile value may
   * have many. With `int64: "bigint"`, types with alternatives tell the first one still, as do those inside of them.
   */
  readonly errors?: Errors;
  /** Pinned names: a document's name or a place (`chat.yaml#/components/messages/Say`) → the identifier to use. */
  readonly names?: Readonly<Record<string, string>>;
  /**
   * What answers an action, by the document's names or the generated ids; wins over what the document says. `*` is for
   * all that have no entry of their own: it has no `actions`, as the document says those.
   */
  readonly replies?: Readonly<Record<string, ReplyOption>>;
  /** The file these options were read from, where there is one: what is wrong with them is shown in it. */
  readonly written?: Node;
}

/** The messages that answer an action; in order of asking unless both carry an id. */
export interface ReplyOption {
  readonly actions?: readonly string[];
  /** Where the id stands: a member's name or a JSON Pointer, the same in both or one for each. */
  readonly by?: string | { readonly request: string; readonly reply: string };
}
