/**
 * What happened, as seen from outside, and what must be true of it.
 */

/** A handler's effect on the world: it cannot be undone. */
export interface Effect {
  readonly id: string;
  readonly stream: string;
  readonly number: number;
  readonly n: number;
  /** Which life of the server's memory it was in. */
  readonly memory: number;
  /** The server said that it may have come before. */
  readonly again: boolean;
}

/** A message that the client took. */
export interface Accepted {
  readonly n: number;
  /** Which run of the client. */
  readonly run: number;
  durable: boolean;
}

export type Fate = "acknowledged" | "rejected" | "uncertain";

export class Facts {
  readonly story: string[] = [];
  readonly problems: string[] = [];
  readonly accepted = new Map<string, Accepted>();
  readonly fates = new Map<string, { readonly fate: Fate; readonly run: number }>();
  readonly effects: Effect[] = [];
  /** The numbers that were. */
  readonly handled = new Set<number>();
  /** The store failed to let go of these when it was asked to: a later run finds them, whatever became of them. */
  readonly undropped = new Set<string>();
  /** Handled when the server died, so perhaps to be handled again. */
  readonly interrupted = new Set<string>();
  /** Requests, and how often each was settled; not a number where its asker died first. */
  readonly asked = new Map<number, number>();
  readonly #now: () => number;
  readonly #began: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#began = now();
  }

  tell(what: string): void {
    this.story.push(`${((this.#now() - this.#began) / 1_000).toFixed(3).padStart(8)} s  ${what}`);
  }

  wrong(what: string): void {
    this.problems.push(what);
    this.tell(`WRONG: ${what}`);
  }

  /**
   * A run is told once. One that comes after a crash may be told the same again, or that it is uncertain, where the store
   * had not let go of the message yet.
   */
  fate(id: string, fate: Fate, run: number): void {
    const before = this.fates.get(id);
    if (!this.accepted.has(id)) this.wrong(`${id} is ${fate}, and was never accepted`);
    if (before && (before.run === run || (before.fate !== fate && fate !== "uncertain" && !this.undropped.has(id))))
      this.wrong(`${id} is ${fate}, and was ${before.fate} before`);
    this.fates.set(id, { fate: before?.fate ?? fate, run });
    if (fate === "rejected" && this.effects.some((effect) => effect.id === id)) {
      this.wrong(`${id} is rejected, and was handled`);
    }
  }

  effect(effect: Effect): void {
    const { id, n } = effect;
    this.tell(`  server handles ${n} (${id}${effect.again ? ", perhaps again" : ""})`);
    if (!this.accepted.has(id) && !this.asked.has(n)) this.wrong(`${id} was handled, and never accepted`);
    if (this.fates.get(id)?.fate === "rejected")
      this.wrong(`${id} was handled, and its sender was told that it never is`);
    const same = this.effects.filter((before) => before.id === id);
    if (same.length > 0 && !this.interrupted.has(id)) {
      if (same.some(({ memory }) => memory === effect.memory)) this.wrong(`${id} was handled twice on one record`);
      if (!effect.again) this.wrong(`${id} was handled twice, and the second time was not said to be one`);
    }
    const later = this.effects.find(
      ({ stream, number, memory }) =>
        stream === effect.stream && number > effect.number && (memory === effect.memory || same.length === 0),
    );
    if (later && !this.interrupted.has(id)) this.wrong(`${id} was handled after ${later.id}`);
    this.effects.push(effect);
    this.handled.add(n);
  }

  /** At the end: nothing is open. */
  settle(lastRun: number): void {
    for (const [id, { n, run, durable }] of this.accepted) {
      if (!this.fates.has(id) && (durable || run === lastRun))
        this.wrong(`${n} (${id}) was accepted, and nothing came of it`);
      if (this.fates.get(id)?.fate === "acknowledged" && !this.handled.has(n)) {
        this.wrong(`${n} (${id}) is acknowledged, and was never handled`);
      }
    }
    for (const [n, times] of this.asked)
      if (times !== 1 && !Number.isNaN(times)) this.wrong(`request ${n} was settled ${times} times`);
  }
}

/** A series of numbers that a client hears. */
export class Series {
  readonly #name: string;
  readonly #facts: Facts;
  #last: number | undefined;
  #mayMiss = false;

  constructor(name: string, facts: Facts) {
    this.#name = name;
    this.#facts = facts;
  }

  /** The client was told that something is out of reach. */
  gap(): void {
    this.#mayMiss = true;
  }

  hear(n: number): void {
    const last = this.#last;
    if (last !== undefined && n <= last) this.#facts.wrong(`${this.#name} ${n} was heard after ${last}`);
    if (last !== undefined && n > last + 1 && !this.#mayMiss) {
      this.#facts.wrong(`${this.#name} ${n} was heard after ${last}, and nobody said that something is missing`);
    }
    this.#mayMiss = false;
    this.#last = n;
  }

  /** At the end all is heard, or it was said that it is not. */
  settle(n: number): void {
    if (this.#last !== undefined && this.#last !== n && !this.#mayMiss) {
      this.#facts.wrong(`${this.#name} ended with ${this.#last} instead of ${n}`);
    }
  }
}
