/**
 * Text as base64url without padding (RFC 4648, section 5), what a token may look like inside a subprotocol's name; and as
 * base64, what HTTP's basic authentication takes.
 * By hand, since the language itself has neither `btoa` nor `TextEncoder`.
 */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** base64url of the text's UTF-8. Throws a URIError for a lone surrogate, which UTF-8 cannot say. */
export function toBase64Url(text: string): string {
  const bytes = utf8(text);
  let out = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    for (const shift of [18, 12, 6, 0]) out += ALPHABET.charAt((group >> shift) & 63);
  }
  return out.slice(0, Math.ceil((bytes.length * 4) / 3));
}

/** The same text as plain base64, padded (RFC 4648, section 4). */
export function toBase64(text: string): string {
  const unpadded = toBase64Url(text).replaceAll("-", "+").replaceAll("_", "/");
  return unpadded.padEnd(Math.ceil(unpadded.length / 4) * 4, "=");
}

/** Percent-encoding is UTF-8 in another dress. */
function utf8(text: string): readonly number[] {
  const parts = encodeURIComponent(text).match(/%..|./g) ?? [];
  return parts.map((part) => (part.length === 3 ? Number.parseInt(part.slice(1), 16) : part.charCodeAt(0)));
}
