/**
 * Which pages live: each holds a Web Lock per stream of messages that is its own, and the browser lets go of a dead page's.
 */
import type { Locks } from "./indexeddb.js";

/** A stream is the part of a message's id before the last full stop: who accepted the message. */
export function streamOf(id: string): string {
  const end = id.lastIndexOf(".");
  return end === -1 ? id : id.slice(0, end);
}

export class PageLocks {
  readonly #locks: Locks | undefined;
  readonly #database: string;
  /** How to let go of a stream; resolves once the browser has. */
  readonly #held: Map<string, () => Promise<unknown>> = new Map();

  /** Without Web Locks (a page without https), every stream is anybody's. */
  constructor(locks: Locks | undefined, database: string) {
    this.#locks = locks;
    this.#database = database;
  }

  /** Holds the stream from now on, where no other page does. */
  take(stream: string): Promise<boolean> {
    const locks = this.#locks;
    if (locks === undefined || this.#held.has(stream)) return Promise.resolve(true);
    return new Promise((resolve, reject) => {
      const done = locks.request(`${this.#database}/${stream}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        if (lock === null) return Promise.resolve();
        return new Promise<void>((release) => {
          this.#held.set(stream, () => {
            release();
            return done;
          });
        });
      });
      done.catch(reject);
    });
  }

  async release(): Promise<void> {
    const held = [...this.#held.values()];
    this.#held.clear();
    await Promise.all(held.map((release) => release()));
  }
}
