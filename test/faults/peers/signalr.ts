/**
 * @microsoft/signalr as its documentation recommends: `withAutomaticReconnect` and `withStatefulReconnect`, both with their
 * defaults, against a server of ours (`shared/signalr-server.ts`).
 *
 * - `signalr-stateful`: `send`, whose promise says that the message was handed over, not that it arrived.
 * - `signalr-stateful-invoke`: `invoke`, whose promise waits for the server's completion.
 */
import { load } from "../packages.js";
import { type ClientEvents, NEVER, type Peer, type Place, type Talker } from "../peer.js";
import { Pending } from "../shared/pending.js";
import { named } from "../shared/reconnecting.js";
import { serveSignalR } from "../shared/signalr-server.js";

interface Module {
  readonly HubConnectionBuilder: new () => Builder;
  readonly LogLevel: { readonly None: number };
}

interface Builder {
  withUrl(url: string): Builder;
  withAutomaticReconnect(): Builder;
  withStatefulReconnect(): Builder;
  configureLogging(level: number): Builder;
  build(): Connection;
}

interface Connection {
  start(): Promise<void>;
  stop(): Promise<void>;
  send(method: "number", n: number): Promise<void>;
  invoke(method: "number", n: number): Promise<void>;
  onreconnecting(hear: () => void): void;
  onclose(hear: () => void): void;
}

async function connect(url: string, events: ClientEvents, place: Place): Promise<Connection> {
  const { HubConnectionBuilder, LogLevel } = await load<Module>("@microsoft/signalr");
  const connection = new HubConnectionBuilder()
    .withUrl(named(url.replace(/^ws/, "http"), place))
    .withAutomaticReconnect()
    .withStatefulReconnect()
    .configureLogging(LogLevel.None)
    .build();
  connection.onreconnecting(() => events.down());
  connection.onclose(() => events.down());
  await connection.start();
  return connection;
}

async function sender(url: string, events: ClientEvents, place: Place): Promise<Talker> {
  const connection = await connect(url, events, place);
  return {
    send(n) {
      connection.send("number", n).catch(() => events.failed(n));
    },
    settled: () => NEVER,
    close: () => connection.stop(),
  };
}

async function invoker(url: string, events: ClientEvents, place: Place): Promise<Talker> {
  const connection = await connect(url, events, place);
  const pending = new Pending(events);
  return {
    send(n) {
      pending.add(n);
      connection.invoke("number", n).then(
        () => pending.accepted(n),
        () => pending.failed(n),
      );
    },
    settled: () => pending.settled(),
    close: () => connection.stop(),
  };
}

export const peers: readonly Peer[] = [
  { name: "signalr-stateful", server: serveSignalR, client: sender },
  { name: "signalr-stateful-invoke", server: serveSignalR, client: invoker },
];
