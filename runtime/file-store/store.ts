/**
 * An outbox's store in a file that only grows, and is written anew when it has grown long.
 */
import { ActionwireError } from "../errors.js";
import type { OutboxStore, StoredMessage } from "../session/store.js";
import type { Claim } from "./claim.js";
import { settle } from "./directory.js";
import { lineOf } from "./lines.js";
import { takeLock } from "./lock.js";
import type { Log } from "./log.js";
import { checked, type FileStoreOptions, type Sync } from "./options.js";
import { recover } from "./recover.js";
import { replaceLog } from "./replace.js";

/** Bytes up to which a file is not worth writing anew. */
const SHORT = 1_048_576;

/** What there is between `open` and `close`. */
interface Opened {
  /** Symbolic links followed. */
  readonly path: string;
  readonly unlock: () => Promise<void>;
  /** What is kept, by id, in order of acceptance. */
  readonly messages: Map<string, StoredMessage>;
  log: Log;
  /** Bytes at which the file is written anew: twice what it was last time, so that it costs the same spread out. */
  long: number;
}

export class FileStore implements OutboxStore {
  readonly #path: string;
  readonly #fsync: Sync;
  readonly #onDamage: FileStoreOptions["onDamage"];
  #opened: Opened | undefined;

  constructor(path: string, options: FileStoreOptions) {
    this.#path = path;
    this.#fsync = checked(path, options);
    this.#onDamage = options.onDamage;
  }

  async open(): Promise<readonly StoredMessage[]> {
    try {
      const path = await settle(this.#path);
      const unlock = await takeLock(`${path}.lock`, (holder) => inUse(path, holder));
      try {
        const { messages, log } = await recover(path, this.#fsync, this.#onDamage);
        const opened = { path, unlock, messages: new Map(messages), log, long: SHORT };
        await this.#shorten(opened);
        this.#opened = opened;
        return [...messages.values()];
      } catch (error) {
        await unlock();
        throw error;
      }
    } catch (error) {
      if (error instanceof ActionwireError) throw error;
      throw new ActionwireError("BAD_OPTION", `fileStore: ${this.#path} cannot be opened`, { cause: error });
    }
  }

  async write(put: readonly StoredMessage[], dropped: readonly string[]): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined) throw new ActionwireError("CLOSED", `fileStore: ${this.#path} is not open`);
    if (put.length === 0 && dropped.length === 0) return;
    await opened.log.append(lineOf({ put, dropped }));
    for (const message of put) opened.messages.set(message.id, message);
    for (const id of dropped) opened.messages.delete(id);
    await this.#shorten(opened);
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    try {
      await opened?.log.close();
    } finally {
      await opened?.unlock();
    }
  }

  /** Writes a long file anew, without what was dropped. Where that fails, the file at hand is as good. */
  async #shorten(opened: Opened): Promise<void> {
    if (opened.log.length < opened.long) return;
    const old = opened.log;
    try {
      opened.log = await replaceLog(opened.path, opened.messages.values(), this.#fsync);
      await old.abandon();
    } catch {} // most likely there is no room for both: later again
    opened.long = Math.max(SHORT, 2 * opened.log.length);
  }
}

function inUse(path: string, { pid, host }: Claim): ActionwireError {
  const where = `is in use by process ${pid} on ${host}; give each process a path of its own`;
  const wrong = `(where that is gone, or another program, remove ${path}.lock)`;
  return new ActionwireError("BAD_OPTION", `outbox file ${path} ${where} ${wrong}`);
}
