/**
 * A browser sends its cookies with any page's WebSocket, and says in `Origin` which page it was. Unless listed, only
 * pages of the server's own host may connect (OWASP: cross-site WebSocket hijacking).
 */
import type { Values } from "../server/index.js";

/** Whether the request comes from a page that may. No `Origin`: no browser, and nothing to protect. */
export function originAllowed(headers: Values, listed: readonly string[] | "any"): boolean {
  const origin = headers["origin"];
  if (origin === undefined || listed === "any" || listed.includes(origin)) return true;
  const page = parse(origin);
  // Read with the page's own scheme, so that a default port said by only one of them makes no difference.
  const here = page && parse(`${page.protocol}//${headers["host"] ?? ""}`);
  return page !== undefined && here !== undefined && page.host !== "" && page.host === here.host;
}

function parse(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}
