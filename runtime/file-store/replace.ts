/**
 * A new outbox file in the place of the old one: whole, or not at all.
 */
import { rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { StoredMessage } from "../session/store.js";
import { syncDirectory } from "./directory.js";
import { HEADER, lineOf } from "./lines.js";
import { Log } from "./log.js";
import type { Sync } from "./options.js";

/** Where a new file is written before it takes the old one's place; after a crash there may be part of one. */
export const draftOf = (path: string): string => `${path}.new`;

/** Rejects with the old file in place and untouched. A message has a line of its own. */
export async function replaceLog(path: string, messages: Iterable<StoredMessage>, fsync: Sync): Promise<Log> {
  const draft = draftOf(path);
  const log = await Log.create(draft, fsync);
  try {
    const lines = Array.from(messages, (message) => lineOf({ put: [message], dropped: [] }));
    await log.append(Buffer.concat([Buffer.from(HEADER), ...lines]), "always"); // before it has the name
    await rename(draft, path);
  } catch (error) {
    await log.abandon();
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
  // Which of the two files is found after the machine's failure is unknown until now: nothing may be in only one.
  await syncDirectory(dirname(path)).catch((error: unknown) => log.break(error));
  return log;
}
