/** URIs (RFC 3986; the split is its appendix B) and templates of them (RFC 6570). */
import { ipv6 } from "./ip.js";

/** With a scheme. */
export function uri(text: string): boolean {
  return /^[a-z][a-z0-9+\-.]*:/i.test(text) && uriReference(text);
}

/** With or without one. */
export function uriReference(text: string): boolean {
  const parts = /^([^:/?#]+:)?(\/\/[^/?#]*)?([^?#]*)(\?[^#]*)?(#.*)?$/s.exec(text);
  if (!parts) return false;
  const [, scheme, authority, path = "", query = "?", fragment = "#"] = parts;
  return (
    (scheme === undefined || /^[a-z][a-z0-9+\-.]*:$/i.test(scheme)) &&
    // Without a scheme, what comes before a colon would be read as one.
    (scheme !== undefined || authority !== undefined || !/^[^/]*:/.test(path)) &&
    (authority === undefined || isAuthority(authority.slice(2))) &&
    /^(?:[a-z0-9\-._~!$&'()*+,;=:@/]|%[0-9a-f]{2})*$/i.test(path) &&
    isQuery(query.slice(1)) &&
    isQuery(fragment.slice(1))
  );
}

/** Literals, and expressions in braces of variables with their modifiers. */
export function uriTemplate(text: string): boolean {
  return (
    /^(?:[^\0-\x20"'<>%\\^`{|}]|%[0-9a-f]{2}|\{[^{}]*\})*$/i.test(text) &&
    (text.match(/\{[^{}]*\}/g) ?? []).every(isExpression)
  );
}

function isExpression(braced: string): boolean {
  const variables = braced.slice(1, -1).replace(/^[+#./;?&=,!@|]/, "");
  return variables
    .split(",")
    .every((variable) => /^(?:[a-z0-9_]|%[0-9a-f]{2})+(?::[1-9][0-9]{0,3}|\*)?$/i.test(variable));
}

/** `user@host:port` */
function isAuthority(text: string): boolean {
  const at = text.indexOf("@");
  if (at >= 0 && !/^(?:[a-z0-9\-._~!$&'()*+,;=:]|%[0-9a-f]{2})*$/i.test(text.slice(0, at))) return false;
  const [, literal, name = "", port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(text.slice(at + 1)) ?? [];
  if (port !== undefined && !/^\d*$/.test(port)) return false;
  if (literal !== undefined) return ipv6(literal) || /^v[0-9a-f]+\.[a-z0-9\-._~!$&'()*+,;=:]+$/i.test(literal);
  return /^(?:[a-z0-9\-._~!$&'()*+,;=]|%[0-9a-f]{2})*$/i.test(name);
}

function isQuery(text: string): boolean {
  return /^(?:[a-z0-9\-._~!$&'()*+,;=:@/?]|%[0-9a-f]{2})*$/i.test(text);
}
