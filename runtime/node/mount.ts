/**
 * An API on a Node HTTP server, beside whatever else that server does.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import type { Api } from "../api.js";
import { ActionwireError } from "../errors.js";
import { type Accepted, Endpoint, type Farewell, type Sender, type SenderClass } from "../server/index.js";
import { type Ask, asking } from "./admission.js";
import { doorOf, fitting, type Guest } from "./door.js";
import { Gatekeeper } from "./gatekeeper.js";
import { bearErrors, type HttpServer, refuse } from "./http.js";
import type { MountOptions } from "./options.js";
import { pathsOf } from "./paths.js";
import type { UpgradeRequest } from "./upgrade-request.js";
import { passEvents, socketOf } from "./ws-socket.js";

/** An API that is being served. */
export interface Mounted<S extends Sender> {
  /** Speaks to every client. */
  readonly all: S;
  /** Speaks to every client that joined the topic. */
  topic(name: string): S;
  /** Open connections. */
  readonly connections: number;
  /** Frames that were to go to a client who was gone by then. */
  readonly undelivered: number;
  /**
   * Stops serving: who comes is told to come again later (503), handlers at work may end within the grace, then
   * connections close with 1012, or the code given. Resolves when all are gone and the listener is taken off; the HTTP
   * server itself is left as it is.
   */
  close(farewell?: Farewell): Promise<void>;
  /** For servers whose `upgrade` event somebody else handles: this request is for this API. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/**
 * Serves an API on a server. Generated code calls this with its sender's class and its routes' type.
 * Throws `RUNTIME_MISMATCH` for code generated for another runtime, `BAD_OPTION` for a missing route.
 */
export function mount<User, S extends Sender>(
  server: HttpServer,
  api: Api,
  sender: SenderClass<S>,
  routes: object,
  options: MountOptions<User, S>,
): Mounted<S> {
  const endpoint = new Endpoint<User, S>(api, sender, routes, options);
  const { clock, maxPayload } = endpoint.settings;
  const most = options.maxConnections ?? Number.POSITIVE_INFINITY;
  const ask = asking<User>(options.authorize, clock, options.authorizeTimeout ?? 10_000);
  const gatekeeper = new Gatekeeper<User>({
    api,
    clock,
    maxPayload,
    origins: options.origins ?? [],
    ask,
    subprotocols: endpoint.subprotocols,
    hasRoom: (opening) => endpoint.connections + opening < most,
    enter: (ws, user, request) => enter(endpoint, ws, user, request, ask),
    failed: (error) => endpoint.report(error),
  });
  const guest: Guest = {
    paths: pathsOf(api, options.path),
    upgrade: (request, socket, head, parameters) => void gatekeeper.take(request, socket, head, parameters),
  };
  const door = doorOf(server);
  door.add(guest);

  async function close(farewell: Farewell = {}): Promise<void> {
    gatekeeper.close();
    await endpoint.close(farewell);
    gatekeeper.terminate();
    door.remove(guest);
  }
  let closed: Promise<void> | undefined;

  return {
    get all() {
      return endpoint.all;
    },
    get connections() {
      return endpoint.connections;
    },
    get undelivered() {
      return endpoint.undelivered;
    },
    topic: (name) => endpoint.topic(name),
    close: (farewell) => {
      closed ??= close(farewell);
      return closed;
    },
    handleUpgrade(request, socket, head) {
      const fit = fitting([guest], request);
      if (fit) return guest.upgrade(request, socket, head, fit.parameters);
      bearErrors(socket);
      refuse(socket, 404, "no WebSocket here");
    },
  };
}

function enter<User, S extends Sender>(
  endpoint: Endpoint<User, S>,
  ws: WebSocket,
  user: User,
  request: UpgradeRequest,
  ask: Ask<User>,
): void {
  const { parameters, query, headers } = request;
  const opened = { connectionId: randomUUID(), user, parameters, query, headers };
  const renew: Accepted<User>["renew"] = async ({ token, credentials = {} }) => {
    const verdict = await ask({ ...request, token, credentials });
    if (verdict.kind === "failed") throw verdict.error;
    if (verdict.kind === "timed-out") throw new ActionwireError("TIMEOUT", "authorize took too long");
    return verdict.kind === "admitted" ? { user: verdict.user } : undefined;
  };
  passEvents(ws, endpoint.accept(socketOf(ws), opened, { subprotocol: ws.protocol, renew }));
}
