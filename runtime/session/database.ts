/**
 * One IndexedDB database with one table: messages, under keys that count upwards, found by their ids.
 */
import { ActionwireError } from "../errors.js";
import { browser, type Db, type DbOpening, type DbTransaction } from "./indexeddb.js";
import type { StoredMessage } from "./store.js";

const MESSAGES = "messages";
const BY_ID = "id";

/** Rejects with `BAD_OPTION` where there is no IndexedDB, or none to be had. */
export function openDatabase(name: string): Promise<Db> {
  return new Promise((resolve, reject) => {
    let refused = false;
    const refuse = (why: string, cause?: unknown): void => {
      refused = true;
      reject(new ActionwireError("BAD_OPTION", `indexedDbStore: ${why}`, cause === undefined ? {} : { cause }));
    };
    let opening: DbOpening;
    try {
      if (!browser.indexedDB) return refuse("there is no IndexedDB here; in Node, use fileStore");
      opening = browser.indexedDB.open(name, 1);
    } catch (error) {
      return refuse("this page may not use IndexedDB", error);
    }
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(MESSAGES, { autoIncrement: true }).createIndex(BY_ID, BY_ID);
    };
    opening.onblocked = () => refuse("another tab holds an older form of the database, and must be closed first");
    opening.onerror = () =>
      refuse("the database cannot be opened, as in some browsers' private windows", opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      // A page with a newer version of this code, or one that wipes the site's data, must not wait for this page.
      database.onversionchange = () => database.close();
      // Was it blocked before, and no longer is, nobody waits for it any more.
      if (refused) database.close();
      else resolve(database);
    };
  });
}

/** Everything that is kept, of every page, in order of acceptance. */
export async function readAll(database: Db): Promise<readonly StoredMessage[]> {
  const transaction = database.transaction(MESSAGES, "readonly");
  const reading = transaction.objectStore(MESSAGES).getAll();
  await completed(transaction);
  return reading.result as readonly StoredMessage[]; // nobody but `change` writes here
}

/**
 * Puts and drops in one transaction. Resolves once the system says that it is on the disk; rejects once all of it is
 * undone, for want of room or whatever else.
 */
export async function change(database: Db, put: readonly StoredMessage[], dropped: readonly string[]): Promise<void> {
  const transaction = database.transaction(MESSAGES, "readwrite", { durability: "strict" });
  const done = completed(transaction);
  try {
    const messages = transaction.objectStore(MESSAGES);
    for (const message of put) messages.add(plain(message));
    for (const id of dropped) {
      const found = messages.index(BY_ID).getAllKeys(id);
      found.onsuccess = () => {
        for (const key of found.result) messages.delete(key);
      };
    }
  } catch (error) {
    transaction.abort();
    await done.catch(() => {});
    throw error;
  }
  return done;
}

/** A failed request aborts its transaction; only then, after `abort`, is it certain that nothing of it is left. */
function completed(transaction: DbTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () =>
      reject(transaction.error ?? new ActionwireError("NOT_KEPT", "the transaction was aborted"));
  });
}

/** Member by member, and bytes copied: a clone of a view takes the whole memory behind it along. */
function plain({ id, action, frame, asks, expires, priority }: StoredMessage): StoredMessage {
  return {
    id,
    action,
    asks,
    frame: typeof frame === "string" ? frame : new Uint8Array(frame),
    ...(expires !== undefined && { expires }),
    ...(priority !== undefined && { priority }),
  };
}
