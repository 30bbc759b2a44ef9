/**
 * Where a connection is below its server: one rule, for the client that dials and for the server that is dialled.
 */

/** Scheme and host, `{variables}` in them; an address for a browser may begin with its path. */
const ORIGIN = /^(?:[^/?#]*:)?\/\/[^/?#]*/;

/** The path of a url that has neither query nor fragment; empty where only the host is named. */
export function pathnameOf(url: string): string {
  return url.replace(ORIGIN, "");
}

/** Whether a url (without query and fragment) names the connection's path already, whole segments compared. */
export function reaches(url: string, path: string): boolean {
  const ends = (text: string) => text.replace(/\/$/, "");
  return path !== "" && path !== "/" && ends(pathnameOf(url)).endsWith(ends(rooted(path)));
}

/**
 * A server's url (without query and fragment) and the connection's path below it. The path is left out where the url
 * has it already: `/v1/ws` reaches `/ws`, neither `/xws` nor the host `ws` do. Compared as the document writes both,
 * `{variables}` and `{parameters}` unfilled, so that no value of theirs changes the address.
 */
export function below(url: string, path: string): string {
  return reaches(url, path) ? whole(url, path) : append(url, path);
}

/** The path below the url, come what may. */
export function append(url: string, path: string): string {
  return path === "" ? url : url.replace(/\/$/, "") + rooted(path);
}

/** A url that reaches the path: a slash at its end stands exactly where the path has one. */
export function whole(url: string, path: string): string {
  return url.replace(/\/$/, "") + (path.endsWith("/") ? "/" : "");
}

function rooted(path: string): string {
  return path.startsWith("/") ? path : `/${path}`;
}
