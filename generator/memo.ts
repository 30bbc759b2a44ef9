/**
 * What was made of a text once, for who asks again in the same process: after an edit most of a document is what it was.
 * Bounded by how much text it holds; what has not been asked for longest goes first.
 */

const LIMIT = 32_000_000; // UTF-16 units

export class Memo<Made extends { readonly text: string }> {
  readonly #known = new Map<string, Made>();
  #size = 0;

  /** What `make` made of this key, now or before. */
  of(key: string, make: () => Made): Made {
    const before = this.#known.get(key);
    if (before) {
      this.#known.delete(key); // and asked for last
      this.#known.set(key, before);
      return before;
    }
    const made = make();
    this.#known.set(key, made);
    this.#size += key.length + made.text.length;
    for (const [oldest, { text }] of this.#known) {
      if (this.#size <= LIMIT) break;
      this.#known.delete(oldest);
      this.#size -= oldest.length + text.length;
    }
    return made;
  }
}
