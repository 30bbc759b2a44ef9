/**
 * Changes of a text by position: what no edit names stays as it is, byte for byte.
 */

/** At an offset of the old text: so many characters go, and others come. */
export interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

export function insertion(at: number, insert: string): Edit {
  return { at, remove: 0, insert };
}

/** What is inserted at one place comes in the order given, before what goes there. */
export function applied(text: string, edits: readonly Edit[]): string {
  let end = 0;
  let result = "";
  for (const { at, remove, insert } of edits.toSorted(
    (a, b) => a.at - b.at || Math.sign(a.remove) - Math.sign(b.remove),
  )) {
    if (at < end) throw new RangeError("two edits of one text overlap");
    result += text.slice(end, at) + insert;
    end = at + remove;
  }
  return result + text.slice(end);
}
