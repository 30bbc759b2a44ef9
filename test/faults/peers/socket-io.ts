/**
 * socket.io with its own server.
 *
 * - `socket.io`: the defaults, "at most once"; what is emitted while it is away is buffered.
 * - `socket.io-retries`: its at-least-once recipe (delivery-guarantees; tutorial, step 8): `retries` with `ackTimeout`, a
 *   handler that calls back, and an offset of the client's that tells messages apart. `retries` is 10, not the 3 of the
 *   example, so that it is not the count that ends a message; `ackTimeout` is the 10 s of the example.
 */
import { createServer, type Server as HttpServer } from "node:http";
import { load } from "../packages.js";
import { type ClientEvents, NEVER, type Peer, type Place, type Serving, type Talker } from "../peer.js";
import type { ServerLog } from "../server-log.js";
import { Pending } from "../shared/pending.js";

interface ServerModule {
  readonly Server: new () => {
    on(event: "connection", hear: (socket: ServerSocket) => void): void;
    attach(server: HttpServer): void;
    close(): Promise<void>;
  };
}

interface ServerSocket {
  readonly handshake: { readonly query: { readonly client?: string } };
  on(event: "number", hear: (n: number, offset: string, done?: () => void) => void): void;
}

interface ClientModule {
  io(url: string, options: object): ClientSocket;
}

interface ClientSocket {
  on(event: "connect" | "disconnect", hear: () => void): void;
  once(event: "connect", hear: () => void): void;
  emit(event: "number", n: number, offset: string, told?: (error: Error | null) => void): void;
  disconnect(): void;
}

async function server(port: number, log: ServerLog): Promise<Serving> {
  const { Server } = await load<ServerModule>("socket.io");
  const http = createServer();
  const io = new Server();
  io.attach(http);
  io.on("connection", (socket) => {
    log.connected(socket.handshake.query.client);
    socket.on("number", (n, offset, done) => {
      log.handled(n, offset);
      done?.();
    });
  });
  await new Promise<void>((ready) => http.listen(port, "127.0.0.1", ready));
  return { close: () => io.close() };
}

async function connect(url: string, events: ClientEvents, place: Place, options: object): Promise<ClientSocket> {
  const { io } = await load<ClientModule>("socket.io-client");
  const query = { client: place.id };
  const socket = io(url.replace(/^ws/, "http"), { forceNew: true, query, ...options }); // a connection for each client
  await new Promise<void>((connected) => socket.once("connect", connected));
  socket.on("disconnect", () => events.down());
  return socket;
}

async function client(url: string, events: ClientEvents, place: Place): Promise<Talker> {
  const socket = await connect(url, events, place, {});
  return {
    send: (n) => socket.emit("number", n, `${place.id}-${n}`),
    settled: () => NEVER,
    close: () => socket.disconnect(),
  };
}

async function retryingClient(url: string, events: ClientEvents, place: Place): Promise<Talker> {
  const socket = await connect(url, events, place, { retries: 10, ackTimeout: 10_000 });
  const pending = new Pending(events);
  return {
    send(n) {
      pending.add(n);
      socket.emit("number", n, `${place.id}-${n}`, (error) => {
        if (error) pending.failed(n);
        else pending.accepted(n);
      });
    },
    settled: () => pending.settled(),
    close: () => socket.disconnect(),
  };
}

export const peers: readonly Peer[] = [
  { name: "socket.io", server, client },
  { name: "socket.io-retries", server, client: retryingClient },
];
