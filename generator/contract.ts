/**
 * The contract: what a document says, with every decision taken. Plain frozen JSON; templates read it and nothing else.
 *
 * Directions are absolute (`toServer`, `toClient`), names are final, references are by name, optional means absent,
 * and every node says where it stands in its source (`at`).
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON Schema, in the words of any draft from 04 on, all of whose references are `#/$defs/<type name>`. */
export type Schema = boolean | { readonly [keyword: string]: Json };

/** A place in a source: `chat.yaml#/channels/lobby`. The file is relative to the document's folder. */
export type At = string;

/** Which side a document describes; AsyncAPI's words for directions are relative to it. */
export type Perspective = "server" | "client";

/** What values are in types, where that is not as on the wire. */
export interface Representation {
  /** 64-bit integers are `bigint`s. */
  readonly int64?: "bigint";
  /** Texts of the format `date-time` are `Date`s. */
  readonly dates?: "Date";
  /** Texts of the format `byte`, and those whose encoding is base64, are `Uint8Array`s. */
  readonly binary?: "Uint8Array";
}

export interface Contract extends Representation {
  readonly title: string;
  readonly version: string;
  readonly doc?: string;
  readonly source: { readonly format: "asyncapi" | "actions"; readonly version: string };
  readonly perspective: Perspective;
  /** What addresses of channels were taken for; absent where there are no channels. */
  readonly addresses?: "paths" | "topics" | "mixed";
  /** Stable under reordering and prose edits; changes with anything that is said on the wire. */
  readonly hash: string;
  /** Schemas were read by the letter of the standard: nothing is implied. */
  readonly letter?: true;
  /** Validators tell every violation, not only the first. */
  readonly errors?: "all";
  readonly connections: readonly Connection[];
  /** Every declared type, in order of first use. */
  readonly types: readonly TypeDeclaration[];
}

/** A named type and the schema that it is generated from, as its validator is. */
export interface TypeDeclaration {
  readonly name: string;
  readonly schema: Schema;
  /** A schema that only a validator is made of, no type: the tolerant twin of a declared one. */
  readonly untyped?: true;
  /** The type whose tolerant twin this is: that type says no more than both their validators keep. */
  readonly twinOf?: string;
  /** No JSON: the bytes of a frame, as they are (`Uint8Array`). */
  readonly bytes?: true;
  readonly at: At;
}

/** One socket: everything that is said on one URL path. */
export interface Connection {
  readonly names: ConnectionNames;
  readonly doc?: string;
  /** Below the server's url; empty where topics share the server's own path. `{name}` stands for a parameter. */
  readonly path: string;
  readonly servers: readonly Server[];
  readonly parameters: readonly Parameter[];
  /** What the opening request carries (AsyncAPI's `ws` binding). */
  readonly query?: Carried;
  readonly headers?: Carried;
  /** Ways to say who is there, by the document's names; each inner list is one, and takes all of its schemes. */
  readonly security: readonly (readonly SecurityScheme[])[];
  /** Every server asks for one of them. */
  readonly requiresCredentials?: true;
  readonly envelope?: Envelope;
  /** The content type of messages that are neither JSON, text nor bytes, which a codec of the application's turns into frames. */
  readonly codec?: string;
  readonly toServer: Direction;
  readonly toClient: Direction;
  readonly at: At;
}

/** The identifiers a connection brings into the generated code. */
export interface ConnectionNames {
  /** `chat`: the constant in wire.ts */
  readonly api: string;
  /** `ChatClient` */
  readonly client: string;
  /** `ChatHandlers` */
  readonly handlers: string;
  /** `ChatOptions` */
  readonly options: string;
  /** `ChatRoutes` */
  readonly routes: string;
  /** `ChatReplies` */
  readonly replies: string;
  /** `ChatContext` */
  readonly context: string;
  /** `ChatSender` */
  readonly sender: string;
  /** `serveChat` */
  readonly serve: string;
  /** `ChatCredentials`; present exactly where there are security schemes. */
  readonly credentials?: string;
}

export interface Server {
  readonly key: string;
  readonly url: string;
  readonly doc?: string;
  readonly variables: readonly Parameter[];
}

/** A part of an address that the application fills in. */
export interface Parameter {
  readonly name: string;
  readonly doc?: string;
  readonly default?: string;
  /** The only values allowed; absent where any string is. */
  readonly values?: readonly string[];
}

/** A part of the opening request: its type, and whether it may be left out. */
export interface Carried {
  readonly type: string;
  readonly optional: boolean;
}

/** A credential of the opening request. */
export interface SecurityScheme {
  /** What the document calls it. */
  readonly key: string;
  readonly doc?: string;
  readonly place: TokenPlace;
}

/** Where a credential travels, and where it is more than one text (HTTP's basic authentication), how it is made. */
export type TokenPlace =
  | {
      readonly in: "header";
      readonly name: string;
      readonly prefix?: string;
      readonly basic?: "login" | "user" | "password";
    }
  | { readonly in: "query"; readonly name: string };

/** Member names of a frame that wraps its payload. */
export interface Envelope {
  readonly action: string;
  readonly payload: string;
  readonly id: string;
  readonly error: string;
}

export interface Direction {
  readonly actions: readonly Action[];
  readonly dispatch: Dispatch;
  /** Groups that no rule can tell apart; each reaches the application as one typed union. */
  readonly unions: readonly Union[];
}

/** One thing that can be said in one direction on one connection. */
export interface Action {
  /** The key in wire.ts, and the route's name on the server. */
  readonly id: string;
  readonly names: ActionNames;
  /** The name the document gives it. */
  readonly title: string;
  /** The type of the payload, labels included. */
  readonly payload: string;
  /** The schema a client checks on arrival where it differs from `payload`: unknown members are accepted. */
  readonly accepts?: string;
  /** Top-level constants that only label the message, filled in by generated code. */
  readonly labels: readonly { readonly key: string; readonly value: Json }[];
  /** How it becomes a frame; as JSON where this is absent. */
  readonly frame?: "text" | "bytes" | "codec";
  /** Nothing tells it from another: it arrives only as one of a union. */
  readonly grouped?: true;
  /** The labels say it all, or there is no payload (without an envelope an empty text, a constant): whoever sends it gives nothing. */
  readonly bare?: true;
  /** The only payload there is, where it has no members to be labels: what is sent for whoever gives nothing. */
  readonly constant?: Json;
  readonly reply?: Reply;
  readonly doc?: Doc;
  readonly at: At;
}

export interface ActionNames {
  /** `sendJoinRoom` */
  readonly send: string;
  /** `requestJoinRoom`; present exactly where there is a reply */
  readonly request?: string;
  /** `onJoinRoom` */
  readonly on: string;
}

/** A group of actions of one direction that arrive at one door; what dispatch leads to where members look alike. */
export interface Union {
  readonly id: string;
  readonly names: { readonly on: string };
  /** The type that is the union of the members' payloads. */
  readonly payload: string;
  readonly accepts?: string;
  /** How its members become frames, where that is the same for all. */
  readonly frame?: "text" | "bytes" | "codec";
  readonly members: readonly string[];
  readonly doc: Doc;
  readonly at: At;
}

/** See runtime/api.ts for how an answer finds its request. */
export type Reply =
  | { readonly by: "id"; readonly types: readonly [string]; readonly accepts?: string }
  | { readonly by: "order"; readonly actions: readonly string[]; readonly types: readonly string[] }
  | {
      readonly by: "field";
      /** Where the id stands in the request, and in its reply. */
      readonly request: readonly string[];
      readonly reply: readonly string[];
      readonly id: "string" | "integer" | "uuid";
      /** The messages themselves, also those that nothing but the id tells from others: these arrive at `doors`. */
      readonly actions: readonly string[];
      readonly doors?: readonly string[];
      readonly types: readonly string[];
      /** Labels and id say it all: whoever asks gives nothing. */
      readonly bare?: true;
    };

/** What a doc comment says. */
export interface Doc {
  readonly text?: string;
  readonly deprecated?: boolean;
  readonly examples?: readonly Json[];
}

/** A small decision tree; see runtime/api.ts for its meaning. Leaves are ids of actions or unions. */
export type Dispatch =
  | string
  | null
  | {
      readonly by: "value";
      readonly at: readonly (string | number)[];
      readonly cases: readonly (readonly [value: string | number | boolean | null, then: Dispatch])[];
      /** Where there is no value at all; `otherwise` where this is not given. */
      readonly absent?: Dispatch;
      /** Where the value is none of the cases'. */
      readonly otherwise?: Dispatch;
    }
  | {
      readonly by: "keys";
      readonly cases: readonly (readonly [keys: readonly string[], then: Dispatch])[];
      readonly otherwise?: Dispatch;
    }
  | {
      readonly by: "type";
      readonly cases: readonly (readonly [type: JsonType, then: Dispatch])[];
      readonly otherwise?: Dispatch;
    }
  | {
      readonly by: "fit";
      /** Actions whose schemas are tried, in document order; the first case one of whose actions fits. */
      readonly cases: readonly (readonly [actions: readonly string[], then: Dispatch])[];
      readonly otherwise?: Dispatch;
    }
  | { readonly by: "frame"; readonly json?: Dispatch; readonly text?: Dispatch; readonly bytes?: Dispatch };

export type JsonType = "object" | "array" | "string" | "number" | "boolean" | "null";
