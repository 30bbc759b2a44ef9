/**
 * The address of a connection: a server's url with its variables, the connection's path with its parameters, a query.
 * By hand, since the language itself has no `URL`. Errors name the option, never a value: values may be secrets.
 */
import type { Api, ServerAddress, Variables } from "./api.js";
import { ActionwireError } from "./errors.js";
import { append, reaches, whole } from "./path.js";

/** Values for the `{name}`s of a url or a path. */
export type Values = Readonly<Record<string, string | undefined>>;

/** What a query may hold: a list stands for a name that comes several times, undefined for one that is absent. */
export type Query = Readonly<Record<string, QueryValue | readonly QueryValue[] | undefined>>;
type QueryValue = string | number | boolean;

/** The options that make an address. */
export interface AddressOptions {
  readonly server?: string | undefined;
  readonly variables?: Values | undefined;
  readonly parameters?: Values | undefined;
}

/** The url of the document's server, variables filled in. Throws `BAD_OPTION`. */
export function serverUrl(api: Api, { server, variables = {} }: AddressOptions): string {
  const name = server ?? Object.keys(api.servers)[0];
  if (name === undefined)
    throw bad("url", `the document of ${api.title} names no server, so the address has to be given`);
  const address = Object.hasOwn(api.servers, name) ? api.servers[name] : undefined;
  if (!address) throw bad("server", `"${name}" is none of ${list(Object.keys(api.servers))}`);
  return fill(address.url, (variable) => variableOf(address, variable, variables));
}

/** The connection's path, parameters filled in and percent-encoded. Throws `BAD_OPTION`. */
export function pathOf(api: Api, { parameters = {} }: AddressOptions): string {
  return fill(api.path, (name) => {
    const value = chosen(`parameters.${name}`, api.parameters, name, parameters);
    if (value === undefined || value === "") throw bad(`parameters.${name}`, `the path ${api.path} needs it`);
    return encoded(`parameters.${name}`, value, encodeURIComponent);
  });
}

/** Whether the document's server itself is at the connection's path, as the document writes them. */
export function isWhole(api: Api, { server }: AddressOptions): boolean {
  const address = Object.entries(api.servers).find(([name]) => server === undefined || name === server)?.[1];
  return address !== undefined && reaches(withoutQuery(address.url), api.path);
}

/**
 * Server and path in one. The path is left out where the url has it already (`whole`, or the url ends with it), so that
 * a whole address (signed, say, or told by the server itself) can be given as well as a server's. `http` becomes `ws`; what follows a `#` is
 * dropped; a query of the url comes first. Throws `BAD_OPTION`.
 */
export function join(
  url: string,
  path: string,
  query: Query,
  isWhole: boolean = reaches(withoutQuery(url), path),
): string {
  const [beforeHash = ""] = url.split("#", 1);
  const mark = beforeHash.indexOf("?");
  const base = (mark < 0 ? beforeHash : beforeHash.slice(0, mark)).replace(/^http/i, "ws");
  if (!/^(wss?:\/\/|\/)[^\s]+$/i.test(base))
    throw bad("url", "an address starts with ws:// or wss:// (or http, or a / in a browser)");
  const pairs = mark < 0 ? [] : [beforeHash.slice(mark + 1)].filter((text) => text !== "");
  const address = isWhole ? whole(base, path) : append(base, path);
  return [address, [...pairs, ...queryPairs(query)].join("&")].filter((text) => text !== "").join("?");
}

/** Nothing says how an object would be written in a query or a header. Throws `BAD_OPTION`. */
export function mustBeText(option: "query" | "headers", members: object): void {
  for (const [name, given] of Object.entries(members)) {
    const isText = [given]
      .flat()
      .every((value) => value === undefined || /^(string|number|boolean|bigint)$/.test(typeof value));
    if (!isText) throw bad(`${option}.${name}`, "it is neither a text, a number, a boolean nor a list of these");
  }
}

function withoutQuery(url: string): string {
  return url.split(/[?#]/, 1)[0] ?? "";
}

function queryPairs(query: Query): string[] {
  return Object.entries(query).flatMap(([name, given]) =>
    (Array.isArray(given) ? (given as readonly QueryValue[]) : [given as QueryValue | undefined]) // isArray forgets readonly
      .filter((value) => value !== undefined)
      .map((value) =>
        [name, String(value)].map((text) => encoded(`query.${name}`, text, encodeURIComponent)).join("="),
      ),
  );
}

function variableOf(address: ServerAddress, name: string, variables: Values): string {
  const value = chosen(`variables.${name}`, address.variables, name, variables);
  if (value === undefined) throw bad(`variables.${name}`, `the server's url ${address.url} needs it`);
  // A host, a port or some path: what would end that part, or the address, cannot be meant.
  return encoded(`variables.${name}`, value, (text) =>
    encodeURI(text)
      .replace(/[?#@\\]/g, encodeURIComponent)
      .replace(/%5B/g, "[")
      .replace(/%5D/g, "]"),
  );
}

/** What the application says, else the document's default; one of the values that the document allows. */
function chosen(option: string, known: Variables | undefined, name: string, given: Values): string | undefined {
  const declared = known && Object.hasOwn(known, name) ? known[name] : undefined;
  const value = own(given, name) ?? declared?.default;
  if (value !== undefined && declared?.values && !declared.values.includes(value)) {
    throw bad(option, `it is none of ${list(declared.values)}`);
  }
  return value;
}

function fill(template: string, value: (name: string) => string): string {
  return template.replace(/\{([^{}]+)\}/g, (_, name: string) => value(name));
}

function own(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function encoded(option: string, value: string, encode: (text: string) => string): string {
  try {
    return encode(value);
  } catch {
    throw bad(option, "it is not well-formed Unicode");
  }
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(", ");
}

function bad(option: string, why: string): ActionwireError {
  return new ActionwireError("BAD_OPTION", `${option}: ${why}`);
}
