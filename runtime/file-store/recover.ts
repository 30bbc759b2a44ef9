/**
 * An outbox file as the last process left it, made fit to be written to.
 */
import { link, readFile, rm } from "node:fs/promises";
import { ActionwireError } from "../errors.js";
import type { StoredMessage } from "../session/store.js";
import { HEADER } from "./lines.js";
import { Log } from "./log.js";
import type { FileStoreOptions, Sync } from "./options.js";
import { draftOf, replaceLog } from "./replace.js";
import { replay } from "./replay.js";

export interface Recovered {
  /** What is kept, by id, in order of acceptance. */
  readonly messages: ReadonlyMap<string, StoredMessage>;
  readonly log: Log;
}

/** The lock is held. Throws `BAD_OPTION` for a file that is something else. */
export async function recover(path: string, fsync: Sync, onDamage: FileStoreOptions["onDamage"]): Promise<Recovered> {
  await rm(draftOf(path), { force: true });
  const bytes = await contentOf(path);
  // What was begun and never got to its first line's end.
  if (HEADER.startsWith(bytes.toString("latin1", 0, HEADER.length)) && bytes.byteLength < HEADER.length) {
    return { messages: new Map(), log: await replaceLog(path, [], fsync) };
  }
  const { messages, length, damaged, readable } = replay(bytes);
  if (readable === 0) {
    throw new ActionwireError("BAD_OPTION", `fileStore: ${path} is there already, and is no outbox file`);
  }
  if (damaged.length === 0) return { messages, log: await Log.open(path, fsync, length) };
  const movedTo = `${path}.damaged-${new Date().toISOString().replaceAll(":", "-")}`;
  await link(path, movedTo); // a second name: there is no moment in which the file has none
  const log = await replaceLog(path, messages.values(), fsync);
  try {
    onDamage?.({ path, movedTo, lines: damaged, kept: messages.size });
    return { messages, log };
  } catch (error) {
    await log.abandon();
    throw error;
  }
}

async function contentOf(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.alloc(0);
    throw error;
  }
}
