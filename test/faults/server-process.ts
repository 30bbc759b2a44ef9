/** A process that serves, until it is killed or told to end. */
import { peerAt } from "./all-peers.js";
import { now, sleep } from "./clock.js";
import type { ServerOrder } from "./messages.js";
import { order, say } from "./parent.js";
import { ServerLog } from "./server-log.js";

const { peer, port, log, store } = order<ServerOrder>();
const { server } = await peerAt(peer);
const serving = await server(port, new ServerLog(log), { id: "server", store });
process.once("SIGTERM", async () => {
  await Promise.race([serving.close(), sleep(5_000)]);
  process.exit(0);
});
await say({ kind: "listening", at: now() });
