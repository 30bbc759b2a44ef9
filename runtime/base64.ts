/**
 * Bytes as base64, padded, and back (RFC 4648, section 4). By hand, since the language itself has neither `atob` nor,
 * everywhere yet, `Uint8Array.fromBase64`.
 */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const NONE = 64;
/** What each character of ASCII stands for. */
const VALUES = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = ALPHABET.indexOf(String.fromCharCode(code));
  return value < 0 ? NONE : value;
});

/** What each twelve bits are written as. */
const PAIRS = Array.from({ length: 4096 }, (_, bits) => ALPHABET.charAt(bits >> 6) + ALPHABET.charAt(bits & 63));

export function textOf(bytes: Uint8Array): string {
  const padding = (3 - (bytes.length % 3)) % 3;
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    text += `${PAIRS[group >> 12]}${PAIRS[group & 4095]}`;
  }
  return text.slice(0, text.length - padding) + "=".repeat(padding);
}

/** Undefined for what is no base64. */
export function bytesOf(text: string): Uint8Array | undefined {
  const length = text.length - (/={0,2}$/.exec(text)?.[0].length ?? 0);
  if (text.length % 4 !== 0 || length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((length * 3) / 4));
  let group = 0;
  let at = 0;
  for (let index = 0; index < length; index++) {
    const value = VALUES[text.charCodeAt(index)] ?? NONE;
    if (value === NONE) return undefined;
    group = (group << 6) | value;
    if (index % 4 > 0) bytes[at++] = (group >> (6 - 2 * (index % 4))) & 255;
  }
  return bytes;
}
