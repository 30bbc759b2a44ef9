/**
 * Actionwire's session delivery, by what a server remembers when its process is killed: `actionwire` finds what it handled
 * in the log, where each handler's effect is the record of itself; `actionwire-memory` has forgotten it. The client of
 * `actionwire-durable` keeps its outbox in a file, synced before a message leaves. `actionwire-plain` is what travels to
 * servers of anybody's. Of its options only bounds are raised, since a stream of thousands a second is meant here.
 */
import { createServer } from "node:http";
import { join } from "node:path";
import { type Api, Client, type ClientOptions } from "@actionwire/runtime";
import { fileStore } from "@actionwire/runtime/file-store";
import { mount } from "@actionwire/runtime/node";
import { type Context, memorySessions, Sender, type SessionStore } from "@actionwire/runtime/server";
import { type SessionOptions, session } from "@actionwire/runtime/session";
import { wsTransport } from "@actionwire/runtime/ws";
import type { ClientEvents, Peer, Place, Serving, Talker } from "../peer.js";
import type { ServerLog } from "../server-log.js";
import { named } from "../shared/reconnecting.js";

interface Numbered {
  readonly n: number;
}

const api: Api = {
  runtime: 1,
  title: "Numbers",
  version: "1.0.0",
  hash: "0",
  servers: {},
  path: "",
  toServer: {
    actions: { say: { labels: { action: "say" }, validate: () => true } },
    dispatch: { by: "value", at: ["action"], cases: [["say", "say"]] },
  },
  toClient: { actions: {}, dispatch: null },
};

class NumbersClient extends Client {
  say(n: number): string {
    return this.send("say", { n });
  }
}

class NumbersSender extends Sender {}

/** What was handled is in the log: the effect and the record of it are one line. */
function recordedIn(log: ServerLog): SessionStore {
  const last = new Map<string, number>();
  for (const { id } of log.read().handled) {
    const dot = id?.lastIndexOf(".") ?? -1;
    if (id !== undefined && dot >= 0) last.set(id.slice(0, dot), Number(id.slice(dot + 1)));
  }
  return {
    ...memorySessions(),
    handled: (streams) => streams.map((name) => last.get(name)),
    record: (stream, number) => void last.set(stream, number),
  };
}

async function serve(port: number, log: ServerLog, store: SessionStore): Promise<Serving> {
  const server = createServer();
  const routes = {
    say: ({ n }: Numbered, { delivery }: Context) =>
      log.handled(n, delivery && `${delivery.stream}.${delivery.number}`),
  };
  const mounted = mount<undefined, NumbersSender>(server, api, NumbersSender, routes, {
    authorize: "anyone",
    rate: { perSecond: 100_000, burst: 100_000 },
    sessions: { store },
    onOpen: ({ query }) => log.connected(query["client"]),
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return {
    async close() {
      await mounted.close();
      server.close();
    },
  };
}

async function talk(
  url: string,
  events: ClientEvents,
  place: Place,
  delivery: ((callbacks: SessionOptions) => ClientOptions["delivery"]) | undefined,
): Promise<Talker> {
  const numbers = new Map<string, number>();
  const each = (ids: readonly string[], tell: (n: number) => void): void => {
    for (const id of ids) {
      const n = numbers.get(id);
      if (n !== undefined) tell(n);
    }
  };
  const callbacks: SessionOptions = {
    onDurable: (ids) => each(ids, (n) => events.durable(n)),
    onAcknowledged: (id) => each([id], (n) => events.accepted(n)),
    onRejected: ({ message: { id } }) => each([id], (n) => events.failed(n)),
    onResync: () => {},
  };
  const made = delivery?.(callbacks);
  const client = new NumbersClient(api, {
    url: named(url, place),
    transport: wsTransport(),
    outbox: { maxMessages: 100_000, maxBytes: 64 * 1024 * 1024 },
    ...(made && { delivery: made }),
    onState: ({ at }) => {
      if (at === "waiting" || at === "stopped") events.down();
    },
    onUncertain: ({ messages }) =>
      each(
        messages.map(({ id }) => id),
        (n) => events.failed(n),
      ),
  });
  await new Promise<void>((opened) => {
    const undo = client.watch(({ at }) => {
      if (at !== "open") return;
      undo();
      opened();
    });
    client.connect();
  });
  return {
    send: (n) => void numbers.set(client.say(n), n),
    settled: () => client.drained(),
    close: () => void client.close(),
  };
}

export const peers: readonly Peer[] = [
  {
    name: "actionwire",
    own: true,
    server: (port, log) => serve(port, log, recordedIn(log)),
    client: (url, events, place) => talk(url, events, place, session),
  },
  {
    name: "actionwire-memory",
    own: true,
    server: (port, log) => serve(port, log, memorySessions()),
    client: (url, events, place) => talk(url, events, place, session),
  },
  {
    name: "actionwire-durable",
    own: true,
    durable: true,
    server: (port, log) => serve(port, log, recordedIn(log)),
    client: (url, events, place) =>
      talk(url, events, place, (callbacks) => session({ ...callbacks, store: fileStore(join(place.store, "outbox")) })),
  },
  {
    name: "actionwire-plain",
    own: true,
    server: (port, log) => serve(port, log, memorySessions()),
    client: (url, events, place) => talk(url, events, place, undefined),
  },
];
