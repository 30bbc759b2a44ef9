/**
 * What is used of a browser's IndexedDB (https://w3c.github.io/IndexedDB/) and Web Locks (https://w3c.github.io/web-locks/),
 * described by structure, as host.ts does. All of it may be missing.
 */

/** Something that is asked of a database, and answered in `result` by the time `onsuccess` is called. */
export interface DbRequest<Result> {
  readonly result: Result;
  readonly error: unknown;
  onsuccess: (() => void) | null;
  onerror: (() => void) | null;
}

export interface DbOpening extends DbRequest<Db> {
  onupgradeneeded: (() => void) | null;
  onblocked: (() => void) | null;
}

export interface Db {
  createObjectStore(name: string, options: { autoIncrement: boolean }): DbObjects;
  transaction(store: string, mode: "readonly" | "readwrite", options?: { durability: "strict" }): DbTransaction;
  close(): void;
  onversionchange: (() => void) | null;
}

export interface DbTransaction {
  readonly error: unknown;
  objectStore(name: string): DbObjects;
  abort(): void;
  oncomplete: (() => void) | null;
  onabort: (() => void) | null;
}

export interface DbObjects {
  createIndex(name: string, keyPath: string): unknown;
  index(name: string): { getAllKeys(key: string): DbRequest<readonly unknown[]> };
  add(value: unknown): unknown;
  delete(key: unknown): unknown;
  getAll(): DbRequest<readonly unknown[]>;
}

export interface Locks {
  /** Settles as `granted` does, after the lock is let go of. `granted` hears null where the lock is somebody else's. */
  request(
    name: string,
    options: { readonly ifAvailable: true },
    granted: (lock: object | null) => Promise<void>,
  ): Promise<unknown>;
}

export interface Browser {
  /** Reading it may throw, where the page may store nothing. */
  readonly indexedDB?: { open(name: string, version: number): DbOpening } | null;
  readonly navigator?: { readonly locks?: Locks };
}

/** The global object. */
// The language's own typing of globalThis knows none of these, and each may be missing, as above.
export const browser: Browser = globalThis as unknown as Browser;
