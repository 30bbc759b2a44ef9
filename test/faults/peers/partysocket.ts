/**
 * partysocket's WebSocket: buffers what is sent while it is away (`maxEnqueuedMessages` is infinite by default), and knows
 * no acknowledgement. Its README names no option for reliability beyond the defaults; `WebSocket` is what Node needs.
 */
import { load } from "../packages.js";
import type { Peer } from "../peer.js";
import { servePlain, type WsModule } from "../shared/plain-server.js";
import { named, type Reconnecting, talkOver } from "../shared/reconnecting.js";

interface Module {
  readonly default: new (
    url: string,
    protocols: readonly string[],
    options: { readonly WebSocket: WsModule["WebSocket"] },
  ) => Reconnecting;
}

export const peers: readonly Peer[] = [
  {
    name: "partysocket",
    server: servePlain,
    async client(url, events, place) {
      const { WebSocket } = await load<WsModule>("ws");
      const { default: PartyWebSocket } = await load<Module>("partysocket/ws");
      return talkOver(new PartyWebSocket(named(url, place), [], { WebSocket }), events);
    },
  },
];
