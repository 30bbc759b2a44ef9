/** A pattern that JavaScript can compile; Perl's `\Z` compiles, too, but does not mean what its author wants. */
export function regex(text: string): boolean {
  if (/[^\\]\\Z/.test(text)) return false;
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
