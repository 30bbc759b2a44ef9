/**
 * All that goes to one session over one connection: its feeds, what is said about them, and how full the wire is. A
 * client that reads slowly is first given no more than it takes, and, when it takes nothing any more, closed.
 */
import type { Clock } from "../../clock.js";
import { CloseCode } from "../../close-codes.js";
import type { FromServer } from "../../session/control.js";
import type { Positions } from "../../session/generated/types.js";
import { headerOf, withHeader, withTail } from "../../session/header.js";
import type { Place, Said } from "../broker.js";
import type { Peer } from "../peer.js";
import type { Topics } from "../topics.js";
import type { Acknowledging } from "./acknowledging.js";
import { Feed, type Pipe } from "./feed.js";

/** Milliseconds without progress after which a congested client is closed. */
const STUCK_MS = 10_000;
/** The share of what may be buffered at which nothing more is written, and the one at which it is again. */
const FULL = 1 / 4;
const EMPTY = 1 / 16;

export interface OutflowParts {
  readonly peer: Peer;
  readonly topics: Topics;
  readonly clock: Clock;
  readonly acknowledging: Acknowledging;
  /** Bytes that may be buffered before a connection is closed. */
  readonly maxBuffered: number;
  readonly failed: (error: unknown) => void;
}

export class Outflow {
  readonly #parts: OutflowParts;
  /** By topic. */
  readonly #feeds = new Map<string, Feed>();
  #own: Feed | undefined;
  /** Up to where what is said to this client alone was written. */
  written: Place = { stream: "", number: 0 };
  #congested = false;
  /** When the client was last seen to take something, and how much it had not taken by then. */
  #progress = { at: 0, buffered: 0 };
  #cancel = (): void => {};

  constructor(parts: OutflowParts) {
    this.#parts = parts;
  }

  /** Whether anybody is there to hear a control frame; it goes ahead of messages that wait. */
  say(frame: FromServer | string): void {
    const { peer } = this.#parts;
    if (peer.ended) return;
    const taken = peer.send(typeof frame === "string" ? frame : JSON.stringify(frame));
    if (this.#congested) this.#watch(taken);
  }

  /** A topic begins, or goes on after a place. It is written from {@link flow} on. */
  async open(topic: string, at: Place | undefined, own: boolean): Promise<Place> {
    const { topics } = this.#parts;
    const feed: Feed = new Feed(this.#pipe(own), (after, most) => topics.read(topic, after, most), at);
    this.#feeds.get(topic)?.stop();
    this.#feeds.set(topic, feed);
    await topics.join(topic, feed);
    const place = await feed.begin();
    if (own) [this.#own, this.written] = [feed, place];
    return place;
  }

  /** How many topics are open. */
  get size(): number {
    return this.#feeds.size;
  }

  has(topic: string): boolean {
    return this.#feeds.has(topic);
  }

  /** From here on, what there is of these topics is written. */
  flow(topics: Iterable<string>): void {
    for (const topic of topics) void this.#feeds.get(topic)?.catchUp();
  }

  /** A topic is over; where it stood, if it was open. */
  async close(topic: string): Promise<Place | undefined> {
    const feed = this.#feeds.get(topic);
    if (!feed) return undefined;
    this.#feeds.delete(topic);
    feed.stop();
    await this.#parts.topics.leave(topic, feed);
    return feed.begin();
  }

  /** Resolves when what was said to this client alone is on its way, or there is no connection to take it. */
  ownCaughtUp(): Promise<void> {
    return this.#own?.caughtUp() ?? Promise.resolve();
  }

  /** The connection is gone. Resolves when no topic is heard any more. */
  async stop(): Promise<void> {
    this.#cancel();
    for (const feed of this.#feeds.values()) feed.stop();
    const left = [...this.#feeds].map(([topic, feed]) => this.#parts.topics.leave(topic, feed));
    this.#feeds.clear();
    await Promise.all(left);
  }

  #pipe(own: boolean): Pipe {
    const { peer } = this.#parts;
    const isCongested = (): boolean => this.#congested;
    return {
      get congested() {
        return isCongested();
      },
      get lagging() {
        return peer.lagging;
      },
      pass: (said) => this.#pass(said, own),
      lost: ({ stream: from }, to) => {
        if (own) this.written = to;
        this.say({ type: "resync", stream: to.stream, at: to.number, ...(from !== to.stream && { instead: from }) });
      },
      failed: this.#parts.failed,
    };
  }

  #pass(said: Said, own: boolean): Promise<void> {
    const { peer, acknowledging, maxBuffered } = this.#parts;
    if (own) this.written = said;
    const frame = own ? withTail(headerOf(said.stream, said.number, acknowledging.along()), said.frame) : framed(said);
    const taken = peer.send(frame);
    if (this.#congested || peer.buffered > maxBuffered * FULL) this.#watch(taken);
    return taken;
  }

  #watch(taken: Promise<void>): void {
    const { clock, peer } = this.#parts;
    if (!this.#congested) {
      this.#congested = true;
      this.#progress = { at: clock.now(), buffered: peer.buffered };
      this.#cancel = clock.after(STUCK_MS, () => this.#stuck());
    }
    void taken.then(() => this.#drained());
  }

  #drained(): void {
    const { peer, clock, maxBuffered } = this.#parts;
    this.#progress = { at: clock.now(), buffered: peer.buffered };
    if (!this.#congested || peer.ended || peer.buffered > maxBuffered * EMPTY) return;
    this.#cancel();
    this.#congested = false;
    for (const feed of this.#feeds.values()) feed.resume();
  }

  #stuck(): void {
    const { peer, clock } = this.#parts;
    // What was written before it was congested is not watched frame by frame, and taken all the same.
    if (peer.buffered < this.#progress.buffered) this.#progress = { at: clock.now(), buffered: peer.buffered };
    const left = this.#progress.at + STUCK_MS - clock.now();
    if (left > 0) this.#cancel = clock.after(left, () => this.#stuck());
    else peer.close(CloseCode.slowConsumer, "reads too slowly");
  }
}

/** The frames of messages that go to many, each made once. */
const frames = new WeakMap<Said, ReturnType<typeof withHeader>>();

function framed(said: Said): ReturnType<typeof withHeader> {
  const known = frames.get(said);
  if (known !== undefined) return known;
  const frame = withHeader(headerOf(said.stream, said.number, []), said.frame);
  frames.set(said, frame);
  return frame;
}

/** Places as `welcome` says them. */
export function positions(places: Iterable<Place>): Positions {
  return Object.fromEntries([...places].map(({ stream, number }) => [stream, number]));
}
