/**
 * What every attempt begins with: an address and credentials, made anew each time. Options that can never work are
 * found when the client is made; what fails later becomes a verdict on the attempt, without a word of the token.
 */
import { isWhole, join, mustBeText, pathOf, type Query, serverUrl } from "./address.js";
import type { Api } from "./api.js";
import { type Credentials, credentials, placeOf, tokenPlace } from "./authorise.js";
import type { Attempt } from "./connection.js";
import { mustBeSendable, secured } from "./credentials.js";
import type { Fresh } from "./delivery.js";
import { ActionwireError } from "./errors.js";
import type { AddressingOptions } from "./options.js";
import type { Transport } from "./transport.js";
import type { Verdict } from "./verdict.js";

/** Throws `BAD_OPTION`. `failed` is told what the application's functions throw. */
export function preparation(
  api: Api,
  options: AddressingOptions,
  transport: Transport,
  failed: (error: unknown, during: "token" | "credentials" | "url") => void,
): () => Promise<Attempt | Verdict> {
  const { url = serverUrl(api, options), token, credentials: ask, headers = {}, protocols = [] } = options;
  const query = (options.query ?? {}) as Query; // generated options give it its members; of others what can be text is printed
  mustBeText("query", query);
  mustBeText("headers", headers);
  const path = pathOf(api, options);
  const place = token && placeOf(options.tokenIn, tokenPlace(api), transport.headers);
  if (token && ask) throw new ActionwireError("BAD_OPTION", "credentials: `token` is given too; one of them says it");
  if (ask) mustBeSendable(api.security ?? {}, transport.headers);
  if (!transport.headers && Object.keys(headers).length > 0) {
    throw new ActionwireError("BAD_OPTION", "headers: this transport cannot set any (no browser's WebSocket can)");
  }
  // An address of the application's own is compared as it is, the document's as the document writes it.
  const known = options.url === undefined ? isWhole(api, options) : undefined;
  if (typeof url === "string") join(url, path, query, known);

  const attempt = (base: string, carried: Credentials): Attempt => ({
    url: join(base, path, { ...query, ...carried.query }, known),
    headers: { ...texts(headers), ...carried.headers },
    protocols: [...protocols, ...(carried.protocols ?? [])],
    first: carried.first,
  });

  return async () => {
    let during: "token" | "credentials" | "url" = "url";
    try {
      const base = typeof url === "string" ? url : await url();
      during = ask ? "credentials" : "token";
      if (ask) return attempt(base, secured(api.security ?? {}, await ask(), transport.headers));
      return attempt(base, token && place ? credentials(place, await token()) : {});
    } catch (error) {
      const code = error instanceof ActionwireError ? error.code : undefined;
      if (code === "UNAUTHORIZED") {
        const text = ask ? "there are no credentials to be had" : "there is no token to be had";
        return { is: "refused", reason: { kind: "unauthorized", text, refusals: 1 } };
      }
      failed(error, during);
      const wrong = during === "credentials" ? during : "address";
      return code === "BAD_OPTION"
        ? { is: "final", reason: { kind: "rejected", text: `the ${wrong} cannot be used` } }
        : { is: "retry", reason: { kind: "preparation", text: `the ${during} function failed` } };
    }
  };
}

/** Asks the application's functions for credentials, without an attempt to connect. Rejects as they do. */
export function fresh({ token, credentials: ask }: AddressingOptions): () => Promise<Fresh | undefined> {
  return async () => {
    if (ask) return { credentials: await ask() };
    return token && { token: await token() };
  };
}

/** Header values as the wire has them; a header that is undefined is not sent. */
function texts(headers: object): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
