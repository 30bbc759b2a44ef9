/**
 * The way from one process of an API to the others, and back to what was said a moment ago.
 */
import type { Frame } from "../frame.js";

/**
 * Who hears a topic may be connected to another process, or to none just now. An endpoint therefore never speaks to a
 * topic's listeners itself: it publishes, and hears what was published for the topics its own connections joined; and a
 * session that comes back reads what it missed. In one process that is a Map; over several it is whatever they share
 * (Redis comes in its own package entry), behind these methods.
 */
export interface Broker {
  /** Resolves when the broker has taken the message, a text or bytes. Messages of one publisher to one topic stay in order. */
  publish(topic: string, message: Frame): Promise<void>;
  /** Hears a topic from now on; what it resolves to ends that. */
  subscribe(topic: string, hear: Hear): Promise<() => Promise<void>>;
  /**
   * What was said after a place, oldest first, `most` at a time; without a place, where the topic stands. Whoever reads
   * a topic for the first time makes it a stream: from then on, and for a while after, it is numbered and kept.
   */
  read(topic: string, after: Place | undefined, most: number): Promise<Page>;
  /** Optional: whoever could read this topic has heard all up to here, and it need not be kept. */
  release?(topic: string, upTo: Place): void;
}

/** Takes one message of a topic; resolves when it was passed on. Never rejects. */
export type Hear = (said: Said) => Promise<void>;

/** The how-manieth message of which stream. */
export interface Place {
  /** Names one life of a topic: a broker that forgets its numbers gives the next life another name. */
  readonly stream: string;
  /** From 1; 0 stands before the first. */
  readonly number: number;
}

/** One message of a topic. Where nobody has read the topic yet it has no place: `stream` is empty. */
export interface Said extends Place {
  readonly frame: Frame;
}

/** Some of what was said after a place. */
export interface Page {
  /** Behind the last of these; where `lost`, the newest. */
  readonly at: Place;
  readonly said: readonly Said[];
  /** What came after the place asked for is not kept any more, in part or whole. Then nothing is handed out. */
  readonly lost: boolean;
}
