/**
 * Which of an endpoint's own connections joined which topic. The broker is asked for a topic while anybody here is in it.
 */
import type { Frame } from "../frame.js";
import type { Broker, Page, Place, Said } from "./broker.js";

/** A connection, as far as a topic cares. */
export interface Member {
  /** Passes a message on; resolves when it is taken or can no longer be. Never rejects. */
  hear(said: Said): Promise<void>;
  /** It has not yet passed on what it was given. */
  readonly lagging: boolean;
}

interface Topic {
  readonly members: Set<Member>;
  readonly subscribed: Promise<() => Promise<void>>;
}

/** The topic that every connection is in. */
export const EVERYONE = "everyone";

/** An application's topic, under a name that is not {@link EVERYONE}. */
export function topicKey(name: string): string {
  return `topic ${name}`;
}

export class Topics {
  readonly #broker: Broker;
  readonly #scope: string;
  readonly #topics = new Map<string, Topic>();
  readonly #joined = new Map<Member, Set<string>>();

  /** `scope` keeps apart the topics of several APIs that share a broker. */
  constructor(broker: Broker, scope: string) {
    this.#broker = broker;
    this.#scope = scope;
  }

  /** From the call on, under a broker in memory; from when it resolves, under any. Rejects as the broker does. */
  async join(name: string, member: Member): Promise<void> {
    const topic = this.#topics.get(name) ?? this.#open(name);
    topic.members.add(member);
    const joined = this.#joined.get(member) ?? new Set();
    this.#joined.set(member, joined.add(name));
    await topic.subscribed;
  }

  async leave(name: string, member: Member): Promise<void> {
    const joined = this.#joined.get(member);
    if (joined?.delete(name) && joined.size === 0) this.#joined.delete(member);
    const topic = this.#topics.get(name);
    if (!topic?.members.delete(member) || topic.members.size > 0) return;
    this.#topics.delete(name);
    const unsubscribe = await topic.subscribed;
    await unsubscribe();
  }

  async leaveAll(member: Member): Promise<void> {
    const names = [...(this.#joined.get(member) ?? [])];
    this.#joined.delete(member);
    await Promise.all(names.map((name) => this.leave(name, member)));
  }

  publish(name: string, frame: Frame): Promise<void> {
    return this.#broker.publish(`${this.#scope} ${name}`, frame);
  }

  /** See {@link Broker.read}. */
  read(name: string, after: Place | undefined, most: number): Promise<Page> {
    return this.#broker.read(`${this.#scope} ${name}`, after, most);
  }

  /** See {@link Broker.release}. */
  release(name: string, upTo: Place): void {
    this.#broker.release?.(`${this.#scope} ${name}`, upTo);
  }

  #open(name: string): Topic {
    const members = new Set<Member>();
    const subscribed = this.#broker.subscribe(`${this.#scope} ${name}`, (said) => passOn(members, said));
    const topic = { members, subscribed };
    this.#topics.set(name, topic);
    // Without the broker nobody hears anything: forget the topic, so that the next to join asks again.
    subscribed.catch(() => this.#topics.get(name) === topic && this.#topics.delete(name));
    return topic;
  }
}

/** One message to many. Those who lag are not waited for: one slow reader must not hold up whoever talks to the room. */
async function passOn(members: ReadonlySet<Member>, said: Said): Promise<void> {
  const waits: Promise<void>[] = [];
  for (const member of members) {
    const taken = member.hear(said);
    if (!member.lagging) waits.push(taken);
  }
  await Promise.all(waits);
}
