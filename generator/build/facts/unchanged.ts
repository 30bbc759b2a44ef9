/**
 * Answers about schemas, for who asks again in the same process: as long as all types that were looked at on the way are
 * the very same, so is the answer. Those that say the same are the same objects (`build/same.ts`).
 */

/** What is declared by a name. */
type Find<Found> = (name: string) => Found | undefined;

interface Known<Found, Answer> {
  readonly answer: Answer;
  /** What was looked at, by name. */
  readonly seen: ReadonlyMap<string, Found | undefined>;
}

export class Unchanged<Found, Answer> {
  readonly #known = new WeakMap<object, Known<Found, Answer>>();

  /** What `make` answers about this, now or before; what others say it asks of what it is given. */
  of(about: object, find: Find<Found>, make: (find: Find<Found>) => Answer): Answer {
    const before = this.#known.get(about);
    if (before && holds(before, find)) return before.answer;
    const seen = new Map<string, Found | undefined>();
    const answer = make((name) => {
      const found = find(name);
      seen.set(name, found);
      return found;
    });
    this.#known.set(about, { answer, seen });
    return answer;
  }
}

function holds<Found>({ seen }: Known<Found, unknown>, find: Find<Found>): boolean {
  for (const [name, found] of seen) if (find(name) !== found) return false;
  return true;
}
