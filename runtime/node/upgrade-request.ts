/**
 * What an application decides on whether to let a client in.
 */
import type { IncomingMessage } from "node:http";
import type { Api } from "../api.js";
import { tokenPlace } from "../authorise.js";
import type { Values } from "../server/index.js";
import { type CredentialsSent, credentialsOf } from "./credentials.js";
import { splitTarget } from "./paths.js";
import { tokenOf } from "./token.js";

export interface UpgradeRequest {
  /** By lower-case name; several of one name are joined by a comma. */
  readonly headers: Values;
  /** The request's target, path and query. It may hold a token: do not log it. */
  readonly url: string;
  /** The first value of each member of the query. */
  readonly query: Values;
  /** Values of the `{parameters}` in the path. */
  readonly parameters: Values;
  /**
   * The token, from the first of: the document's place; `Authorization: Bearer`; a subprotocol
   * `actionwire.bearer.<base64url>`; `access_token` in the query.
   */
  readonly token: string | undefined;
  /** Texts and logins by the document's names for its security schemes; absent where they were not sent. */
  readonly credentials: CredentialsSent;
  /** Where a browser's page came from; other programs send none, or lie. */
  readonly origin: string | undefined;
  /** The other end of the TCP connection, which may be a proxy. */
  readonly remoteAddress: string | undefined;
}

export function upgradeRequest(api: Api, request: IncomingMessage, parameters: Values): UpgradeRequest {
  const headers = headersOf(request);
  const query = queryOf(splitTarget(request.url ?? "/").query);
  return {
    headers,
    url: request.url ?? "/",
    query,
    parameters,
    token: tokenOf(tokenPlace(api), headers, query),
    credentials: credentialsOf(api.security ?? {}, headers, query),
    origin: headers["origin"],
    remoteAddress: request.socket.remoteAddress,
  };
}

function headersOf(request: IncomingMessage): Values {
  const headers: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  return headers;
}

function queryOf(text: string): Values {
  const query: Record<string, string> = Object.create(null);
  for (const [name, value] of new URLSearchParams(text)) query[name] ??= value;
  return query;
}
