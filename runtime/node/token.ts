/**
 * Where a client's token may travel: a header is best; a browser, which cannot set one, offers it as the name of a
 * subprotocol. The other half is the client's `tokenIn` option.
 */
import type { TokenPlace } from "../api.js";
import type { Values } from "../server/index.js";

/** The subprotocol a server answers with, so that the one with the token in it is never said back. */
export const SUBPROTOCOL = "actionwire";
const BEARER = "actionwire.bearer.";

export function tokenOf(place: TokenPlace | undefined, headers: Values, query: Values): string | undefined {
  return (
    atPlace(place, headers, query) ??
    afterPrefix(headers["authorization"], "Bearer ") ??
    offered(headers["sec-websocket-protocol"]) ??
    query["access_token"]
  );
}

function atPlace(place: TokenPlace | undefined, headers: Values, query: Values): string | undefined {
  if (!place) return undefined;
  if (place.in === "query") return query[place.name];
  return afterPrefix(headers[place.name.toLowerCase()], place.prefix ?? "");
}

/** What follows a scheme's name, whose case does not matter (RFC 9110, 11.1). */
export function afterPrefix(text: string | undefined, prefix: string): string | undefined {
  if (text?.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase()) return undefined;
  return text.slice(prefix.length) || undefined;
}

function offered(protocols: string | undefined): string | undefined {
  const name = protocols?.split(",").find((protocol) => protocol.trim().startsWith(BEARER));
  if (name === undefined) return undefined;
  return Buffer.from(name.trim().slice(BEARER.length), "base64url").toString("utf8") || undefined;
}
