/**
 * How findings name several things in one sentence.
 */

/** So many are named; the rest is counted. */
const NAMED = 3;

/** `a, b, c and 9 more`; what has the same name is named once. */
export function listed(all: readonly string[]): string {
  const names = [...new Set(all)];
  const shown = names.length === NAMED + 1 ? names : names.slice(0, NAMED);
  const rest = all.length - shown.length;
  const words = rest === 0 ? shown : [...shown, `${rest} more`];
  return words.length === 1 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** `1 message`, `3 messages` */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}
