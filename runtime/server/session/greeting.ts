/**
 * From a client's hello to the welcome: who speaks for this session now, what was handled, and from where each topic
 * goes on.
 */
import { randomName } from "../../random-name.js";
import type { Hello, Welcome } from "../../session/generated/types.js";
import type { Place } from "../broker.js";
import { EVERYONE, type Topics } from "../topics.js";
import type { SessionStore } from "./session-store.js";

/** What a greeting needs to know. */
export interface Greeted {
  readonly hello: Hello;
  /** A client's name as the server keeps it: another's for another user. */
  readonly scoped: (name: string) => string;
  readonly store: SessionStore;
  readonly topics: Topics;
  readonly random: () => number;
}

/** What is known of a session, and where each of its topics goes on. */
export interface Known {
  readonly resumed: boolean;
  readonly handled: readonly (number | undefined)[];
  readonly rejected: Welcome["rejected"];
  /** The topic of what is said to this session alone. */
  readonly own: string;
  /** By topic, own among them. */
  readonly topics: ReadonlyMap<string, Place>;
  readonly lost: boolean;
  /** The last message of the session's own topic. */
  readonly newest: number;
}

/** Rejects as the store and the broker do. */
export async function known({ hello, scoped, store, topics, random }: Greeted): Promise<Known> {
  const session = scoped(hello.session);
  const names = hello.streams.map(({ name }) => scoped(name));
  const [handled, refusals, remembered] = await Promise.all([
    store.handled(names),
    store.refusals(names),
    store.recall(session),
  ]);
  // Another name for each life: what is still said to whoever had the session before does not reach this one.
  const own = remembered?.own ?? `session ${randomName(20, random)}`;
  if (!remembered) await store.begin(session, own);
  const places = new Map<string, Place>();
  let lost = false;
  for (const topic of new Set([own, EVERYONE, ...(remembered?.topics.keys() ?? [])])) {
    const joined = remembered?.topics.get(topic);
    const page = joined ? await onward(topics, topic, joined, hello) : await topics.read(topic, undefined, 0);
    places.set(topic, page.at);
    lost ||= page.lost;
    if (!joined) await store.joined(session, topic, page.at);
  }
  const rejected = refusals.flatMap((refused, stream) => refused.map((refusal) => ({ ...refusal, stream })));
  const { number: newest } = (await topics.read(own, undefined, 0)).at;
  return { resumed: remembered !== undefined, handled, rejected, own, topics: places, lost, newest };
}

/** After what the client has heard of the topic, or, where that is nothing, after where it joined. */
async function onward(topics: Topics, topic: string, joined: Place, { cursors }: Hello) {
  const heard = Object.hasOwn(cursors, joined.stream) ? (cursors[joined.stream] ?? 0) : 0;
  return topics.read(topic, { stream: joined.stream, number: Math.max(heard, joined.number) }, 0);
}
