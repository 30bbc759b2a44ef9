/** The server's process is killed twice in a stream, without warning, and started again a second later. */
import { sleep } from "./clock.js";
import type { PeerName } from "./messages.js";
import type { Plan } from "./plan.js";
import { onStage } from "./stage.js";
import { address, type StreamResult, stream } from "./stream.js";

const AWAY = 1_000;

export function kill(peer: PeerName, plan: Plan): Promise<StreamResult> {
  return onStage(peer, async (stage) => {
    const port = await stage.freePort();
    let server = await stage.server(port);
    return stream(stage, address(port), plan, async () => {
      await server.child.end("SIGKILL");
      await sleep(AWAY);
      server = await stage.server(port);
      return server.at;
    });
  });
}
