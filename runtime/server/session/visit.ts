/**
 * One connection that speaks `actionwire.1` (PROTOCOL.md), from the server's side.
 */
import { CloseCode } from "../../close-codes.js";
import type { Frame } from "../../frame.js";
import { contractFit } from "../../session/contract-fit.js";
import { type Control, control, type FromClient, isControl } from "../../session/control.js";
import type { Contract, Credentials, Hello } from "../../session/generated/types.js";
import { INDEX, type Positioned, positioned, tailOf } from "../../session/header.js";
import type { Place } from "../broker.js";
import type { Receipt } from "../delivery.js";
import type { Peer } from "../peer.js";
import type { Topics } from "../topics.js";
import type { Way } from "../way.js";
import { Acknowledging } from "./acknowledging.js";
import { fromClient } from "./from-client.js";
import { known } from "./greeting.js";
import type { Holder } from "./holders.js";
import { Membership } from "./membership.js";
import { Outflow, positions } from "./outflow.js";
import type { Sessions } from "./sessions.js";

/** Milliseconds a client has for its hello. */
const HELLO_MS = 10_000;

/** The client's side of the conversation, as far as a visit drives it. */
export interface Guest {
  /** Whose connection it is: only the same may resume a session. */
  readonly identity: string;
  /** It is welcome. */
  open(): void;
  /** A message in its turn. Never rejects. */
  hear(frame: Frame, receipt: Receipt): Promise<void>;
  /** Fresh credentials came. */
  credentials(given: Credentials): void;
}

/** One of the client's streams, as this connection knows it. */
interface Incoming {
  readonly name: string;
  /** Up to which message the client may have said it to an earlier connection. */
  readonly written: number;
  received: number;
}

export class Visit implements Way, Holder {
  readonly #sessions: Sessions;
  readonly #topics: Topics;
  readonly #peer: Peer;
  readonly #guest: Guest;
  readonly #acknowledging: Acknowledging;
  readonly #outflow: Outflow;
  #hello: Hello | undefined;
  /** The topic of what is said to this client alone; empty until it is welcome. */
  #own = "";
  /** Absent until it is welcome. */
  #membership: Membership | undefined;
  /** What is being put on record as refused. */
  #refusing: Promise<void> | undefined;
  #incoming: readonly Incoming[] | undefined;
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
    if (message.at.number <= stream.received) return undefined; // it has come before
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
      if (this.#mute) return; // it is another connection's by now
      holders.release(namesOf(hello), this);
      if (this.#ended) await store.end(hello.session);
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
        return this.#guest.credentials(said);
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
        void this.#greet(said).catch((error: unknown) => {
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
    if (!this.#fits(hello.contract)) return;
    this.#running = holders.claim(namesOf(hello), this);
    await this.#running;
    const { identity } = this.#guest;
    const what = await known({ hello, identity, store, topics: this.#topics, random });
    for (const [topic, at] of what.topics) await this.#outflow.open(topic, at, topic === what.own);
    if (this.#mute || this.#peer.ended) return this.#hearNothing();
    this.#own = what.own;
    const isGone = (): boolean => this.#peer.ended !== undefined;
    this.#membership = new Membership({ session: hello.session, store, outflow: this.#outflow, clock, isGone });
    this.#incoming = hello.streams.map(({ name, written }, index) => ({
      name,
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

  #fits(theirs: Contract): boolean {
    const { contract, refusedContracts, told } = this.#sessions;
    const fit = contractFit(contract, theirs, refusedContracts);
    if (fit !== "same") told.contract({ mine: contract, theirs, refused: fit === "refused" });
    if (fit !== "refused") return true;
    const text = `version ${theirs.version.slice(0, 20)} of the contract is not spoken here; ${contract.version.slice(0, 20)} is`;
    this.#peer.close(CloseCode.otherContract, text);
    return false;
  }

  async #handle(message: Positioned, stream: Incoming): Promise<void> {
    if (this.#mute) return;
    this.#running = this.#handled(message, stream);
    await this.#running;
  }

  async #handled({ at: { stream: index, number }, frame }: Positioned, stream: Incoming): Promise<void> {
    const { store, told } = this.#sessions;
    const { name, written } = stream;
    const again = number <= written;
    await this.#guest.hear(frame, {
      delivery: { id: `${name}.${number}`, stream: name, number, again },
      reject: (code, text) => this.#reject(Number(index), name, number, code, text),
    });
    try {
      if (this.#refusing) await this.#refusing;
      const recording = store.record(name, number);
      if (recording) await recording;
    } catch (error) {
      told.error(error, {});
      this.#mute = true; // nothing after it may be handled before it is
      this.#peer.close(CloseCode.internalError, "the server cannot record what it handled");
      return;
    }
    if (!this.#peer.ended) this.#acknowledging.handled(index, number);
  }

  #reject(stream: number, name: string, number: number, code: string, message: string): void {
    this.#outflow.say({ type: "rejected", refused: { stream, number, code, message } });
    this.#refusing = (async () => this.#sessions.store.refused(name, { number, code, message }))();
    this.#refusing.catch(() => {}); // whoever records the message hears of it
  }

  #broken(what: string): void {
    this.#peer.close(CloseCode.badProtocol, what);
  }
}

function namesOf({ session, streams }: Hello): string[] {
  return [session, ...streams.map(({ name }) => name)];
}
