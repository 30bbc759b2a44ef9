/**
 * Every error the runtime makes: one class, stable codes. The README has a heading per code.
 */
export type ErrorCode =
  /** Generated code and runtime are of different forms; regenerate or align the versions. */
  | "RUNTIME_MISMATCH"
  /** An option is missing or cannot be used; the message says which and why. */
  | "BAD_OPTION"
  /** A payload does not fit its schema; `problems` lists where. */
  | "INVALID_PAYLOAD"
  /** A reply arrived but does not fit its schema; `problems` lists where. */
  | "INVALID_REPLY"
  /** The outbox is at its bound of messages or bytes; the message was not taken. */
  | "OUTBOX_FULL"
  /** The message could not be sent in its time (`ttl`); it never will be. */
  | "EXPIRED"
  /** The message is larger than the server reads; it was not sent. */
  | "TOO_LARGE"
  /** The store could not keep the message; it was not sent. */
  | "NOT_KEPT"
  /** The client was closed; it sends nothing more. */
  | "CLOSED"
  /** No reply within the request's time. */
  | "TIMEOUT"
  /** The caller's AbortSignal fired. */
  | "ABORTED"
  /** The connection broke after the request was written; whether it was carried out is unknown. */
  | "CONNECTION_LOST"
  /** The server answered a request with a refusal; `details` holds its payload. */
  | "REFUSED"
  /** Authorisation was refused: a token function may throw this to say that there is no token to be had. */
  | "UNAUTHORIZED"
  /** A route stub that nobody has written yet. */
  | "NOT_IMPLEMENTED"
  /** A handler failed on the server. */
  | "INTERNAL";

/** Where and why a value does not fit its schema. */
export interface Problem {
  /** JSON Pointer into the payload, cut where it is very long; empty for the payload itself. */
  readonly path: string;
  /** What was expected and what was found, as a sentence that begins with the place: `must be a number, but is …`. */
  readonly message: string;
  /** What was expected, in short: `a number`. */
  readonly expected?: string;
  /**
   * What was found, in short: `"12.5" (a string)`. Absent where that says nothing; a value in a place whose name sounds
   * like a secret's is told by its kind alone.
   */
  readonly found?: string;
}

/** What an error may carry beside its code and text. */
export interface ErrorFacts {
  readonly action?: string;
  readonly problems?: readonly Problem[];
  readonly details?: unknown;
  readonly cause?: unknown;
}

/** The one error class. The message starts with the code, since consoles often show nothing else. */
export class ActionwireError extends Error {
  override readonly name: string = "ActionwireError";
  readonly code: ErrorCode;
  readonly action: string | undefined;
  readonly problems: readonly Problem[];
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, facts: ErrorFacts = {}) {
    super(`[${code}] ${message}`, "cause" in facts ? { cause: facts.cause } : {});
    this.code = code;
    this.action = facts.action;
    this.problems = facts.problems ?? [];
    this.details = facts.details;
  }
}
