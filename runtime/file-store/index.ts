/**
 * `@actionwire/runtime/file-store`: an outbox that survives its process, in a file, for Node.
 */
import type { OutboxStore } from "../session/store.js";
import type { FileStoreOptions } from "./options.js";
import { FileStore } from "./store.js";

export type { OutboxStore, StoredMessage } from "../session/store.js";
export type { Damage, FileStoreOptions, Sync } from "./options.js";

/**
 * Keeps messages in the file at `path`, which it makes, with its folder, where it is missing, readable by its owner
 * alone. One process at a time has it open, seen to by `<path>.lock`; a dead process's lock is taken over. `open`
 * rejects with `BAD_OPTION` where the file is in use, is something else or cannot be had; `write` with the system's own
 * error, and once the disk has failed in a way that leaves the file's end unknown, every later one too.
 * Throws `BAD_OPTION`.
 */
export function fileStore(path: string, options: FileStoreOptions = {}): OutboxStore {
  return new FileStore(path, options);
}
