/**
 * Why a connection is not there, in a form a program can switch on and a text a person can read. Never holds a token.
 */
export type Reason =
  /** The server closed with 1000: it has nothing more to say. */
  | { readonly kind: "finished"; readonly text: string; readonly code: number }
  /** The server (401, 403, 4401, 4403) or the token function refused; `refusals` in a row, this one included. */
  | {
      readonly kind: "unauthorized";
      readonly text: string;
      readonly refusals: number;
      readonly code?: number;
      readonly status?: number;
    }
  /** It would be refused again: another HTTP 4xx, a violation of the protocol, an address that cannot be used. */
  | { readonly kind: "rejected"; readonly text: string; readonly code?: number; readonly status?: number }
  /** The server answered that it cannot now: HTTP 408, 425, 429, 5xx, or anything that is no WebSocket. */
  | { readonly kind: "unavailable"; readonly text: string; readonly status: number }
  /** No connection came about, and nobody said why: no network, no server, or a refusal that a browser hides. */
  | { readonly kind: "unreachable"; readonly text: string }
  /** Opening took too long. */
  | { readonly kind: "timeout"; readonly text: string }
  /** The connection was open and ended. */
  | { readonly kind: "lost"; readonly text: string; readonly code: number }
  /** The connection was open, but nothing answered the heartbeat. */
  | { readonly kind: "silent"; readonly text: string }
  /** The connection was open, but a request over it was not answered, so no later answer could be told from its. */
  | { readonly kind: "unanswered"; readonly text: string }
  /** The token or url function failed for a reason of its own. */
  | { readonly kind: "preparation"; readonly text: string };
