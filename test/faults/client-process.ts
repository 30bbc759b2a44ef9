/** A process with one client, which sends a stream of numbers when told to go, and reports when told to finish. */
import { peerAt } from "./all-peers.js";
import { ClientLog } from "./client-log.js";
import { now, sleep } from "./clock.js";
import { Hearing, NotedHearing } from "./hearing.js";
import type { ClientOrder } from "./messages.js";
import { order, say, word } from "./parent.js";

/** Sends in steps of about this many milliseconds: what is due by then, so that the rate holds whatever the timers do. */
const STEP = 5;

const { peer, url, store, rate, from, to, log } = order<ClientOrder>();
const [go, finish] = [word("go"), word("finish")];
const hearing = log === undefined ? new Hearing() : new NotedHearing(new ClientLog(log));
const { client } = await peerAt(peer);
const talker = await client(url, hearing, { id: "client-0", store });
await say({ kind: "connected" });

await go;
const start = now();
for (let next = from; next < to; ) {
  const due = Math.min(to, from + Math.floor(((now() - start) * rate) / 1_000));
  for (; next < due; next++) hearing.send(talker, next);
  await sleep(STEP);
}
await say({ kind: "sent", at: now(), count: to - from });
void talker.settled().then(() => say({ kind: "settled", at: now() }));

await finish;
await say(hearing.report());
await Promise.race([talker.close(), sleep(1_000)]);
process.exit(0);
