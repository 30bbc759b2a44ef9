/**
 * Credentials by the names the document gives its security schemes: put in their places in the opening request. Errors
 * name the scheme, never a value.
 */
import type { TokenPlace } from "./api.js";
import type { Credentials } from "./authorise.js";
import { toBase64 } from "./base64url.js";
import { ActionwireError } from "./errors.js";

/** A name and a password, for HTTP's basic authentication. */
export interface Login {
  readonly username: string;
  readonly password: string;
}

/** What an application gives, by scheme. Generated options say which. */
export type Given = Readonly<Record<string, string | Login | undefined>>;

type Schemes = Readonly<Record<string, TokenPlace>>;

/** Throws `BAD_OPTION` for schemes that there are not, values that cannot be meant, and headers where none can be set. */
export function secured(schemes: Schemes, given: Given, headers: boolean): Credentials {
  const query = new Map<string, string>();
  const set = new Map<string, string>();
  let login: Partial<Login> | undefined;
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const place = placeIn(schemes, key);
    if (place.in === "query") query.set(place.name, textOf(key, value));
    else if (!headers) throw bad(key, NO_HEADERS);
    else if (place.basic !== undefined) login = { ...login, ...partOf(key, place.basic, value) };
    else set.set(place.name, beside(set.get(place.name), place, key, textOf(key, value)));
  }
  if (login) set.set("Authorization", basic(login));
  return { query: Object.fromEntries(query), headers: Object.fromEntries(set) };
}

const NO_HEADERS =
  "it travels in a header, and this transport cannot set any (no browser's WebSocket can); `token` offers it as a subprotocol";

/** Throws `BAD_OPTION` where no scheme could ever be sent. */
export function mustBeSendable(schemes: Schemes, headers: boolean): void {
  const all = Object.entries(schemes);
  const [first] = all;
  if (!first) throw new ActionwireError("BAD_OPTION", "credentials: the document declares no security scheme");
  if (!headers && all.every(([, place]) => place.in === "header")) throw bad(first[0], NO_HEADERS);
}

function placeIn(schemes: Schemes, key: string): TokenPlace {
  const place = Object.hasOwn(schemes, key) ? schemes[key] : undefined;
  if (place) return place;
  const known = Object.keys(schemes).map((name) => JSON.stringify(name));
  throw bad(key, `it is none of ${known.join(", ")}`);
}

function textOf(key: string, value: string | Login): string {
  if (typeof value === "string") return value;
  throw bad(key, "a text is wanted");
}

/** Cookies share one header (RFC 6265, 4.2.1); any other header has one value. */
function beside(
  before: string | undefined,
  { name, prefix = "" }: { name: string; prefix?: string },
  key: string,
  value: string,
): string {
  if (name.toLowerCase() !== "cookie") return prefix + value;
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value))
    throw bad(key, "it has characters that no cookie may have");
  return before === undefined ? prefix + value : `${before}; ${prefix}${value}`;
}

function partOf(key: string, basic: "login" | "user" | "password", value: string | Login): Partial<Login> {
  if (basic === "password") return { password: textOf(key, value) };
  if (basic === "user") return userOf(textOf(key, value));
  const login = loginOf(key, value);
  if (login.username.includes(":"))
    throw bad(key, "a username with a colon cannot be told from its password (RFC 7617, 2)");
  return login;
}

/** A key that takes the user's place often is a name and its secret in one, `name:secret`, just as the header has them. */
function userOf(text: string): Partial<Login> {
  const colon = text.indexOf(":");
  return colon < 0 ? { username: text } : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}

function loginOf(key: string, value: unknown): Login {
  if (typeof value === "object" && value !== null && "username" in value && "password" in value) {
    const { username, password } = value;
    if (typeof username === "string" && typeof password === "string") return { username, password };
  }
  throw bad(key, "a username and a password are wanted");
}

function basic({ username = "", password = "" }: Partial<Login>): string {
  try {
    return `Basic ${toBase64(`${username}:${password}`)}`;
  } catch {
    throw new ActionwireError("BAD_OPTION", "credentials: the login is not well-formed Unicode");
  }
}

function bad(key: string, why: string): ActionwireError {
  return new ActionwireError("BAD_OPTION", `credentials.${key}: ${why}`);
}
