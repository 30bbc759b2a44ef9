/**
 * Whether a socket is read: it is while nobody holds it. Several may, each for a reason of its own.
 */
import type { SocketLike } from "./socket.js";

/** The queue is full; messages come too fast; the server is shutting down. */
export type Hold = "queue" | "rate" | "shutdown";

export class Gate {
  readonly #socket: SocketLike;
  readonly #holds = new Set<Hold>();

  constructor(socket: SocketLike) {
    this.#socket = socket;
  }

  get held(): boolean {
    return this.#holds.size > 0;
  }

  hold(why: Hold): void {
    if (this.#holds.size === 0) this.#socket.pause?.();
    this.#holds.add(why);
  }

  release(why: Hold): void {
    if (this.#holds.delete(why) && this.#holds.size === 0) this.#socket.resume?.();
  }

  /** Lets go of every hold: a closing handshake is only noticed while reading. */
  open(): void {
    if (this.#holds.size === 0) return;
    this.#holds.clear();
    this.#socket.resume?.();
  }
}
