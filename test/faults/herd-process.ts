/** A process with many clients, each of which sends now and then from `go` until `stop`. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { peerAt } from "./all-peers.js";
import { now, sleep } from "./clock.js";
import { Hearing } from "./hearing.js";
import type { HerdOrder } from "./messages.js";
import { numberOf } from "./numbers.js";
import { order, say, word } from "./parent.js";
import type { Talker } from "./peer.js";

/** So many connect at once at the start, which is no fault to measure. */
const BATCH = 25;

const { peer, url, store, first, clients, every } = order<HerdOrder>();
const [go, stop, finish] = [word("go"), word("stop"), word("finish")];
const hearing = new Hearing();
const { client } = await peerAt(peer);
const talkers: Talker[] = [];
for (let index = first; index < first + clients; index += BATCH) {
  const batch = Array.from({ length: Math.min(BATCH, first + clients - index) }, (_, offset) =>
    connect(index + offset),
  );
  talkers.push(...(await Promise.all(batch)));
}
await say({ kind: "connected" });

await go;
const timers = talkers.map((talker, index) => talk(talker, first + index));
await stop;
for (const end of timers) end();
await say({ kind: "sent", at: now(), count: hearing.count });
void Promise.all(talkers.map((talker) => talker.settled())).then(() => say({ kind: "settled", at: now() }));

await finish;
await say(hearing.report());
await Promise.race([Promise.all(talkers.map((talker) => talker.close())), sleep(1_000)]);
process.exit(0);

function connect(index: number): Promise<Talker> {
  const id = `client-${index}`;
  const own = join(store, id);
  mkdirSync(own, { recursive: true });
  return client(url, hearing, { id, store: own });
}

/** Starts somewhere in the interval, so that the herd as a whole sends evenly. */
function talk(talker: Talker, index: number): () => void {
  let sent = 0;
  const send = (): void => hearing.send(talker, numberOf(index, sent++));
  let interval: NodeJS.Timeout | undefined;
  const delay = setTimeout(
    () => {
      send();
      interval = setInterval(send, every);
    },
    (every * (index - first)) / clients,
  );
  return () => {
    clearTimeout(delay);
    clearInterval(interval);
  };
}
