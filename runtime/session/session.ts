/**
 * Delivery to servers of this runtime: messages are numbered and acknowledged both ways, and after a break the two
 * sides say what they last saw and go on from there. PROTOCOL.md is the specification.
 */
import { CloseCode } from "../close-codes.js";
import type { Delivery, DeliveryKind, DeliveryParts, Pending, Received } from "../delivery.js";
import { ActionwireError } from "../errors.js";
import type { Frame } from "../frame.js";
import type { Heartbeat } from "../heartbeat.js";
import type { Entry, Uncertain } from "../outbox.js";
import { randomName } from "../random-name.js";
import { BEAT } from "./beat.js";
import { Book } from "./book.js";
import { contractFit } from "./contract-fit.js";
import { type Control, control, type FromServer, isControl, SUBPROTOCOL } from "./control.js";
import { Doubts } from "./doubts.js";
import { Flight } from "./flight.js";
import { fromServer } from "./from-server.js";
import type { Contract, Refused, Resync, Welcome } from "./generated/types.js";
import { headerOf, INDEX, positioned, withHeader } from "./header.js";
import type { Ledger } from "./ledger.js";
import { Listening } from "./listening.js";
import type { SessionOptions } from "./options.js";
import type { Held, Outgoing } from "./outgoing.js";
import { type SessionTell, sessionTeller } from "./telling.js";

/** Streams that one hello may name; what waits in others waits for the next. */
const MAX_STREAMS = 256;
/** Bytes that a header may add to a frame. */
const HEADER_BYTES = 256;

/** Delivery that is acknowledged, resumed, and, with a store, survives the process. */
export function session(options: SessionOptions = {}): DeliveryKind {
  return (parts) => new Session(parts, options);
}

class Session implements Delivery {
  readonly subprotocol = SUBPROTOCOL;
  readonly ordered = false;
  readonly #parts: DeliveryParts;
  readonly #tell: SessionTell;
  readonly #book: Book;
  readonly #ledger: Ledger;
  readonly #flight: Flight;
  readonly #listening: Listening;
  readonly #doubts: Doubts;
  readonly #contract: Contract;
  /** Secret: who knows it can take the session over. */
  readonly #name: string;
  /** The streams of the hello of this connection, by index. */
  #spoken: readonly Outgoing[] = [];
  /** Control frames that wait for the connection. */
  #controls: Frame[] = [];
  #greeted = false;
  /** The server's stream to this client alone; undefined until it was welcomed once. */
  #own: string | undefined;
  #maxBytes = Number.POSITIVE_INFINITY;

  constructor(parts: DeliveryParts, options: SessionOptions) {
    this.#parts = parts;
    this.#tell = sessionTeller(options, parts.tell);
    this.#book = new Book(parts, options, this.#tell);
    this.#ledger = this.#book.ledger;
    this.#flight = new Flight(this.#ledger);
    this.#listening = new Listening(parts.clock, () => parts.line.flush());
    this.#doubts = new Doubts(parts.calls);
    this.#contract = { version: parts.api.version, hash: parts.api.hash };
    this.#name = randomName(24, parts.random);
  }

  // For the client.

  heartbeat(): Heartbeat {
    return BEAT;
  }

  id(action: string): string {
    return this.#book.id(action);
  }

  mine(id: string): boolean {
    return this.#book.mine(id);
  }

  add(entry: Entry): void {
    this.#book.add(entry);
  }

  remove(id: string): boolean {
    return this.#ledger.remove(id);
  }

  /** An acknowledgement says it, if it has not already. */
  answered(): void {}

  pending(): readonly Pending[] {
    return this.#book.pending();
  }

  drained(): Promise<void> {
    return this.#book.drained();
  }

  close(): readonly Entry[] {
    this.#flight.close(); // nothing is written behind the end
    this.#say({ type: "end" });
    this.#greeted = false;
    this.#listening.stop();
    return this.#book.close();
  }

  refresh(): void {
    this.#parts.credentials().then(
      (fresh) => fresh && this.#say({ type: "credentials", ...fresh }),
      (error: unknown) => this.#parts.tell.onError(error, { during: "credentials" }),
    );
  }

  // For the connection.

  ready(): Promise<void> {
    return this.#book.ready;
  }

  hello(): Frame {
    this.#spoken = this.#book.spoken(MAX_STREAMS);
    for (const [index, stream] of this.#spoken.entries()) stream.index = index;
    return JSON.stringify({
      type: "hello",
      session: this.#name,
      contract: this.#contract,
      streams: this.#spoken.map(({ name, written }) => ({ name, written })),
      cursors: this.#listening.cursors.all(),
    });
  }

  heard(frame: Frame): Received | undefined {
    if (typeof frame === "string" && isControl(frame)) {
      return void this.#obey(control<FromServer>(frame, fromServer, this.#parts.frames));
    }
    const message = this.#greeted ? positioned(frame) : undefined;
    if (!message) return void this.#broken("a frame that is none of this protocol");
    for (const { stream, number } of message.acks) this.#acknowledged(stream, number);
    const which = this.#listening.hear(message.at);
    if (which === "gap") this.#missed(message.at.stream);
    if (message.at.stream === this.#own) this.#doubts.heard(message.at.number);
    return which === "again" ? undefined : message;
  }

  next(): Frame | undefined {
    if (!this.#greeted) return undefined;
    const said = this.#controls.shift();
    if (said !== undefined) return said;
    const room = Math.max(0, this.#maxBytes - HEADER_BYTES);
    const held = this.#flight.hasRoom ? this.#ledger.take(this.#parts.clock.now(), room) : undefined;
    return held ? this.#written(held) : this.#listening.frame();
  }

  get owed(): boolean {
    return this.#ledger.flying > 0;
  }

  get patience(): number {
    return this.#flight.patience;
  }

  trust(): void {}

  broke(): Uncertain {
    this.#greeted = false;
    this.#controls = [];
    this.#listening.stop();
    for (const stream of this.#spoken) stream.index = undefined;
    this.#spoken = [];
    this.#ledger.rewind();
    this.#book.expire();
    return { entries: [], more: 0 };
  }

  /** A break ends no request: it is carried out, or answered, after it. */
  keeps(): boolean {
    return true;
  }

  // What the server says.

  #obey(said: Control<FromServer>): void {
    if (said === "other") return;
    if (said === "broken") return this.#broken("a control frame that is none");
    if (said.type === "pong") return;
    if (said.type === "welcome") return this.#greeted ? this.#broken("a second welcome") : this.#welcome(said);
    if (said.type === "goodbye") return this.#parts.line.stayAway(said.after);
    if (said.type === "refresh") return this.refresh();
    if (!this.#greeted) return this.#broken(`${said.type} before welcome`);
    switch (said.type) {
      case "ack":
        for (const [index, number] of Object.entries(said.to)) this.#acknowledged(index, number);
        return;
      case "rejected":
        return this.#refused(said.refused);
      case "joined":
        return this.#listening.cursors.set(said.stream, said.at);
      case "left":
        return this.#listening.cursors.forget(said.stream);
      case "resync":
        return this.#resynced(said);
    }
  }

  #welcome(said: Welcome): void {
    const { handled, contract } = said;
    if (handled.length !== this.#spoken.length) return this.#broken("a welcome that answers another hello");
    if (this.#spoken.some((stream, index) => !stream.mayHaveSaid(handled[index] ?? 0))) return this.#broken(NEVER_SAID);
    this.#greeted = true;
    this.#maxBytes = said.maxBytes;
    this.#flight.open(said.window, said.windowBytes);
    if (contractFit(this.#contract, contract) !== "same") {
      this.#tell.onOtherContract({ mine: this.#contract, theirs: contract });
    }
    for (const refused of said.rejected) this.#refused(refused);
    for (const [index, stream] of this.#spoken.entries()) {
      const number = handled[index] ?? null;
      if (number !== null) this.#ledger.acknowledge(stream, number); // without a record, what may have arrived may have
    }
    this.#resume(said);
    this.#parts.line.greeted();
  }

  #resume({ resumed, lost, own, newest, cursors }: Welcome): void {
    const before = this.#own;
    const forgotten = !resumed || own !== before; // the life of that stream is the session's as the server knows it
    this.#own = own;
    this.#listening.cursors.reset(cursors);
    if (before === undefined) return;
    this.#doubts.begin((id) => !this.#ledger.keeps(id), newest);
    this.#doubts.heard(cursors[own] ?? 0);
    if (forgotten) this.#tell.onResync({ why: "forgotten" });
    else if (lost) this.#tell.onResync({ why: "missed" });
  }

  #resynced({ stream, at, instead = stream }: Resync): void {
    this.#listening.cursors.forget(instead);
    this.#listening.cursors.set(stream, at);
    this.#missed(instead);
    if (instead === this.#own) this.#own = stream;
  }

  /** Something of a stream is out of reach; of the client's own, perhaps replies. */
  #missed(stream: string): void {
    if (stream === this.#own) this.#unanswered();
    this.#tell.onResync({ why: "missed" });
  }

  /** Replies were lost: only what was not handled yet will be answered. */
  #unanswered(): void {
    void Promise.resolve().then(() => this.#parts.calls.lost((id) => this.#ledger.keeps(id)));
  }

  #acknowledged(index: string, number: number): void {
    const stream = INDEX.test(index) ? this.#spoken[Number(index)] : undefined;
    if (!stream?.mayHaveSaid(number)) return this.#broken(NEVER_SAID);
    const hadRoom = this.#flight.hasRoom;
    this.#ledger.acknowledge(stream, number);
    if (!hadRoom) this.#parts.line.flush();
  }

  #refused({ stream: index, number, code, message }: Refused): void {
    const stream = this.#spoken[index];
    if (!stream?.mayHaveSaid(number)) return this.#broken(NEVER_SAID);
    const hadRoom = this.#flight.hasRoom;
    this.#ledger.refuse(stream, number, ({ action }) => {
      const text = `${action}: the server refused: ${message}`;
      return new ActionwireError("REFUSED", text, { action, details: { code, message } });
    });
    if (!hadRoom) this.#parts.line.flush();
  }

  #broken(what: string): void {
    const text = `the server broke the protocol: ${what}`;
    const reason = { kind: "rejected", text, code: CloseCode.badProtocol } as const;
    this.#greeted = false;
    this.#parts.line.hangUp(CloseCode.badProtocol, what, { is: "final", reason });
  }

  // What is said.

  #say(said: object): void {
    if (this.#spoken.length === 0) return; // what a new connection needs to know stands in its opening request
    this.#controls.push(JSON.stringify(said));
    this.#parts.line.flush();
  }

  #written({ stream, number, frame }: Held): Frame {
    return withHeader(headerOf(stream.index ?? 0, number, this.#listening.along()), frame);
  }
}

const NEVER_SAID = "an answer to what was never said";
