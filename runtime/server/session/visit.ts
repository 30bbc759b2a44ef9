/**
 * One connection that speaks `actionwire.1` (PROTOCOL.md), from the server's side.
 */
import { CloseCode } from "../../close-codes.js";
import type { Frame } from "../../frame.js";
import { type Control, control, type FromClient, isControl } from "../../session/control.js";
import type { Hello } from "../../session/generated/types.js";
import { INDEX, type Positioned, positioned, tailOf } from "../../session/header.js";
import type { Place } from "../broker.js";
import type { Peer } from "../peer.js";
import type { Topics } from "../topics.js";
import type { Way } from "../way.js";
import { Acknowledging } from "./acknowledging.js";
import { fromClient } from "./from-client.js";
import { known } from "./greeting.js";
import type { Guest } from "./guest.js";
import type { Holder } from "./holders.js";
import { meet } from "./meeting.js";
import { Membership } from "./membership.js";
import { Outflow, positions } from "./outflow.js";
import { Renewing } from "./renewing.js";
import { scopeOf } from "./scope.js";
import type { Sessions } from "./sessions.js";

/** Milliseconds a client has for its hello. */
const HELLO_MS = 10_000;

/** One of the client's streams, as this connection knows it. */
interface Incoming {
  readonly name: string;
  /** The name as the server keeps it. */
  readonly key: string;
  /** Up to which message the client may have said it to an earlier connection. */
  readonly written: number;
  received: number;
}

export class Visit implements Way, Holder {
  readonly #sessions: Sessions;
  readonly #topics: Topics;
  readonly #peer: Peer;
  readonly #guest: Guest;
  /** Behind every name that its client gives. */
  readonly #scope: string;
  readonly #acknowledging: Acknowledging;
  readonly #outflow: Outflow;
  readonly #renewing: Renewing;
  #hello: Hello | undefined;
  /** The topic of what is said to this client alone; empty until it is welcome. */
  #own = "";
  /** Absent until it is welcome. */
  #membership: Membership | undefined;
  /** What is being put on record as refused. */
  #refusing: Promise<void> | undefined;
  #incoming: readonly Incoming[] | undefined;
  /** The server goes: nothing more is taken, and comes again elsewhere. */
  #leaving = false;
  /** The client will not come back. */
  #ended = false;
  /** What it says is not handled any more. */
  #mute = false;
  /** What is being handled, or, before that, was by those who spoke for this session earlier. */
  #running: Promise<void> = Promise.resolve();
  #stopWaiting: () => void;

  constructor(sessions: Sessions, topics: Topics, peer: Peer, guest: Guest) {
    const { clock, maxBuffered, told } = sessions;
    this.#sessions = sessions;
    this.#topics = topics;
    this.#peer = peer;
    this.#guest = guest;
    this.#scope = scopeOf(guest.identity);
    this.#renewing = new Renewing(
      (given) => guest.credentials(given),
      () => peer.ended !== undefined,
    );
    this.#acknowledging = new Acknowledging(clock, (frame) => this.#outflow.say(frame));
    this.#outflow = new Outflow({
      peer,
      topics,
      clock,
      maxBuffered,
      acknowledging: this.#acknowledging,
      failed: (error) => {
        told.error(error, {});
        peer.close(CloseCode.internalError, "the server cannot read what it was to say");
      },
    });
    this.#stopWaiting = clock.after(HELLO_MS, () => this.#broken("no hello"));
  }

  /** A frame came: what is to be done about it in its turn. */
  arrived(frame: Frame): (() => Promise<void>) | undefined {
    if (typeof frame === "string" && isControl(frame)) {
      this.#obey(control<FromClient>(frame, fromClient, this.#sessions.frames));
      return undefined;
    }
    const message = this.#incoming ? positioned(frame) : undefined;
    const stream = message && INDEX.test(message.at.stream) ? this.#incoming?.[Number(message.at.stream)] : undefined;
    if (!message || !stream) {
      this.#broken("a frame that is none of this protocol");
      return undefined;
    }
    for (const ack of message.acks) this.#heard(ack);
    if (this.#leaving || message.at.number <= stream.received) return undefined; // it has come before
    stream.received = message.at.number;
    return () => this.#handle(message, stream);
  }

  /** What is said to this client alone; it outlives the connection. */
  async send(frame: Frame, answers?: string): Promise<void> {
    if (this.#own === "") return;
    try {
      await this.#topics.publish(this.#own, tailOf(frame, answers));
    } catch (error) {
      // It may have been an answer: the client finds out that it is missing when it comes back.
      this.#peer.close(CloseCode.internalError, "the server cannot keep what it was to say");
      throw error;
    }
    await this.#outflow.ownCaughtUp();
  }

  join(topic: string): Promise<void> {
    return this.#membership?.join(topic) ?? Promise.resolve();
  }

  leave(topic: string): Promise<void> {
    return this.#membership?.leave(topic) ?? Promise.resolve();
  }

  /** The server goes: what was read is handled, what still comes is not. Resolves when that is done. */
  finish(): Promise<void> {
    this.#leaving = true;
    return this.#peer.idle();
  }

  /** The server goes; the client is to come back after so many milliseconds. */
  goodbye(after: number): void {
    this.#acknowledging.flush();
    this.#outflow.say({ type: "goodbye", after });
  }

  /** The client is to show fresh credentials within so many milliseconds. */
  refresh(within: number): void {
    this.#outflow.say({ type: "refresh", within });
  }

  async fence(): Promise<void> {
    this.#mute = true;
    this.#peer.close(CloseCode.takenOver, "another connection speaks for this session");
    await this.#running;
  }

  /** The connection is gone. What it said is still handled. */
  gone(): void {
    this.#stopWaiting();
    this.#acknowledging.stop();
    this.#hearNothing();
    const hello = this.#hello;
    if (!hello) return;
    const { holders, store, told } = this.#sessions;
    const over = async (): Promise<void> => {
      await Promise.all([this.#running, this.#peer.idle()]);
      holders.release(this.#namesOf(hello), this);
      if (this.#ended && !this.#mute) await store.end(this.#scoped(hello.session)); // else it is another connection's by now
    };
    void over().catch((error: unknown) => told.error(error, {}));
  }

  #obey(said: Control<FromClient>): void {
    if (said === "other") return;
    if (said === "broken") return this.#broken("a control frame that is none");
    switch (said.type) {
      case "ping":
        void this.#membership?.use().catch((error: unknown) => this.#sessions.told.error(error, {}));
        return this.#outflow.say({ type: "pong" });
      case "ack":
        for (const [stream, number] of Object.entries(said.to)) this.#heard({ stream, number });
        return;
      case "credentials":
        return this.#hello ? void this.#renewing.show(said) : this.#broken("credentials before hello");
      case "end":
        this.#ended = this.#incoming !== undefined;
        return;
      case "hello":
        if (this.#hello) return this.#broken("a second hello");
        if (new Set(said.streams.map(({ name }) => name)).size < said.streams.length) {
          return this.#broken("a stream that is named twice");
        }
        this.#hello = said;
        this.#stopWaiting();
        this.#running = this.#greet(said).catch((error: unknown) => {
          this.#sessions.told.error(error, {});
          this.#peer.close(CloseCode.internalError, "the server cannot tell what it knows of this session");
          this.#hearNothing();
        });
    }
  }

  /** The client carries its cursors itself; an acknowledgement only says what need not be kept for it any longer. */
  #heard({ stream, number }: Place): void {
    const { written } = this.#outflow;
    if (this.#own === "" || stream !== written.stream) return;
    if (number > written.number) return this.#broken("an acknowledgement of what was never said");
    this.#topics.release(this.#own, { stream, number });
  }

  #hearNothing(): void {
    void this.#outflow.stop().catch((error: unknown) => this.#sessions.told.error(error, {}));
  }

  async #greet(hello: Hello): Promise<void> {
    const { clock, holders, store, contract, frames, window, windowBytes, random } = this.#sessions;
    if (!meet(this.#sessions, hello.contract, this.#peer)) return;
    await holders.claim(this.#namesOf(hello), this);
    const scoped = (name: string): string => this.#scoped(name);
    const what = await known({ hello, scoped, store, topics: this.#topics, random });
    for (const [topic, at] of what.topics) await this.#outflow.open(topic, at, topic === what.own);
    if (this.#mute || this.#peer.ended) return this.#hearNothing();
    this.#own = what.own;
    const isGone = (): boolean => this.#peer.ended !== undefined;
    const session = this.#scoped(hello.session);
    this.#membership = new Membership({ session, store, outflow: this.#outflow, clock, isGone });
    this.#incoming = hello.streams.map(({ name, written }, index) => ({
      name,
      key: this.#scoped(name),
      written,
      received: what.handled[index] ?? 0,
    }));
    this.#outflow.say({
      type: "welcome",
      resumed: what.resumed,
      handled: what.handled.map((number) => number ?? null),
      rejected: [...what.rejected],
      own: this.#outflow.written.stream,
      newest: what.newest,
      cursors: positions(what.topics.values()),
      lost: what.lost,
      contract,
      maxBytes: frames.maxBytes,
      window,
      windowBytes,
    });
    this.#outflow.flow(what.topics.keys());
    this.#guest.open();
  }

  async #handle(message: Positioned, stream: Incoming): Promise<void> {
    if (this.#mute) return;
    this.#running = this.#handled(message, stream);
    await this.#running;
  }

  async #handled({ at: { stream: index, number }, frame }: Positioned, stream: Incoming): Promise<void> {
    const { store, told } = this.#sessions;
    const { name, key, written } = stream;
    const again = number <= written;
    await this.#guest.hear(frame, {
      delivery: { id: `${name}.${number}`, stream: key, number, again },
      reject: (code, text) => this.#reject(Number(index), key, number, code, text),
    });
    try {
      if (this.#refusing) await this.#refusing;
      const recording = store.record(key, number);
      if (recording) await recording;
    } catch (error) {
      told.error(error, {});
      this.#mute = true; // nothing after it may be handled before it is
      this.#peer.close(CloseCode.internalError, "the server cannot record what it handled");
      return;
    }
    if (!this.#peer.ended) this.#acknowledging.handled(index, number);
  }

  #reject(stream: number, key: string, number: number, code: string, message: string): void {
    this.#outflow.say({ type: "rejected", refused: { stream, number, code, message } });
    this.#refusing = (async () => this.#sessions.store.refused(key, { number, code, message }))();
    this.#refusing.catch(() => {}); // whoever records the message hears of it
  }

  #scoped(name: string): string {
    return name + this.#scope;
  }

  #namesOf({ session, streams }: Hello): string[] {
    return [session, ...streams.map(({ name }) => name)].map((name) => this.#scoped(name));
  }

  #broken(what: string): void {
    this.#peer.close(CloseCode.badProtocol, what);
  }
}
