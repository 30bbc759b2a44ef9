/**
 * Where a token travels. A header is best, since addresses end up in logs; a browser cannot set one, and offers the
 * token as the name of a subprotocol instead.
 */
import type { Api, TokenPlace } from "./api.js";
import { toBase64Url } from "./base64url.js";
import { ActionwireError } from "./errors.js";

/**
 * Where the token travels:
 * `"header"`: `Authorization: Bearer <token>`;
 * `"subprotocol"`: offered beside the subprotocol `actionwire`, which the server answers with;
 * `{query}`, `{header, prefix}`: under a name of the server's choice;
 * `{message}`: in the first frame, which is the JSON of what the function makes of the token.
 */
export type TokenIn =
  | "header"
  | "subprotocol"
  | { readonly query: string }
  | { readonly header: string; readonly prefix?: string }
  | { readonly message: (token: string) => unknown };

/** The subprotocol our server speaks when a token came as one. */
const SUBPROTOCOL = "actionwire";
/** Before the base64url of the token's UTF-8: a subprotocol's name is an HTTP token (RFC 6455, 4.1; RFC 9110, 5.6.2). */
const BEARER = "actionwire.bearer.";

/** What a token adds to an attempt. */
export interface Credentials {
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: readonly string[];
  readonly query?: Readonly<Record<string, string>>;
  /** The first frame, before any other. */
  readonly first?: string;
}

/** The document's place for a token: of its credentials the first that is no name or password. */
export function tokenPlace({ security = {} }: Api): TokenPlace | undefined {
  return Object.values(security).find((place) => place.in === "query" || place.basic === undefined);
}

/** The place that applies: the option, else the document's, else a header; a subprotocol where headers cannot be set. */
export function placeOf(option: TokenIn | undefined, document: TokenPlace | undefined, headers: boolean): TokenIn {
  if (option === undefined) {
    if (document?.in === "query") return { query: document.name };
    if (!headers) return "subprotocol";
    if (document === undefined) return "header";
    return { header: document.name, ...(document.prefix !== undefined && { prefix: document.prefix }) };
  }
  if (!headers && (option === "header" || (typeof option === "object" && "header" in option))) {
    throw new ActionwireError(
      "BAD_OPTION",
      "tokenIn: this transport cannot set headers (no browser's WebSocket can); take another place",
    );
  }
  return option;
}

export function credentials(place: TokenIn, token: string): Credentials {
  if (place === "header") return { headers: { Authorization: `Bearer ${token}` } };
  if (place === "subprotocol") return { protocols: [SUBPROTOCOL, BEARER + toBase64Url(token)] };
  if ("query" in place) return { query: { [place.query]: token } };
  if ("header" in place) return { headers: { [place.header]: (place.prefix ?? "") + token } };
  return { first: JSON.stringify(place.message(token)) };
}
