/**
 * One API, served: the connections it has, their topics, and what is done with what they say. It knows nothing of
 * HTTP or sockets: an adapter opens connections with {@link Endpoint.accept} and passes on what happens to them.
 */
import type { Api } from "../api.js";
import { CloseCode } from "../close-codes.js";
import type { Opened } from "./context.js";
import { Conversation } from "./conversation.js";
import type { EndpointOptions, Settings } from "./options.js";
import { Peer } from "./peer.js";
import type { Sender, SenderClass } from "./sender.js";
import { type Service, serviceOf } from "./service.js";
import type { SocketLike } from "./socket.js";
import { EVERYONE, topicKey } from "./topics.js";

/** How all connections are ended. */
export interface Farewell {
  /** Default 1012, at which a client comes back. */
  readonly code?: number;
  readonly reason?: string;
  /** Milliseconds that handlers at work may take to end. Default 10,000. */
  readonly graceMs?: number;
}

/** Milliseconds that clients have to answer a close when all are closed. */
const FAREWELL_MS = 1000;

export class Endpoint<User, S extends Sender> {
  /** The options, with nothing left open. */
  readonly settings: Settings;
  readonly #service: Service<User, S>;
  readonly #peers = new Set<Peer>();
  #undelivered = 0;

  /** Throws `RUNTIME_MISMATCH` for code generated for another runtime, `BAD_OPTION` for a missing route or codec. */
  constructor(api: Api, sender: SenderClass<S>, routes: object, options: EndpointOptions<User, S> = {}) {
    this.#service = serviceOf(api, sender, routes, options);
    this.settings = this.#service.settings;
  }

  /** Open connections. */
  get connections(): number {
    return this.#peers.size;
  }

  /** Frames that were to go to a client who was gone by then. */
  get undelivered(): number {
    return this.#undelivered;
  }

  /** Speaks to every client, on every process that shares the broker. */
  get all(): S {
    return this.#to(EVERYONE);
  }

  /** Speaks to every client that joined the topic. */
  topic(name: string): S {
    return this.#to(topicKey(name));
  }

  /** A connection was opened. Pass what happens to it to what this returns. */
  accept(socket: SocketLike, opened: Opened<User>): Peer {
    const peer: Peer = new Peer(socket, this.settings, {
      binary: this.#service.codec.hearsBinary,
      heard: (frame) => conversation.hear(frame),
      gone: (gone) => {
        this.#peers.delete(peer);
        conversation.gone(gone);
      },
      undelivered: () => {
        this.#undelivered += 1;
      },
    });
    const conversation = new Conversation(this.#service, peer, opened);
    this.#peers.add(peer);
    conversation.open();
    return peer;
  }

  /**
   * Ends every connection: each is read no further, what was read is handled within the grace, then it is closed, and
   * after a second more terminated. Resolves when all are gone.
   */
  async close({ code = CloseCode.serviceRestart, reason = "", graceMs = 10_000 }: Farewell = {}): Promise<void> {
    await this.#atMost(graceMs, Promise.all([...this.#peers].map((peer) => peer.finish())));
    for (const peer of [...this.#peers]) peer.close(code, reason, FAREWELL_MS);
    await this.#atMost(2 * FAREWELL_MS, Promise.all([...this.#peers].map((peer) => peer.left)));
  }

  /** Tells `onError` of what failed before there was a connection. */
  report(error: unknown): void {
    this.#service.told.error(error, {});
  }

  #to(key: string): S {
    const { outlets, topics } = this.#service;
    return outlets.sender(
      (frame) => topics.publish(key, frame),
      (work) => work,
      {},
    );
  }

  #atMost(ms: number, work: Promise<unknown>): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.settings.clock.after(ms, resolve);
      void work.then(() => {
        cancel();
        resolve();
      });
    });
  }
}
