/** Internet addresses. */

/** Four decimal bytes (RFC 2673, section 3.2). */
export function ipv4(text: string): boolean {
  const bytes = text.split(".", 5);
  return bytes.length === 4 && bytes.every((byte) => /^(?:0|[1-9]\d{0,2})$/.test(byte) && Number(byte) <= 255);
}

/** Eight groups, one run of zero ones written `::`, the last two perhaps as an IPv4 address (RFC 4291, section 2.2). */
export function ipv6(text: string): boolean {
  const halves = text.split("::", 3);
  const [head = "", tail] = halves;
  if (halves.length > 2) return false;
  if (tail === undefined) return groups(head, true) === 8;
  const count = (head === "" ? 0 : groups(head, false)) + (tail === "" ? 0 : groups(tail, true));
  return count <= 7;
}

/** How many groups of 16 bits; NaN where one of them is none. */
function groups(text: string, last: boolean): number {
  const parts = text.split(":", 9);
  const end = parts[parts.length - 1] ?? "";
  const dotted = last && end.includes(".");
  if (dotted && !ipv4(end)) return Number.NaN;
  const hex = dotted ? parts.slice(0, -1) : parts;
  return hex.every((part) => /^[0-9a-f]{1,4}$/i.test(part)) ? hex.length + (dotted ? 2 : 0) : Number.NaN;
}
