/**
 * An outbox's store in a browser's IndexedDB, shared by all tabs: a message belongs to the page that accepted it for as
 * long as that page lives, and then to the first page that opens the store after it.
 */
import { ActionwireError } from "../errors.js";
import { change, openDatabase, readAll } from "./database.js";
import { browser, type Db } from "./indexeddb.js";
import { PageLocks, streamOf } from "./page-locks.js";
import type { OutboxStore, StoredMessage } from "./store.js";

interface Opened {
  readonly database: Db;
  readonly locks: PageLocks;
}

/**
 * Keeps messages in the IndexedDB database `actionwire/<name>`; a write resolves once it is on the disk, as far as the
 * browser can tell (`durability: "strict"`). Any number of tabs may use the same name.
 *
 * `open` hands out what closed and crashed pages left, and nothing of the pages that live, which is told by Web Locks;
 * a page without https (`localhost` aside) has none, and there a new tab takes over what the others have waiting, so that
 * it may be sent twice. `open` rejects with `BAD_OPTION` where there is no IndexedDB or it refuses; `write` with the
 * browser's error (`QuotaExceededError`, ...), and for good after the site's data was wiped.
 */
export function indexedDbStore(name: string): OutboxStore {
  const fullName = `actionwire/${name}`;
  let opened: Opened | undefined;
  return {
    async open() {
      const database = await openDatabase(fullName);
      const locks = new PageLocks(browser.navigator?.locks, fullName);
      try {
        const left = await adopt(database, locks);
        opened = { database, locks };
        return left;
      } catch (error) {
        await close({ database, locks });
        throw error;
      }
    },
    async write(put, dropped) {
      if (opened === undefined) throw new ActionwireError("CLOSED", `indexedDbStore: ${name} is not open`);
      const { database, locks } = opened;
      // Before anybody can see the first message of a stream, it is known to be this page's.
      for (const stream of streamsOf(put)) {
        if (!(await locks.take(stream))) throw new ActionwireError("BAD_OPTION", `${stream} is another page's stream`);
      }
      await change(database, put, dropped);
    },
    async close() {
      if (opened === undefined) return;
      const closing = opened;
      opened = undefined;
      await close(closing);
    },
  };
}

/** What dead pages left. It is read anew once theirs are held: until then they may have lived, and dropped some. */
async function adopt(database: Db, locks: PageLocks): Promise<readonly StoredMessage[]> {
  const streams = streamsOf(await readAll(database));
  const taken = await Promise.all(streams.map((stream) => locks.take(stream)));
  const ours = new Set(streams.filter((_, index) => taken[index]));
  const messages = (await readAll(database)).filter(({ id }) => ours.has(streamOf(id)));
  // An id that was put again has the place of the first and the content of the last, as a Map has it.
  return [...new Map(messages.map((message) => [message.id, message])).values()];
}

/** The database first: who is seen to be gone must write nothing more. */
async function close({ database, locks }: Opened): Promise<void> {
  database.close();
  await locks.release();
}

function streamsOf(messages: readonly StoredMessage[]): readonly string[] {
  return [...new Set(messages.map(({ id }) => streamOf(id)))];
}
