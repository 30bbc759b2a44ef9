/**
 * Where a connection is below its server: one rule, for the client that dials and for the server that is dialled.
 */

/** Scheme and host, `{variables}` in them; an address for a browser may begin with its path. */
const ORIGIN = /^(?:[^/?#]*:)?\/\/[^/?#]*/;

/** The path of a url that has neither query nor fragment; empty where only the host is named. */
export function pathnameOf(url: string): string {
  return url.replace(ORIGIN, "");
}

/**
 * A server's url (without query and fragment) and the connection's path below it. The path is left out where that of
 * the url already ends with it, whole segments compared: `/v1/ws` ends with `/ws`, neither `/xws` nor the host `ws` do.
 */
export function below(url: string, path: string): string {
  if (path === "") return url;
  const wanted = path.startsWith("/") ? path : `/${path}`;
  const trimmed = url.replace(/\/$/, "");
  return [url, trimmed].find((whole) => pathnameOf(whole).endsWith(wanted)) ?? trimmed + wanted;
}
