/**
 * Many clients, of which each sends now and then, lose their server twice: once it ends gracefully, once it is killed.
 * What becomes of the messages, and how the clients' return is spread over time.
 */
import { sleep } from "./clock.js";
import { type Counts, counted } from "./counts.js";
import type { PeerName } from "./messages.js";
import type { Plan } from "./plan.js";
import { type Returned, returned } from "./returns.js";
import { settle } from "./settle.js";
import { onStage } from "./stage.js";
import { address, reportOf } from "./stream.js";

const PROCESSES = 4;
/** Milliseconds between two messages of a client. */
const EVERY = 2_000;
/** Of talk before the first fault, and after each. */
const BEFORE = 6_000;
const AFTER = 16_000;
/** Between the death of a server and the start of the next. */
const AWAY = 1_000;
const CONNECT = 120_000;

export interface HerdResult extends Counts {
  readonly clients: number;
  readonly graceful: Returned;
  readonly killed: Returned;
  readonly uncaught: readonly string[];
}

export function herd(peer: PeerName, { clients }: Plan): Promise<HerdResult> {
  return onStage(peer, async (stage) => {
    const port = await stage.freePort();
    let server = await stage.server(port);
    const each = Math.ceil(clients / PROCESSES);
    const herds = Array.from({ length: PROCESSES }, (_, index) => {
      const [first, end] = [index * each, Math.min(clients, (index + 1) * each)];
      return stage.herd({ url: address(port), first, clients: Math.max(0, end - first), every: EVERY });
    });
    const all = (word: "go" | "stop"): void => {
      for (const child of herds) child.tell(word);
    };
    const restart = async (signal: "SIGTERM" | "SIGKILL"): Promise<number> => {
      await server.child.end(signal);
      await sleep(AWAY);
      server = await stage.server(port);
      await sleep(AFTER);
      return server.at;
    };
    await Promise.all(herds.map((child) => child.heard("connected", CONNECT)));
    all("go");
    await sleep(BEFORE);
    const [graceful, killed] = [await restart("SIGTERM"), await restart("SIGKILL")];
    all("stop");
    const ends = await Promise.all(herds.map((child) => child.heard("sent", 10_000)));
    const connections = stage.log.read().connected;
    await settle(
      herds,
      stage.log,
      ends.reduce((sum, { count }) => sum + count, 0),
    );
    const reports = await Promise.all(herds.map(reportOf));
    const failed = reports.flatMap((report) => report.failed);
    const accepted = reports.flatMap((report) => report.accepted);
    const sent = reports.flatMap((report) => report.sent);
    return {
      ...counted(sent, stage.log.read().handled, { failed, accepted }),
      clients,
      graceful: returned(connections, graceful, killed, clients),
      killed: returned(connections, killed, Number.POSITIVE_INFINITY, clients),
      uncaught: reports.flatMap((report) => report.uncaught),
    };
  });
}
