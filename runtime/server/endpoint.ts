/**
 * One API, served: the connections it has, their topics, and what is done with what they say. It knows nothing of
 * HTTP or sockets: an adapter opens connections with {@link Endpoint.accept} and passes on what happens to them.
 */
import type { Api } from "../api.js";
import { CloseCode } from "../close-codes.js";
import { randomName } from "../random-name.js";
import { SUBPROTOCOL } from "../session/control.js";
import type { Credentials } from "../session/generated/types.js";
import { Admission } from "./admission.js";
import type { Opened } from "./context.js";
import { Conversation } from "./conversation.js";
import type { EndpointOptions, Settings } from "./options.js";
import { watched } from "./outlets.js";
import { Peer } from "./peer.js";
import { PlainWay } from "./plain-way.js";
import type { Sender, SenderClass } from "./sender.js";
import { type Service, serviceOf } from "./service.js";
import { identityOf, type Sessions } from "./session/sessions.js";
import { Visit } from "./session/visit.js";
import type { SocketLike } from "./socket.js";
import { EVERYONE, topicKey } from "./topics.js";

/** How all connections are ended. */
export interface Farewell {
  /** Default 1012, at which a client comes back. */
  readonly code?: number;
  readonly reason?: string;
  /** Milliseconds that handlers at work may take to end. Default 10,000. */
  readonly graceMs?: number;
  /** Milliseconds over which the return of sessions is spread. Default: 5 for each connection, and at least 1,000. */
  readonly spreadMs?: number;
}

/** How a connection was opened, beside who by. */
export interface Accepted<User = unknown> {
  /** The subprotocol that was agreed on; one of {@link Endpoint.subprotocols}, or none. */
  readonly subprotocol?: string;
  /** Whom fresh credentials admit; undefined for nobody. Rejects where nobody can say. */
  readonly renew?: (given: Credentials) => Promise<{ readonly user: User } | undefined>;
}

interface Made {
  readonly peer: Peer;
  readonly visit?: Visit;
}

/** Milliseconds that clients have to answer a close when all are closed. */
const FAREWELL_MS = 1000;
/** Milliseconds between two returns, on average: a core opens several hundred connections a second. */
const SPREAD_MS = 5;

export class Endpoint<User, S extends Sender> {
  /** The options, with nothing left open. */
  readonly settings: Settings;
  readonly #service: Service<User, S>;
  readonly #peers = new Map<Peer, Visit | undefined>();
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

  /** The subprotocols that this endpoint speaks, best first. */
  get subprotocols(): readonly string[] {
    return this.#service.sessions ? [SUBPROTOCOL] : [];
  }

  /** A connection was opened. Pass what happens to it to what this returns. */
  accept(socket: SocketLike, opened: Opened<User>, how: Accepted<User> = {}): Peer {
    const { sessions } = this.#service;
    const made =
      sessions && how.subprotocol === SUBPROTOCOL
        ? this.#session(sessions, socket, opened, how)
        : this.#plain(socket, opened);
    const { peer, visit } = made;
    this.#peers.set(peer, visit);
    return peer;
  }

  /**
   * Ends every connection: of each no more is taken, what was is handled within the grace, then it is closed, and after a
   * second more terminated. Sessions are told when to come back, each at a moment of its own. Resolves when all
   * are gone.
   */
  async close(farewell: Farewell = {}): Promise<void> {
    const { code = CloseCode.serviceRestart, reason = "", graceMs = 10_000 } = farewell;
    const { spreadMs = Math.max(1_000, this.#peers.size * SPREAD_MS) } = farewell;
    const part = (peer: Peer, visit: Visit | undefined): void => {
      visit?.goodbye(Math.round(this.settings.random() * spreadMs));
      peer.close(code, reason, FAREWELL_MS);
    };
    // Each as soon as it can: nobody waits for the handlers of others. A session is read on, so that its pings are answered.
    const finished = [...this.#peers].map(([peer, visit]) => (visit ?? peer).finish().then(() => part(peer, visit)));
    await this.#atMost(graceMs, Promise.all(finished));
    for (const [peer, visit] of [...this.#peers]) part(peer, visit);
    const left = [...this.#peers.keys()].map((peer) => peer.left);
    // What is left of connections that broke before is handled by whoever their clients come back to.
    const muted = this.#service.sessions?.holders.fenceAll();
    await this.#atMost(2 * FAREWELL_MS, Promise.all([...left, muted]));
    for (const peer of [...this.#peers.keys()]) peer.terminate(); // those that were being closed before, more patiently
  }

  /** Tells `onError` of what failed before there was a connection. */
  report(error: unknown): void {
    this.#service.told.error(error, {});
  }

  #plain(socket: SocketLike, opened: Opened<User>): Made {
    const { codec, topics, told } = this.#service;
    const about = { connectionId: opened.connectionId };
    const peer: Peer = new Peer(socket, this.settings, {
      binary: codec.hearsBinary,
      arrived: (frame) => () => conversation.hear(frame),
      gone: (gone) => {
        this.#peers.delete(peer);
        admission.stop();
        void watched(way.leaveAll(), told, about);
        conversation.gone(gone);
      },
      undelivered: () => {
        this.#undelivered += 1;
      },
    });
    const way = new PlainWay(topics, peer);
    const conversation = new Conversation(this.#service, peer, way, opened);
    const admission = this.#admission(peer, undefined);
    admission.of(opened.user);
    void watched(way.join(EVERYONE), told, about);
    conversation.open();
    return { peer };
  }

  #session(sessions: Sessions, socket: SocketLike, opened: Opened<User>, { renew }: Accepted<User>): Made {
    const { codec, topics } = this.#service;
    let isOpen = false;
    const { maxQueued, maxQueuedSize, maxPayload } = this.settings;
    // Whoever keeps to the window is always read on, and so has its pings answered.
    const settings = {
      ...this.settings,
      maxQueued: Math.max(maxQueued, sessions.window),
      maxQueuedSize: Math.max(maxQueuedSize, sessions.windowBytes + maxPayload),
    };
    const peer: Peer = new Peer(socket, settings, {
      binary: codec.hearsBinary,
      arrived: (frame) => visit.arrived(frame),
      gone: (gone) => {
        this.#peers.delete(peer);
        admission.stop();
        visit.gone();
        if (isOpen) conversation.gone(gone);
      },
      undelivered: () => {}, // what is said to a session is kept
    });
    const visit: Visit = new Visit(sessions, topics, peer, {
      identity: this.#identity(opened.user),
      open: () => {
        isOpen = true;
        conversation.open();
      },
      hear: (frame, receipt) => conversation.hear(frame, receipt),
      credentials: (given) => this.#renew(given, renew, peer, conversation, admission),
    });
    const conversation = new Conversation(this.#service, peer, visit, opened);
    const admission = this.#admission(peer, renew && ((within) => visit.refresh(within)));
    admission.of(opened.user);
    return { peer, visit };
  }

  #admission(peer: Peer, ask: ((within: number) => void) | undefined): Admission<User> {
    const { options, settings } = this.#service;
    const expires = (user: User): number | undefined => options.expires?.(user);
    return new Admission({ clock: settings.clock, peer, ask, expires, failed: (error) => this.report(error) });
  }

  async #renew(
    given: Credentials,
    renew: Accepted<User>["renew"],
    peer: Peer,
    conversation: Conversation<User, S>,
    admission: Admission<User>,
  ): Promise<void> {
    let renewed: { readonly user: User } | undefined;
    try {
      renewed = await renew?.(given);
    } catch (error) {
      this.report(error);
      return peer.close(CloseCode.internalError, "authorisation failed");
    }
    if (peer.ended) return;
    if (!renewed || this.#identity(renewed.user) !== this.#identity(conversation.user)) {
      return peer.close(CloseCode.unauthorized, "not authorised");
    }
    conversation.user = renewed.user;
    admission.of(renewed.user);
  }

  /** Whose sessions they are; nobody's where the application's own word on it fails. */
  #identity(user: User): string {
    try {
      return identityOf(this.#service.options.sessions || {}, user, this.settings.random);
    } catch (error) {
      this.report(error);
      return randomName(20, this.settings.random);
    }
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
