/**
 * The other half of the client's `credentials`: what a request carries, by the document's names for its schemes.
 */
import type { TokenPlace } from "../api.js";
import type { Login } from "../credentials.js";
import type { Values } from "../server/index.js";
import { afterPrefix } from "./token.js";

/** Texts or logins by scheme; no prototype, and nothing where nothing (or nothing legible) was sent. */
export type CredentialsSent = Readonly<Record<string, string | Login | undefined>>;

export function credentialsOf(
  schemes: Readonly<Record<string, TokenPlace>>,
  headers: Values,
  query: Values,
): CredentialsSent {
  const sent: Record<string, string | Login> = Object.create(null);
  const hasPassword = Object.values(schemes).some((place) => place.in === "header" && place.basic === "password");
  for (const [key, place] of Object.entries(schemes)) {
    const found = at(place, headers, query, hasPassword);
    if (found !== undefined) sent[key] = found;
  }
  return sent;
}

function at(place: TokenPlace, headers: Values, query: Values, hasPassword: boolean): string | Login | undefined {
  if (place.in === "query") return query[place.name];
  const { name, prefix = "", basic } = place;
  const header = headers[name.toLowerCase()];
  if (basic !== undefined) return part(loginIn(header), basic, hasPassword);
  if (name.toLowerCase() !== "cookie") return afterPrefix(header, prefix);
  const cookie = header?.split(";").find((pair) => pair.trim().startsWith(prefix)); // a cookie's name has its case
  return cookie?.trim().slice(prefix.length) || undefined;
}

/** Where no scheme is the password, a key in the user's place is all there is: `name:secret`. */
function part(
  login: Login | undefined,
  basic: "login" | "user" | "password",
  hasPassword: boolean,
): string | Login | undefined {
  if (basic === "login" || login === undefined) return login;
  if (basic === "password") return login.password || undefined;
  const whole = hasPassword || login.password === "" ? login.username : `${login.username}:${login.password}`;
  return whole || undefined;
}

/** RFC 7617, section 2: base64 of UTF-8, the name up to the first colon. */
function loginIn(header: string | undefined): Login | undefined {
  const encoded = afterPrefix(header, "Basic ")?.trim();
  if (encoded === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const text = utf8(Buffer.from(encoded, "base64"));
  const colon = text?.indexOf(":") ?? -1;
  if (text === undefined || colon < 0) return undefined;
  return { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
