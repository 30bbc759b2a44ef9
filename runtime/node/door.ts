/**
 * The one `upgrade` listener of a server, however many APIs are mounted on it: a request goes to the one whose path it
 * has. One that is nobody's is left to other listeners where there are any, and answered with 404 where there are none
 * (Node would leave its socket open for ever).
 */
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Values } from "../server/index.js";
import { bearErrors, type HttpServer, refuse, type UpgradeListener } from "./http.js";
import { type Path, splitTarget } from "./paths.js";

/** Something mounted: its paths, and what it does with a request that has one. */
export interface Guest {
  readonly paths: readonly Path[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, parameters: Values): void;
}

interface Fit {
  readonly guest: Guest;
  readonly path: Path;
  readonly parameters: Values;
}

const doors = new WeakMap<HttpServer, Door>();

/** The server's door, made when first asked for. */
export function doorOf(server: HttpServer): Door {
  const door = doors.get(server) ?? new Door(server);
  doors.set(server, door);
  return door;
}

export class Door {
  readonly #server: HttpServer;
  readonly #guests = new Set<Guest>();
  readonly #listener: UpgradeListener = (request, socket, head) => this.#open(request, socket, head);

  constructor(server: HttpServer) {
    this.#server = server;
  }

  add(guest: Guest): void {
    if (this.#guests.size === 0) this.#server.on("upgrade", this.#listener);
    this.#guests.add(guest);
  }

  remove(guest: Guest): void {
    if (this.#guests.delete(guest) && this.#guests.size === 0) this.#server.off("upgrade", this.#listener);
  }

  #open(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const fit = fitting(this.#guests, request);
    if (fit) {
      fit.guest.upgrade(request, socket, head, fit.parameters);
    } else if (this.#server.listenerCount("upgrade") === 1) {
      bearErrors(socket);
      refuse(socket, 404, "no WebSocket here");
    }
  }
}

/** Who a request is for; the path with the fewest parameters, then the first mounted. */
export function fitting(guests: Iterable<Guest>, request: IncomingMessage): Fit | undefined {
  const { pathname } = splitTarget(request.url ?? "/");
  let best: Fit | undefined;
  for (const guest of guests) {
    for (const path of guest.paths) {
      const parameters = path.match(pathname);
      if (parameters && (!best || path.parameters < best.path.parameters)) best = { guest, path, parameters };
    }
  }
  return best;
}
