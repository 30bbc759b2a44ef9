/**
 * A connection whose client speaks no session: what is said to it is lost with it, and so is what it joined.
 */
import type { Frame } from "../frame.js";
import type { Peer } from "./peer.js";
import type { Topics } from "./topics.js";
import type { Way } from "./way.js";

export class PlainWay implements Way {
  readonly #topics: Topics;
  readonly #peer: Peer;

  constructor(topics: Topics, peer: Peer) {
    this.#topics = topics;
    this.#peer = peer;
  }

  send(frame: Frame): Promise<void> {
    return this.#peer.send(frame);
  }

  /** A handler may outlive its client; nobody would take the client out of the topic again. */
  join(topic: string): Promise<void> {
    return this.#peer.ended ? Promise.resolve() : this.#topics.join(topic, this.#peer);
  }

  leave(topic: string): Promise<void> {
    return this.#topics.leave(topic, this.#peer);
  }

  leaveAll(): Promise<void> {
    return this.#topics.leaveAll(this.#peer);
  }
}
