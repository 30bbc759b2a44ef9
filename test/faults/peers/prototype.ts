/**
 * A control: the least that loses nothing in any fault here, to show that the harness finds nothing where there is nothing.
 * Numbers one by one, cumulative acknowledgements, everything unacknowledged again after each connect, and a server that
 * knows what it handled from its log. No library, and no limit on anything.
 */
import { join } from "node:path";
import { Lines } from "../lines.js";
import { load } from "../packages.js";
import type { ClientEvents, Peer, Place, Serving, Talker } from "../peer.js";
import type { ServerLog } from "../server-log.js";
import { serve, type WsModule, type WsSocket } from "../shared/plain-server.js";
import { named } from "../shared/reconnecting.js";

const RETRY = 200;
const ACK = 5;
const PING = 5_000;

interface FromServer {
  /** The last number handled; on connect, and after a while. */
  readonly last?: number;
}

/** Remembers the last number of each client: what it handled before it was killed is in the log. */
function server(port: number, log: ServerLog): Promise<Serving> {
  const last = new Map<string, number>();
  for (const { n, id } of log.read().handled) if (id !== undefined) last.set(id, n);
  return serve(port, log, (socket, client) => {
    let waiting = false;
    const tell = (): void => {
      waiting = false;
      const said: FromServer = { last: last.get(client) ?? -1 };
      socket.send(JSON.stringify(said));
    };
    tell();
    return (text) => {
      const { n }: { readonly n?: number } = JSON.parse(text);
      if (n !== undefined && n > (last.get(client) ?? -1)) {
        last.set(client, n);
        log.handled(n, client);
      }
      if (waiting) return;
      waiting = true;
      setTimeout(tell, ACK);
    };
  });
}

class Client implements Talker {
  readonly #events: ClientEvents;
  readonly #url: string;
  readonly #WebSocket: WsModule["WebSocket"];
  readonly #store: Lines<number>;
  #pending: number[] = [];
  #socket: WsSocket | undefined;
  #settled: (() => void) | undefined;

  constructor(url: string, events: ClientEvents, place: Place, WebSocket: WsModule["WebSocket"]) {
    this.#url = named(url, place);
    this.#events = events;
    this.#WebSocket = WebSocket;
    this.#store = new Lines(join(place.store, "sent"));
    this.#pending = this.#store.read();
  }

  connect(): Promise<void> {
    return new Promise((connected) => {
      const socket = new this.#WebSocket(this.#url);
      let heard = performance.now();
      const timer = setInterval(() => {
        if (performance.now() - heard > 2 * PING) socket.terminate();
        else if (this.#socket === socket) socket.send("{}");
      }, PING);
      socket.on("message", (data) => {
        heard = performance.now();
        const { last = -1 }: FromServer = JSON.parse(data.toString());
        const done = this.#pending.findIndex((n) => n > last);
        const accepted = this.#pending.splice(0, done === -1 ? this.#pending.length : done);
        for (const n of accepted) this.#events.accepted(n);
        if (!this.#socket) {
          this.#socket = socket;
          for (const n of this.#pending) socket.send(JSON.stringify({ n }));
        }
        if (this.#pending.length === 0) this.#settled?.();
        connected();
      });
      socket.on("error", () => {});
      socket.on("close", () => {
        clearInterval(timer);
        if (this.#socket) this.#events.down();
        this.#socket = undefined;
        setTimeout(() => void this.connect().then(connected), RETRY);
      });
    });
  }

  send(n: number): void {
    this.#store.append(n);
    this.#events.durable(n);
    this.#pending.push(n);
    this.#socket?.send(JSON.stringify({ n }));
  }

  settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#settled = resolve;
      if (this.#pending.length === 0) resolve();
    });
  }

  close(): void {
    this.#socket?.terminate();
  }
}

export const peers: readonly Peer[] = [
  {
    name: "prototype",
    durable: true,
    server,
    async client(url, events, place) {
      const { WebSocket } = await load<WsModule>("ws");
      const client = new Client(url, events, place, WebSocket);
      await client.connect();
      return client;
    },
  },
];
