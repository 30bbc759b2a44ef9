/**
 * Which opening requests are ours: by path, `{parameters}` in it matching one segment each.
 */
import type { Api } from "../api.js";
import type { Values } from "../server/index.js";

export interface Path {
  /** How many parameters it has: of several paths that fit a request, the one with the fewest is meant. */
  readonly parameters: number;
  /** The parameters' values, percent-decoded; undefined where it does not fit. */
  match(pathname: string): Values | undefined;
}

/** The paths an API is served at: below each of its servers, or at the one given instead. */
export function pathsOf(api: Api, instead: string | undefined): readonly Path[] {
  if (instead !== undefined) return [pathOf(instead)];
  const bases = Object.values(api.servers).map(({ url }) => basePath(url));
  return [...new Set(bases.length > 0 ? bases : [""])].map((base) => pathOf(base + leading(api.path)));
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

/** A server's path, without the slash at its end. Variables in it match like parameters. */
function basePath(url: string): string {
  const [rest = ""] = url.replace(/^[^/]*:\/\/[^/?#]*/, "").split(/[?#]/, 1);
  return rest.replace(/\/+$/, "");
}

function leading(path: string): string {
  return path === "" || path.startsWith("/") ? path : `/${path}`;
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
