/**
 * Everything an application may say about a client. All of it is optional, unless the document names no server (`url`)
 * or the address has parts to fill in (`variables`, `parameters`).
 */
import type { Values } from "./address.js";
import type { TokenIn } from "./authorise.js";
import type { Backoff } from "./backoff.js";
import type { Clock } from "./clock.js";
import type { Meaningless } from "./codec.js";
import type { Given } from "./credentials.js";
import type { DeliveryKind } from "./delivery.js";
import type { Problem } from "./errors.js";
import type { Frame, FrameCodec } from "./frame.js";
import type { FrameLimits } from "./json.js";
import type { Lifecycle } from "./lifecycle.js";
import type { Message } from "./message.js";
import type { OutboxLimits } from "./outbox.js";
import type { ConnectionState } from "./state.js";
import type { Transport } from "./transport.js";
import type { ValidationPolicy } from "./validation.js";
import type { Classified, Loss } from "./verdict.js";

/** Where, and as whom. */
export interface AddressingOptions {
  /**
   * Instead of the document's servers; a function is called for every attempt. The connection's path is appended,
   * unless the url's already ends with it: so both a server's address and a whole (signed) one will do.
   */
  readonly url?: string | (() => string | Promise<string>);
  /** Which of the document's servers; the first by default. */
  readonly server?: string;
  /** Values for the `{variable}`s of the server's url. */
  readonly variables?: Values;
  /** Values for the `{parameter}`s of the path. They are percent-encoded. */
  readonly parameters?: Values;
  /** Members of the query: texts, numbers, booleans, or lists of them. Generated options say which. */
  readonly query?: object;
  /** Refused (`BAD_OPTION`) where the transport cannot set headers, as no browser can. */
  readonly headers?: object;
  /** WebSocket subprotocols to offer. */
  readonly protocols?: readonly string[];
  /** Fetches the token; called for every attempt. Throw an `UNAUTHORIZED` if there is none to be had: that is a refusal. */
  readonly token?: () => string | Promise<string>;
  /**
   * Fetches what the document's security schemes take, by their names; called for every attempt, instead of `token`. An
   * `UNAUTHORIZED` thrown is a refusal here too.
   */
  readonly credentials?: () => Given | Promise<Given>;
  /** Where the token travels; by default where the document says, else in a header, else as a subprotocol. */
  readonly tokenIn?: TokenIn;
}

/** How half-open connections are found. All milliseconds. */
export interface HeartbeatOptions {
  /** Between two heartbeats; default 25,000. */
  readonly every?: number;
  /** For the answer; default 10,000. Anything the server says is one. */
  readonly timeout?: number;
  /** For the answer after sleep or a change of network; default 5,000. */
  readonly probe?: number;
  /**
   * The action to send where the transport cannot ping, and its payload, which is read once; without it the heartbeat
   * is off there.
   */
  readonly send?: string | { readonly action: string; readonly payload?: unknown };
  /** The action that answers it: by this one it is known that what was sent before has arrived. */
  readonly expect?: string;
}

/** Something arrived that fits nothing in the contract. */
export interface Unknown {
  readonly why: Meaningless;
  readonly frame: Frame;
}

/** A payload that does not fit its schema. */
export interface Invalid {
  readonly direction: "in" | "out";
  readonly action: string;
  readonly payload: unknown;
  readonly problems: readonly Problem[];
  /** Whether it went on to its handlers or the server all the same (policy `warn`). */
  readonly passed: boolean;
}

/**
 * What was written to a connection that broke, and may or may not have arrived. Requests are not among the messages:
 * they are rejected with `CONNECTION_LOST`.
 */
export interface UncertainMessages {
  readonly messages: readonly Message[];
  /** How many more there were, before these. */
  readonly more: number;
}

/** A refusal that no request waits for. */
export interface Refusal {
  readonly payload: unknown;
  readonly id?: string;
}

/** Whose error it is. */
export type ErrorSource =
  | { readonly during: "handler"; readonly action: string }
  | {
      readonly during: "token" | "credentials" | "url" | "classify" | "callback" | "validator" | "transport" | "store";
    };

/** What to call when. What they throw goes to `onError`; without one, each but `onState` says it on the console. */
export interface Callbacks {
  readonly onState?: (state: ConnectionState) => void;
  readonly onUnknown?: (unknown: Unknown) => void;
  readonly onInvalid?: (invalid: Invalid) => void;
  readonly onUncertain?: (uncertain: UncertainMessages) => void;
  readonly onError?: (error: unknown, source: ErrorSource) => void;
  readonly onRefusal?: (refusal: Refusal) => void;
}

export interface ClientOptions<Handlers extends object = object> extends AddressingOptions, Callbacks {
  /** What the server may say, `onSaid` for the action `said`; the rest goes nowhere. */
  readonly handlers?: Handlers;
  /** Turns payloads into frames and back where the document names a content type that needs it; missing: `BAD_OPTION`. */
  readonly codec?: FrameCodec;
  /** The platform's WebSocket by default. Node before 22 has none: pass `wsTransport()` of `@actionwire/runtime/ws`. */
  readonly transport?: Transport;
  readonly clock?: Clock;
  /** At least 0, below 1; `Math.random` by default. */
  readonly random?: () => number;
  readonly lifecycle?: Lifecycle;
  /** `false`: off. */
  readonly heartbeat?: HeartbeatOptions | false;
  readonly outbox?: Partial<OutboxLimits>;
  /**
   * How messages travel: as the document says and nothing else, by default; acknowledged and resumed, with
   * `session()` of `@actionwire/runtime/session`, to a server of this runtime.
   */
  readonly delivery?: DeliveryKind;
  /** What to do with payloads that do not fit, each way; `reject` by default. */
  readonly validate?: { readonly out?: ValidationPolicy; readonly in?: ValidationPolicy };
  /** Refusals in a row after which it stops; default 3. */
  readonly maxRefusals?: number;
  /** The application's own word on why a connection ended; undefined leaves it to the runtime. */
  readonly classify?: (loss: Loss) => Classified;
  readonly backoff?: Partial<Backoff>;
  /** Milliseconds for token, address and opening together; default 10,000. */
  readonly dialTimeout?: number;
  /** Milliseconds a request waits for its reply, unless it says otherwise; default 10,000. */
  readonly requestTimeout?: number;
  /** Bounds on a frame that is read at all; default 16 MiB, 128 levels. */
  readonly limits?: Partial<FrameLimits>;
}
