/**
 * The way from one process of an API to the others.
 */
import type { Frame } from "../frame.js";

/**
 * Who hears a topic may be connected to another process. An endpoint therefore never speaks to a topic's listeners
 * itself: it publishes, and hears what was published for the topics its own connections joined. In one process that is
 * a Map; over several it is whatever they share (Redis comes in its own package entry), behind these two methods.
 */
export interface Broker {
  /** Resolves when the broker has taken the message, a text or bytes. Messages of one publisher to one topic stay in order. */
  publish(topic: string, message: Frame): Promise<void>;
  /** Hears a topic from now on; what it resolves to ends that. */
  subscribe(topic: string, hear: Hear): Promise<() => Promise<void>>;
}

/** Takes one message of a topic; resolves when it was passed on. Never rejects. */
export type Hear = (message: Frame) => Promise<void>;

/** All in this process: what is published has been passed on by the time `publish` returns. */
export function memoryBroker(): Broker {
  const topics = new Map<string, Set<Hear>>();
  return {
    async publish(topic, message) {
      await Promise.all([...(topics.get(topic) ?? [])].map((hear) => hear(message)));
    },
    async subscribe(topic, hear) {
      const hearing = topics.get(topic) ?? new Set();
      topics.set(topic, hearing.add(hear));
      return async () => {
        hearing.delete(hear);
        if (hearing.size === 0 && topics.get(topic) === hearing) topics.delete(topic);
      };
    },
  };
}
