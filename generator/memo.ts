/**
 * What was made once, for who asks again in the same process: after an edit most of a document is what it was.
 */

const LIMIT = 32_000_000; // UTF-16 units

/** What `make` makes of an object, made once. */
export function once<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, { readonly made: Made }>();
  return (of) => {
    const before = known.get(of);
    if (before) return before.made;
    const made = make(of);
    known.set(of, { made });
    return made;
  };
}

/**
 * What was made of a text. Bounded by how much text there is; what has not been asked for longest goes first.
 */
export class Memo<Made> {
  readonly #sizeOf: (made: Made) => number;
  readonly #known = new Map<string, Made>();
  #size = 0;

  /** `sizeOf`: how much there is of what is made, in UTF-16 units. */
  constructor(sizeOf: (made: Made) => number) {
    this.#sizeOf = sizeOf;
  }

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
    this.#size += key.length + this.#sizeOf(made);
    for (const [oldest, gone] of this.#known) {
      if (this.#size <= LIMIT) break;
      this.#known.delete(oldest);
      this.#size -= oldest.length + this.#sizeOf(gone);
    }
    return made;
  }
}
