/**
 * What one session has joined: kept where it outlives the connection, told to the client, and passed on.
 */
import type { Clock } from "../../clock.js";
import { ActionwireError } from "../../errors.js";
import type { Outflow } from "./outflow.js";
import type { SessionStore } from "./session-store.js";

export interface MembershipParts {
  readonly session: string;
  readonly store: SessionStore;
  readonly outflow: Outflow;
  readonly clock: Clock;
  /** Whether the connection has ended. */
  readonly isGone: () => boolean;
}

/** What `hello` and `welcome` have room for. */
const MAX_TOPICS = 1_000;
/** Milliseconds after which a session is asked for again, so that one in use is not forgotten. */
const ASK_MS = 3_600_000;

export class Membership {
  readonly #parts: MembershipParts;
  /** Joins and leaves happen one after the other. */
  #moving: Promise<void> = Promise.resolve();
  #asked: number;

  constructor(parts: MembershipParts) {
    this.#parts = parts;
    this.#asked = parts.clock.now();
  }

  join(topic: string): Promise<void> {
    return this.#move(() => this.#join(topic));
  }

  leave(topic: string): Promise<void> {
    return this.#move(() => this.#leave(topic));
  }

  /** The client is there. Rejects as the store does. */
  async use(): Promise<void> {
    const { clock, session, store } = this.#parts;
    if (clock.now() - this.#asked < ASK_MS) return;
    this.#asked = clock.now();
    await store.recall(session);
  }

  #move(how: () => Promise<void>): Promise<void> {
    const moved = this.#moving.then(how);
    this.#moving = moved.catch(() => {}); // told to whoever asked for it
    return moved;
  }

  async #join(topic: string): Promise<void> {
    const { outflow, session, store, isGone } = this.#parts;
    if (outflow.has(topic)) return;
    if (outflow.size >= MAX_TOPICS) {
      throw new ActionwireError(
        "BAD_OPTION",
        `join: a session hears at most ${MAX_TOPICS} topics, its own and everybody's among them`,
      );
    }
    try {
      const at = await outflow.open(topic, undefined, false);
      await store.joined(session, topic, at);
      if (isGone()) return void (await outflow.close(topic)); // it is read when the client is back
      outflow.say({ type: "joined", stream: at.stream, at: at.number });
      outflow.flow([topic]);
    } catch (error) {
      await outflow.close(topic);
      throw error;
    }
  }

  async #leave(topic: string): Promise<void> {
    const { outflow, session, store } = this.#parts;
    const at = await outflow.close(topic);
    if (at) outflow.say({ type: "left", stream: at.stream });
    await store.left(session, topic);
  }
}
