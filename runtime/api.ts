/**
 * What generated code tells the runtime about an API: plain data, no behaviour.
 * A generated `wire.ts` holds one {@link Api} per connection; client and server read the same one.
 */

/** The form of {@link Api} that this runtime reads. Generated code states the one it was made for. */
export const RUNTIME_API = 1;

/** Any value that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One connection of an API: where it is, and which actions travel on it each way. */
export interface Api {
  /** The {@link RUNTIME_API} this was generated for; another one is refused with `RUNTIME_MISMATCH`. */
  readonly runtime: number;
  readonly title: string;
  /** The document's `info.version`. */
  readonly version: string;
  /** Hash of the contract, stable under reordering and prose edits. */
  readonly hash: string;
  /** Addresses the document names, by their key there. `{variable}`s stand in the url. */
  readonly servers: Readonly<Record<string, ServerAddress>>;
  /** Path of this connection below the server's url, `{parameter}`s in it; empty where topics share one socket. */
  readonly path: string;
  /** What is known of the path's parameters: those with a default, or with values of which it is one. */
  readonly parameters?: Variables;
  /** Where credentials travel, by the document's names for them; a plain token takes the first place that is for one. */
  readonly security?: Readonly<Record<string, TokenPlace>>;
  /** Present where each frame wraps its payload; absent where the payload is the frame. */
  readonly envelope?: Envelope;
  /** How JSON is read and written; as JavaScript itself does where this is absent. */
  readonly json?: JsonText;
  /** Present where payloads are other values for an application than on the wire. */
  readonly conversions?: Conversions;
  /** The content type of messages that need a codec, which the application gives. */
  readonly codec?: string;
  readonly toServer: Direction;
  readonly toClient: Direction;
}

/** JSON text to values and back. Both throw where they cannot; `stringify` is undefined where JSON has no word for it. */
export interface JsonText {
  parse(text: string): unknown;
  stringify(value: unknown): string | undefined;
}

/** Payloads as an application has them, of those on the wire, which have been checked; and back, to be checked. */
export interface Conversions {
  /** Another value, where there is anything to change. What is not as its schema says stays as it is. */
  toApplication(conversion: Conversion, value: unknown): unknown;
  /** Another value, where there is anything to change. Never throws. */
  toWire(value: unknown): unknown;
}

/** What is another value for an application: the text itself, or what stands inside of an object or a list. */
export type Conversion =
  /** RFC 3339 text ↔ `Date`; base64 ↔ `Uint8Array`. */
  | "date"
  | "bytes"
  /** By name, for what contains itself. */
  | (() => Conversion)
  | { readonly all: readonly Conversion[] }
  /** Which it is, a member's value tells. */
  | { readonly by: string; readonly cases: readonly (readonly [value: string, conversion: Conversion])[] }
  /** Those of all which fit an object; of the first which fits anything else. */
  | { readonly fits: readonly (readonly [validate: Validate, conversion: Conversion | null])[] }
  | {
      readonly members?: Readonly<Record<string, Conversion | null>>;
      /** Of all other members. */
      readonly rest?: Conversion;
      /** Of items by their place, and of all others. */
      readonly places?: readonly (Conversion | null)[];
      readonly items?: Conversion;
    };

/** An address and the values its variables may take. */
export interface ServerAddress {
  readonly url: string;
  readonly variables?: Variables;
}

/** Parts of an address, by name: what they are where nothing is said, and the only values they may have. */
export type Variables = Readonly<Record<string, { readonly default?: string; readonly values?: readonly string[] }>>;

/** Where a credential travels in the opening request. `basic`: what of HTTP's basic authentication (RFC 7617) it is. */
export type TokenPlace =
  | {
      readonly in: "header";
      readonly name: string;
      readonly prefix?: string;
      readonly basic?: "login" | "user" | "password";
    }
  | { readonly in: "query"; readonly name: string };

/** Names of the members of a frame that wraps its payload: `{action, payload, id?}`. */
export interface Envelope {
  readonly action: string;
  readonly payload: string;
  /** Carries a request's id, echoed by its reply. */
  readonly id: string;
  /** The action name of a refusal: `{action: "error", id, payload: {code, message}}`. */
  readonly error: string;
}

/** All that is said one way, and how the hearing side tells it apart. */
export interface Direction {
  readonly actions: Readonly<Record<string, Action>>;
  readonly dispatch: Dispatch;
}

/** One action, by its id in {@link Direction.actions}. */
export interface Action {
  /** Constants that only label the message; the sender's caller need not give them. */
  readonly labels?: Readonly<Record<string, Json>>;
  /** How it becomes a frame: as the text or the bytes that it is, or by the codec; as JSON where this is absent. */
  readonly frame?: "text" | "bytes" | "codec";
  /** Checks the whole payload, labels included. */
  readonly validate: Validate;
  /** What a client checks instead on arrival, where it differs: members the contract does not know are accepted. */
  readonly accept?: Validate;
  /** What becomes of it for the application that hears it. */
  readonly convert?: Conversion;
  /** Present where the contract declares an answer. */
  readonly reply?: Reply;
}

/**
 * How an answer finds its request: by the envelope's id; by an id in the payloads of both; or, where frames carry none,
 * in order of asking: the next message that is one of `actions` answers the oldest open request that expects it.
 */
export type Reply =
  | { readonly by: "id"; readonly validate: Validate; readonly accept?: Validate; readonly convert?: Conversion }
  | {
      readonly by: "field";
      /** Where the id stands in the request, and in its reply. */
      readonly request: readonly string[];
      readonly reply: readonly string[];
      /** What it is; the client makes a fresh one for every request. */
      readonly id: "string" | "integer" | "uuid";
      readonly actions: readonly string[];
      /** Unions they may arrive as, where nothing but the id tells them from others. */
      readonly doors?: readonly string[];
    }
  | { readonly by: "order"; readonly actions: readonly string[] };

/**
 * How a payload (or, with an envelope, a frame) is told apart: an action's id, or a question and where its answers
 * lead. `null`: nothing is said this way.
 */
export type Dispatch =
  | string
  | null
  | DispatchByFrame
  | DispatchByType
  | DispatchByValue
  | DispatchByKeys
  | DispatchByFit;

/**
 * The root where not every frame is JSON: a binary frame goes to `bytes`; a text frame first where the cases of `text`
 * have exactly this text, then to `json`, and where it is none or leads nowhere there, to `text`.
 */
export interface DispatchByFrame {
  readonly by: "frame";
  readonly json?: Dispatch;
  readonly text?: Dispatch;
  readonly bytes?: Dispatch;
}

/** Go where the JSON type of the value leads, else to `otherwise`. */
export interface DispatchByType {
  readonly by: "type";
  readonly cases: readonly (readonly [type: JsonType, then: Dispatch])[];
  readonly otherwise?: Dispatch;
}

export type JsonType = "object" | "array" | "string" | "number" | "boolean" | "null";

/** Look at the value found by following `at`; go where it leads, else to `otherwise`. */
export interface DispatchByValue {
  readonly by: "value";
  readonly at: readonly (string | number)[];
  readonly cases: readonly (readonly [value: string | number | boolean | null, then: Dispatch])[];
  /** Where to go when there is no value at all at that place; `otherwise` where it is absent from this node. */
  readonly absent?: Dispatch;
  readonly otherwise?: Dispatch;
}

/** Take the first case all of whose keys the object has, else `otherwise`. */
export interface DispatchByKeys {
  readonly by: "keys";
  readonly cases: readonly (readonly [keys: readonly string[], then: Dispatch])[];
  readonly otherwise?: Dispatch;
}

/** Take the first case one of whose actions' schemas the value fits, else `otherwise`. */
export interface DispatchByFit {
  readonly by: "fit";
  readonly cases: readonly (readonly [actions: readonly string[], then: Dispatch])[];
  readonly otherwise?: Dispatch;
}

/** A validator as ajv prints it: true, or false with the reasons in `errors`. */
export interface Validate {
  /** `place`: whose member the value is, for validators that make it what its schema says, such as a bigint. */
  (value: unknown, place?: Place): boolean;
  errors?: readonly ValidateError[] | null;
}

/** Where a value stands. */
export interface Place {
  readonly parentData: object;
  readonly parentDataProperty: string;
}

/** One reason, in ajv's words. */
export interface ValidateError {
  readonly instancePath: string;
  readonly keyword: string;
  /** Where the keyword stands: in its type's schema, `#/…`. */
  readonly schemaPath?: string;
  /** `branches` of a union's own: how many of the errors before it each of its branches left. */
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
}
