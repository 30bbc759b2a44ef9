/** Names of hosts (RFC 1123, section 2.1) and of those who have mail there (RFC 5321, section 4.1.2, ASCII). */

export function hostname(text: string): boolean {
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  return name.length <= 253 && name.split(".").every((label) => label.length <= 63 && isLabel(label));
}

/** Two labels at least, as people's addresses have; quoted names and address literals are refused. */
export function email(text: string): boolean {
  const at = text.indexOf("@");
  if (at < 1) return false;
  const labels = text.slice(at + 1).split(".");
  return text.slice(0, at).split(".").every(isAtom) && labels.length > 1 && labels.every(isLabel);
}

function isLabel(text: string): boolean {
  return /^[a-z0-9-]+$/i.test(text) && !text.startsWith("-") && !text.endsWith("-");
}

function isAtom(text: string): boolean {
  return /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+$/i.test(text);
}
