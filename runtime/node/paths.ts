/**
 * Which opening requests are ours: by path, `{parameters}` in it matching one segment each.
 */
import type { Api } from "../api.js";
import { below, pathnameOf } from "../path.js";
import type { Values } from "../server/index.js";

export interface Path {
  /** How many parameters it has: of several paths that fit a request, the one with the fewest is meant. */
  readonly parameters: number;
  /** The parameters' values, percent-decoded; undefined where it does not fit. */
  match(pathname: string): Values | undefined;
}

/**
 * The paths an API is served at: where a client dials it on each of its servers, or the one given instead. Variables in
 * a server's path match like parameters.
 */
export function pathsOf(api: Api, instead: string | undefined): readonly Path[] {
  if (instead !== undefined) return [pathOf(instead)];
  const urls = Object.values(api.servers).map(({ url }) => url.split(/[?#]/, 1)[0] ?? "");
  const paths = (urls.length > 0 ? urls : [""]).map((url) => pathnameOf(below(url, api.path)));
  return [...new Set(paths)].map(pathOf);
}

export function pathOf(template: string): Path {
  const names: string[] = [];
  const source = template
    .split(/\{([^{}]+)\}/)
    .map((part, index) => {
      if (index % 2 === 0) return part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
      names.push(part);
      return "([^/]+)";
    })
    .join("");
  const pattern = new RegExp(`^${source === "" ? "/" : source}$`);
  return {
    parameters: names.length,
    match(pathname) {
      const found = pattern.exec(pathname);
      return found ? decoded(names, found.slice(1)) : undefined;
    },
  };
}

/** Path and query of a request's target: `/path?query`, or a whole URL (RFC 9112, 3.2). */
export function splitTarget(target: string): { readonly pathname: string; readonly query: string } {
  const origin = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(target)?.[0] ?? "";
  const [rest = ""] = target.slice(origin.length).split("#", 1);
  const mark = rest.indexOf("?");
  const pathname = mark < 0 ? rest : rest.slice(0, mark);
  return { pathname: pathname || "/", query: mark < 0 ? "" : rest.slice(mark + 1) };
}

function decoded(names: readonly string[], texts: readonly string[]): Values | undefined {
  const values: Record<string, string> = Object.create(null);
  for (const [index, name] of names.entries()) {
    const value = percentDecoded(texts[index] ?? "");
    if (value === undefined) return undefined;
    values[name] = value;
  }
  return values;
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
