/**
 * One connection, as far as the wire goes: in which order its messages are handled, how fast it is read, and when it
 * has to end. What the messages mean is its endpoint's affair.
 */
import { CloseCode } from "../close-codes.js";
import type { Frame } from "../frame.js";
import { cutToBytes } from "../text.js";
import type { Said } from "./broker.js";
import { Gate } from "./gate.js";
import type { Gone } from "./gone.js";
import { heartbeat } from "./heartbeat.js";
import { Lane } from "./lane.js";
import type { Settings } from "./options.js";
import type { SocketLike } from "./socket.js";
import { TokenBucket } from "./token-bucket.js";
import type { Member } from "./topics.js";
import { Violations } from "./violations.js";

/** What a peer tells its endpoint. */
export interface PeerEvents {
  /** Whether a binary frame can mean anything. */
  readonly binary: boolean;
  /** A frame came: what is to be done about it in its turn, and never rejects; undefined where nothing is. */
  arrived(frame: Frame): (() => Promise<void>) | undefined;
  /** It was just lost: told once, before anything else runs. */
  gone(gone: Gone): void;
  /** A frame addressed to it could not be passed on. */
  undelivered(): void;
}

/** Milliseconds the other side has to answer a close before the connection is ended anyway. */
const CLOSE_MS = 5000;
const SLOW_CLOSE_MS = 1000;

export class Peer implements Member {
  readonly #socket: SocketLike;
  readonly #settings: Settings;
  readonly #events: PeerEvents;
  readonly #gate: Gate;
  readonly #lane: Lane;
  readonly #bucket: TokenBucket;
  readonly #violations: Violations;
  readonly #unsettled = new Map<() => void, Promise<void>>();
  #alive = true;
  #closing = false;
  #gone: Gone | undefined;
  #stopBeating: () => void;
  #stopWaiting: () => void = () => {};
  #stopTerminating: () => void = () => {};
  #leave: () => void = () => {};
  /** Resolves when the connection has ended. */
  readonly left: Promise<void> = new Promise((resolve) => {
    this.#leave = resolve;
  });

  constructor(socket: SocketLike, settings: Settings, events: PeerEvents) {
    this.#socket = socket;
    this.#settings = settings;
    this.#events = events;
    this.#gate = new Gate(socket);
    this.#bucket = new TokenBucket(settings.clock, settings.rate);
    this.#violations = new Violations(settings.clock, settings.maxViolations);
    this.#lane = new Lane({
      jobs: settings.maxQueued,
      size: settings.maxQueuedSize,
      full: (is) => (is ? this.#gate.hold("queue") : this.#gate.release("queue")),
    });
    this.#stopBeating = heartbeat(settings.clock, settings.heartbeat, () => this.#beat());
  }

  // For adapters.

  /**
   * A frame arrived, text or bytes. The bytes are handed on as they are, so they must be in no memory that is used again.
   * Where every frame of the API is text, who sends others is no client of ours.
   */
  receive(frame: Frame): void {
    this.#alive = true;
    if (this.#closing || this.#gone) return;
    if (typeof frame !== "string" && !this.#events.binary) {
      return this.close(CloseCode.unsupportedData, "frames are text");
    }
    this.#bucket.take();
    this.#slowDown();
    const run = this.#events.arrived(frame);
    if (run) this.#lane.push({ size: frame.length, run });
  }

  /** A sign of life that is no message. */
  pong(): void {
    this.#alive = true;
  }

  /** The connection ended. What it had said is still handled. */
  gone(code: number, reason: string): void {
    if (this.#gone) return;
    this.#gone = { code, reason };
    this.#stopBeating();
    this.#stopWaiting();
    this.#stopTerminating();
    for (const settle of [...this.#unsettled.keys()]) settle();
    this.#events.gone(this.#gone);
    this.#leave();
  }

  /** Resolves when all that was heard is handled and all that was said has left. */
  async idle(): Promise<void> {
    await this.#lane.idle();
    await Promise.all(this.#unsettled.values());
  }

  // For the endpoint.

  get ended(): Gone | undefined {
    return this.#gone;
  }

  get lagging(): boolean {
    return this.#socket.buffered() > 0;
  }

  /** Bytes that its socket has taken and not passed on. */
  get buffered(): number {
    return this.#socket.buffered();
  }

  hear({ frame }: Said): Promise<void> {
    return this.send(frame);
  }

  /** Passes a frame on. Resolves when the socket took it, or it can no longer be passed on. */
  send(frame: Frame): Promise<void> {
    if (this.#closing || this.#gone) {
      this.#events.undelivered();
      return Promise.resolve();
    }
    let settle = () => {};
    const taken = new Promise<void>((resolve) => {
      settle = () => {
        this.#unsettled.delete(settle);
        resolve();
      };
    });
    this.#unsettled.set(settle, taken);
    this.#pass(frame, settle);
    if (this.#socket.buffered() > this.#settings.maxBuffered) this.#tooSlow();
    return taken;
  }

  /** Runs in turn with the connection's messages. Must not reject. */
  enqueue(run: () => Promise<void>): void {
    this.#lane.push({ size: 0, run });
  }

  /** Counts a frame that fits nothing, and closes when it is one too many. */
  violate(): void {
    if (this.#violations.add()) this.close(CloseCode.policyViolation, "too many frames that fit nothing");
  }

  /** Starts to end the connection. Messages that wait, or still come, are dropped. */
  close(code: number, reason: string, graceMs: number = CLOSE_MS): void {
    if (this.#closing || this.#gone) return;
    this.#closing = true;
    this.#lane.clear();
    this.#stopWaiting();
    this.#gate.open();
    this.#stopTerminating = this.#settings.clock.after(graceMs, () => this.terminate());
    try {
      this.#socket.close(code, cutToBytes(reason, 123));
    } catch {
      this.terminate();
    }
  }

  terminate(): void {
    if (!this.#gone) this.#socket.terminate();
  }

  /** Reads no further; resolves when idle. */
  finish(): Promise<void> {
    this.#gate.hold("shutdown");
    return this.idle();
  }

  #pass(frame: Frame, settle: () => void): void {
    try {
      this.#socket.send(frame, (error) => {
        if (error !== undefined && error !== null) this.#events.undelivered();
        settle();
      });
    } catch {
      this.#events.undelivered();
      settle();
    }
  }

  #tooSlow(): void {
    this.close(CloseCode.slowConsumer, "reads too slowly", SLOW_CLOSE_MS);
  }

  #slowDown(): void {
    const wait = this.#bucket.wait();
    if (wait === 0) {
      this.#gate.release("rate");
      return;
    }
    this.#gate.hold("rate");
    this.#stopWaiting();
    this.#stopWaiting = this.#settings.clock.after(wait, () => this.#slowDown());
  }

  #beat(): void {
    if (this.#socket.ping === undefined) return;
    if (!this.#alive) {
      this.terminate();
      return;
    }
    this.#alive = this.#gate.held; // while we do not read, silence means nothing
    this.#socket.ping();
  }
}
