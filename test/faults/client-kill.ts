/**
 * The client's process is killed twice in its stream, and started again on the same store with the next number. Only what
 * the library had called durable must arrive.
 */
import { join } from "node:path";
import type { Child } from "./child.js";
import { ClientLog } from "./client-log.js";
import { now, sleep } from "./clock.js";
import { counted } from "./counts.js";
import type { PeerName } from "./messages.js";
import { messages, type Plan, patience } from "./plan.js";
import { settle } from "./settle.js";
import { onStage } from "./stage.js";
import { address, reportOf, strikes } from "./stream.js";

/** Between the kill and the start of the next process. */
const AWAY = 500;

export interface ClientKillResult {
  readonly sent: number;
  readonly durable: number;
  /** Called durable, and never handled. */
  readonly durableLost: number;
  /** Sent and never called durable, nor handled: what died with a process. */
  readonly otherLost: number;
  readonly duplicated: number;
  readonly duplicatedWithSameId: number;
  readonly outOfOrder: number;
  readonly failedButArrived: number;
}

export function clientKill(peer: PeerName, plan: Plan): Promise<ClientKillResult> {
  return onStage(peer, async (stage) => {
    const path = join(stage.path("noted"), "client.log");
    const log = new ClientLog(path);
    const count = messages(plan);
    const port = await stage.freePort();
    await stage.server(port);
    const start = async (): Promise<Child> => {
      const from = (log.read("sent").at(-1) ?? -1) + 1;
      const client = await stage.client({ url: address(port), rate: plan.rate, from, to: count, log: path });
      client.tell("go");
      return client;
    };
    let client = await start();
    await strikes(now(), plan, async () => {
      await client.end("SIGKILL");
      await sleep(AWAY);
      client = await start();
    });
    await client.heard("sent", patience(plan));
    await settle([client], stage.log, count);
    await reportOf(client);
    const told = { failed: log.read("failed"), accepted: log.read("accepted") };
    const all = counted(log.read("sent"), stage.log.read().handled, told);
    const durable = counted(log.read("durable"), stage.log.read().handled, told);
    return {
      sent: all.sent,
      durable: durable.sent,
      durableLost: durable.lost,
      otherLost: all.lost - durable.lost,
      duplicated: all.duplicated,
      duplicatedWithSameId: all.duplicatedWithSameId,
      outOfOrder: all.outOfOrder,
      failedButArrived: all.failedButArrived,
    };
  });
}
