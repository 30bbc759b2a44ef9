/** The link goes silent for good: how long until the client knows, once with a message a second and once without any. */

import { sleep } from "./clock.js";
import type { PeerName } from "./messages.js";
import { onStage } from "./stage.js";
import { address } from "./stream.js";

/** Whoever has not noticed by then counts as never. */
const LIMIT = 60_000;
/** The connection is in use for so long before, and a cut within it would be no stall. */
const BEFORE = 3_000;

export interface Noticed {
  /** Milliseconds until the application was told, or the library connected anew without telling. */
  readonly library: number | undefined;
  /** Milliseconds until the application was told. */
  readonly application: number | undefined;
}

export interface HalfOpenResult {
  readonly sending: Noticed;
  readonly idle: Noticed;
}

export async function halfOpen(peer: PeerName): Promise<HalfOpenResult> {
  const [sending, idle] = await Promise.all([noticed(peer, 1), noticed(peer, 0)]);
  return { sending, idle };
}

function noticed(peer: PeerName, rate: number): Promise<Noticed> {
  return onStage(peer, async (stage) => {
    const port = await stage.freePort();
    await stage.server(port);
    const proxy = await stage.proxy(port);
    const to = (rate * (LIMIT + 2 * BEFORE)) / 1_000;
    const client = await stage.client({ url: address(proxy.port), rate, from: 0, to });
    client.tell("go");
    await sleep(BEFORE);
    proxy.child.tell("stall");
    const { at } = await proxy.child.heard("stalled", 10_000);
    const [down, opened] = await Promise.all([client.hears("down", LIMIT, at), proxy.child.hears("opened", LIMIT, at)]);
    const moments = [down, opened].flatMap((said) => (said ? [said.at - at] : []));
    return {
      library: moments.length === 0 ? undefined : Math.min(...moments),
      application: down && down.at - at,
    };
  });
}
