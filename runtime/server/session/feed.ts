/**
 * One topic, on its way to one session. It writes what it hears as long as the connection takes it; once it has fallen
 * behind, for whatever reason (it just came back, or reads slowly, or a message went missing on the way), it reads on
 * from where it was until it has caught up. There is no queue: what is not written yet stays in the topic's window.
 */
import type { Page, Place, Said } from "../broker.js";
import type { Member } from "../topics.js";

/** The connection, as far as a feed cares. */
export interface Pipe {
  /** More is on its way than should be: write no further. */
  readonly congested: boolean;
  /** Something is on its way: whoever speaks to many does not wait for it. */
  readonly lagging: boolean;
  /** Passes on a message; resolves when it is taken or can no longer be. */
  pass(said: Said): Promise<void>;
  /** Something of the topic is out of reach; it goes on at another place. */
  lost(from: Place, to: Place): void;
  /** The topic cannot be read. */
  failed(error: unknown): void;
}

/** Messages read at a time. */
const PAGE = 64;

export class Feed implements Member {
  readonly #pipe: Pipe;
  readonly #read: (after: Place | undefined, most: number) => Promise<Page>;
  #at: Place | undefined;
  #flowing = false;
  #live = false;
  #reading = false;
  /** Something was heard while reading. */
  #more = false;
  #stopped = false;
  #waiting: (() => void)[] = [];

  /** `at`: up to where it has passed on already; undefined: it begins where the topic stands. */
  constructor(pipe: Pipe, read: (after: Place | undefined, most: number) => Promise<Page>, at?: Place) {
    this.#pipe = pipe;
    this.#read = read;
    this.#at = at;
  }

  /** It has not passed on all it could. */
  get lagging(): boolean {
    return !this.#live || this.#pipe.lagging;
  }

  hear(said: Said): Promise<void> {
    const at = this.#at;
    if (!this.#flowing) return Promise.resolve(); // it is read once it does
    if (this.#reading) this.#more = true;
    else if (this.#live && !this.#pipe.congested && said.stream === at?.stream && said.number <= at.number + 1) {
      if (said.number <= at.number) return Promise.resolve(); // read already
      this.#at = said;
      return this.#pipe.pass(said);
    } else void this.catchUp();
    return Promise.resolve();
  }

  /** Finds out where it begins. Rejects as the broker does. */
  async begin(): Promise<Place> {
    this.#at ??= (await this.#read(undefined, 0)).at;
    return this.#at;
  }

  /** Begins to pass on, or reads on, until nothing is left or the connection is congested. Never rejects. */
  async catchUp(): Promise<void> {
    this.#flowing = true;
    this.#live = false;
    if (this.#reading || this.#stopped) return;
    this.#reading = true;
    try {
      await this.#readOn(await this.begin());
    } catch (error) {
      if (!this.#stopped) this.#pipe.failed(error);
    }
    this.#reading = false;
    if (this.#live) this.#release();
  }

  /** Reads on, if it has begun to pass on. */
  resume(): void {
    if (this.#flowing) void this.catchUp();
  }

  /** Resolves when it has caught up, or stopped. */
  caughtUp(): Promise<void> {
    return this.#live || this.#stopped ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** The connection is gone. */
  stop(): void {
    this.#stopped = true;
    this.#release();
  }

  async #readOn(from: Place): Promise<void> {
    let at = from;
    while (!this.#stopped && !this.#pipe.congested) {
      this.#more = false;
      const page = await this.#read(at, PAGE);
      if (this.#stopped) return;
      if (page.lost) this.#pipe.lost(at, page.at);
      if (page.lost) this.#at = at = page.at;
      for (const said of page.said) {
        if (this.#pipe.congested) return;
        this.#at = at = said;
        void this.#pipe.pass(said);
      }
      if (page.said.length > 0 || page.lost || this.#more) continue;
      this.#live = true;
      return;
    }
  }

  #release(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}
