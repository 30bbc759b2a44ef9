/**
 * Who speaks for which session and stream. One connection does, the newest: what an older one has said and was not
 * handled yet is dropped before the newer is told what was, or a message could be handled twice.
 */
export interface Holder {
  /** Somebody newer speaks for it. Resolves when nothing that it said is being handled any more. */
  fence(): Promise<void>;
}

export class Holders {
  readonly #byName = new Map<string, Holder>();

  /** Resolves when nobody older speaks for any of the names. */
  async claim(names: readonly string[], holder: Holder): Promise<void> {
    const older = new Set<Holder>();
    for (const name of names) {
      const other = this.#byName.get(name);
      if (other && other !== holder) older.add(other);
      this.#byName.set(name, holder);
    }
    await Promise.all([...older].map((other) => other.fence()));
  }

  /** Nobody speaks for anything any more. Resolves when nothing is being handled. */
  async fenceAll(): Promise<void> {
    const all = new Set(this.#byName.values());
    this.#byName.clear();
    await Promise.all([...all].map((holder) => holder.fence()));
  }

  release(names: readonly string[], holder: Holder): void {
    for (const name of names) if (this.#byName.get(name) === holder) this.#byName.delete(name);
  }
}
