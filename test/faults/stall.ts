/** The link goes silent twice in a stream, in both directions and without a word, and is reset two seconds later. */
import { sleep } from "./clock.js";
import type { PeerName } from "./messages.js";
import type { Plan } from "./plan.js";
import { onStage } from "./stage.js";
import { address, type StreamResult, stream } from "./stream.js";

const SILENT = 2_000;
const ANSWER = 10_000;

export function stall(peer: PeerName, plan: Plan): Promise<StreamResult> {
  return onStage(peer, async (stage) => {
    const port = await stage.freePort();
    await stage.server(port);
    const proxy = await stage.proxy(port);
    let since = 0;
    return stream(stage, address(proxy.port), plan, async () => {
      proxy.child.tell("stall");
      since = (await proxy.child.heard("stalled", ANSWER, since)).at;
      await sleep(SILENT);
      proxy.child.tell("cut");
      since = (await proxy.child.heard("cut", ANSWER, since)).at;
      return since;
    });
  });
}
