/**
 * The context of one handler's run. A class with its senders made when they are asked for: an object put together anew for
 * each message would cost more than handling it.
 */
import { CloseCode } from "../close-codes.js";
import { ActionwireError } from "../errors.js";
import type { Frame } from "../frame.js";
import type { Context, Opened, Values } from "./context.js";
import type { Delivery } from "./delivery.js";
import type { Gone } from "./gone.js";
import type { About } from "./hooks.js";
import { watched } from "./outlets.js";
import type { Peer } from "./peer.js";
import type { Sender } from "./sender.js";
import type { Service } from "./service.js";
import { EVERYONE, topicKey } from "./topics.js";
import type { Turn } from "./turn.js";
import type { Way } from "./way.js";

/** What is this run's own. */
export interface Run {
  readonly turn: Turn;
  readonly about: About;
  readonly requestId: string | undefined;
  readonly delivery: Delivery | undefined;
}

export class TurnContext<User, S extends Sender> implements Context<User, S> {
  readonly connectionId: string;
  readonly user: User;
  readonly parameters: Values;
  readonly query: Values;
  readonly headers: Values;
  readonly requestId: string | undefined;
  readonly delivery: Delivery | undefined;
  readonly #service: Service<User, S>;
  readonly #peer: Peer;
  readonly #way: Way;
  readonly #turn: Turn;
  readonly #about: About;

  constructor(opened: Opened<User>, service: Service<User, S>, peer: Peer, way: Way, run: Run) {
    this.connectionId = opened.connectionId;
    this.user = opened.user;
    this.parameters = opened.parameters;
    this.query = opened.query;
    this.headers = opened.headers;
    this.requestId = run.requestId;
    this.delivery = run.delivery;
    this.#service = service;
    this.#peer = peer;
    this.#way = way;
    this.#turn = run.turn;
    this.#about = run.about;
  }

  get client(): S {
    const way = this.#way;
    return this.#sender((frame) => way.send(frame));
  }

  get all(): S {
    return this.#to(EVERYONE);
  }

  // Getters of functions, since a handler may take them out of the context.

  get topic(): (name: string) => S {
    return (name) => this.#to(topicKey(name));
  }

  get join(): (topic: string) => Promise<void> {
    return (name) => this.#tracked(this.#way.join(topicKey(name)));
  }

  get leave(): (topic: string) => Promise<void> {
    return (name) => this.#tracked(this.#way.leave(topicKey(name)));
  }

  get close(): (code?: number, reason?: string) => void {
    return (code = CloseCode.normal, reason = "") => this.#peer.close(sendable(code), reason);
  }

  get gone(): Gone | undefined {
    return this.#peer.ended;
  }

  #to(key: string): S {
    const { topics } = this.#service;
    return this.#sender((frame) => topics.publish(key, frame));
  }

  #sender(deliver: (frame: Frame) => Promise<void>): S {
    const turn = this.#turn;
    return this.#service.outlets.sender(deliver, (work) => turn.track(work), this.#about);
  }

  #tracked(work: Promise<void>): Promise<void> {
    return this.#turn.track(watched(work, this.#service.told, this.#about));
  }
}

/** What an application may close with (RFC 6455, 7.4.2). */
function sendable(code: number): number {
  if (code === CloseCode.normal || (Number.isInteger(code) && code >= 3000 && code <= 4999)) return code;
  throw new ActionwireError("BAD_OPTION", `close: the code is 1000 or of 3000 to 4999, not ${code}`);
}
