/**
 * Bytes as base64, padded, and back (RFC 4648, section 4). By hand, since the language itself has neither `atob` nor,
 * everywhere yet, `Uint8Array.fromBase64`.
 */
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES: ReadonlyMap<string, number> = new Map([...ALPHABET].map((letter, value) => [letter, value]));

export function textOf(bytes: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const group = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63));
    groups.push(
      letters
        .slice(0, bytes.length - at + 1)
        .join("")
        .padEnd(4, "="),
    );
  }
  return groups.join("");
}

/** Undefined for what is no base64. */
export function bytesOf(text: string): Uint8Array | undefined {
  const letters = text.replace(/={1,2}$/, "");
  if (text.length % 4 !== 0 || letters.length % 4 === 1) return undefined;
  const bytes = new Uint8Array(Math.floor((letters.length * 3) / 4));
  let group = 0;
  let at = 0;
  for (let index = 0; index < letters.length; index++) {
    const value = VALUES.get(letters.charAt(index));
    if (value === undefined) return undefined;
    group = (group << 6) | value;
    if (index % 4 > 0) bytes[at++] = (group >> (6 - 2 * (index % 4))) & 255;
  }
  return bytes;
}
