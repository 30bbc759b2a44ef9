/**
 * A process that keeps and drops messages in an outbox file as fast as it can, and says on its standard output what it is
 * about to do and what has been done, until it is killed: `store-writer.ts <path> <stream> <fsync>`.
 */
import { statSync, writeSync } from "node:fs";
import { fileStore } from "../../runtime/file-store/index.js";
import type { StoredMessage } from "../../runtime/session/store.js";

const [path = "", stream = "", fsync = "always"] = process.argv.slice(2);
// Synchronous, so that what is said is said, however the process ends.
const say = (what: string, ids: readonly string[]): void => {
  if (ids.length > 0) writeSync(1, ids.map((id) => `${what} ${id}\n`).join(""));
};

const store = fileStore(path, { fsync: fsync === "always" ? fsync : "never" });
const kept = (await store.open()).map(({ id }) => id);
say("found", kept);
say("open", ["."]);
let size = 0;
for (let n = 1; ; ) {
  const put: StoredMessage[] = Array.from({ length: 1 + (n % 4) }, () => ({
    id: `${stream}.${n++}`,
    action: "say",
    asks: false,
    // Long ones now and then, so that a write takes several pages and the file is soon long enough to be written anew.
    frame: "é\ud800".repeat(n % 7 === 0 ? 8_000 : 20),
  }));
  // About as many as are put, so that the file does not grow for ever.
  const dropped = kept.length > 12 ? kept.splice(0, 3) : [];
  const ids = put.map(({ id }) => id);
  say("putting", ids);
  say("dropping", dropped);
  await store.write(put, dropped);
  say("put", ids);
  say("dropped", dropped);
  kept.push(...ids);
  const before = size;
  size = statSync(path).size;
  if (size < before) say("shortened", ["."]);
}
