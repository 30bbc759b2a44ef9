/**
 * What the readers hand on: the document's own words, directions made absolute, names not yet given.
 */
import type { Doc, Envelope, Parameter, Server } from "../contract.js";
import type { Node } from "../document.js";
import type { Ways } from "./security.js";

export interface Draft {
  /** The document's root. */
  readonly node: Node;
  readonly title: string;
  readonly version: string;
  readonly doc?: string;
  readonly source: { readonly format: "asyncapi" | "actions"; readonly version: string };
  readonly channels: readonly DraftChannel[];
  /** What the document describes without saying it anywhere; looked at where nothing is said at all. */
  readonly spare: readonly DraftSchema[];
}

/** A schema, and what the document calls it. */
export interface DraftSchema {
  readonly title: string;
  readonly node: Node;
  /** The language it is written in, where the document names one. */
  readonly format?: string;
}

export interface DraftChannel {
  /** As written; undefined where the document gives none. */
  readonly address: string | undefined;
  readonly node: Node;
  readonly doc?: string;
  readonly servers: readonly Server[];
  readonly parameters: readonly Parameter[];
  /** AsyncAPI's `ws` channel binding, where there is one: it says that the channel is the connection. */
  readonly binding?: { readonly query?: Node; readonly headers?: Node };
  readonly security: Ways;
  /** Every server asks for it. */
  readonly requiresCredentials?: true;
  readonly envelope?: Envelope;
  readonly toServer: readonly DraftAction[];
  readonly toClient: readonly DraftAction[];
}

export interface DraftAction {
  /** What the document calls it. */
  readonly title: string;
  readonly node: Node;
  /** Places of all the messages that became this one action. */
  readonly same?: readonly string[];
  /** The payload's schema; absent where there is none. */
  readonly payload?: Node;
  /** Where it carries the id that a request and its reply have in common. */
  readonly correlation?: DraftLocation;
  /** The language the payload's schema is written in, where the document names one. */
  readonly format?: string;
  /** How it becomes a frame; as JSON where this is absent. */
  readonly frame?: "text" | "bytes" | "codec";
  /** It has no payload, and its frame is an empty text. */
  readonly empty?: true;
  /** The content type that a codec has to speak. */
  readonly contentType?: string;
  readonly reply?: DraftReply;
  readonly doc?: Doc;
}

/** An answer: messages of the other direction, or a schema for what comes back under the request's id. */
export type DraftReply = { readonly messages: readonly Node[] } | { readonly schema: Node };

/** A place in a message, `nowhere` where what is written is none; the node is where the document says so. */
export interface DraftLocation {
  readonly in: "payload" | "header" | "nowhere";
  readonly at: readonly string[];
  readonly node: Node;
}
