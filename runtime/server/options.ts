/**
 * What can be set about a server's connections, and what holds where nothing is said.
 */
import type { Clock } from "../clock.js";
import { systemClock } from "../clock.js";
import type { FrameCodec } from "../frame.js";
import type { ValidationPolicy } from "../validation.js";
import type { Broker } from "./broker.js";
import type { Context } from "./context.js";
import type { Gone } from "./gone.js";
import type { Hooks } from "./hooks.js";
import { memoryBroker } from "./memory-broker.js";
import type { Sender } from "./sender.js";
import type { SessionsOptions } from "./session/sessions.js";
import type { Rate } from "./token-bucket.js";

export interface EndpointOptions<User = unknown, S extends Sender = Sender> extends Hooks {
  /**
   * What to do with a payload that does not fit its schema, arriving or leaving. Default: reject both. A request that is
   * rejected so gets a refusal; where frames have no place for one, it gets nothing, and the connection stays open.
   */
  readonly validate?: { readonly in?: ValidationPolicy; readonly out?: ValidationPolicy };
  /** Turns payloads into frames and back where the document names a content type that needs it; missing: `BAD_OPTION`. */
  readonly codec?: FrameCodec;
  /** Bytes of a frame. Default 131,072. */
  readonly maxPayload?: number;
  /** Levels of arrays and objects in each other in a frame. Default 64. */
  readonly maxDepth?: number;
  /** Messages of one connection that may wait for their handler before it is read no further. Default 64. */
  readonly maxQueued?: number;
  /** How fast a connection may talk before it is read more slowly. Default 500 a second, 1,000 at once. */
  readonly rate?: Rate;
  /** Frames that fit nothing, so many a minute, before the connection is closed with 1008. Default 100. */
  readonly maxViolations?: number;
  /** Bytes a client may leave unread before it is closed with 4408. Default 1,048,576. */
  readonly maxBuffered?: number;
  /**
   * Milliseconds until a handler is given up: a request is answered with `TIMEOUT`, the connection's next message is
   * taken. What it sends after that still leaves; what it returns does not. Where answers come in order, the connection
   * closes with 1011 instead, as after any failure to answer. Default 30,000; 0 waits for ever.
   */
  readonly handlerTimeout?: number;
  /** Milliseconds between signs of life asked for; without one until the next, the connection ends. Default 30,000; 0 never asks. */
  readonly heartbeat?: number;
  /** What topics go through, and where what was said is kept for a while. Default: this process's memory. */
  readonly broker?: Broker;
  /** Clients that ask for a session get one; `false`: they get none, and say so. */
  readonly sessions?: SessionsOptions<User> | false;
  /**
   * When a user's admission ends, in milliseconds since the epoch; undefined: it does not. A session is asked for fresh
   * credentials 30 s before; a connection that shows none is closed with 4401.
   */
  expires?(user: User): number | undefined;
  readonly clock?: Clock;
  /** At least 0, below 1; `Math.random` by default. */
  readonly random?: () => number;
  /** A client connected. Its messages are handled after this is done. */
  onOpen?(context: Context<User, S>): void | Promise<void>;
  /** It is gone, and what it had said is handled. */
  onClose?(context: Context<User, S>, gone: Gone): void | Promise<void>;
}

/** The same with nothing left open. */
export interface Settings {
  readonly validateIn: ValidationPolicy;
  readonly validateOut: ValidationPolicy;
  readonly maxPayload: number;
  readonly maxDepth: number;
  readonly maxQueued: number;
  /** UTF-16 units of text, or bytes, that may wait beside them. */
  readonly maxQueuedSize: number;
  readonly rate: Rate;
  readonly maxViolations: number;
  readonly maxBuffered: number;
  readonly handlerTimeout: number;
  readonly heartbeat: number;
  readonly broker: Broker;
  readonly clock: Clock;
  readonly random: () => number;
}

export function settle<User, S extends Sender>(options: EndpointOptions<User, S>): Settings {
  const { clock = systemClock } = options;
  return {
    validateIn: options.validate?.in ?? "reject",
    validateOut: options.validate?.out ?? "reject",
    maxPayload: options.maxPayload ?? 128 * 1024,
    maxDepth: options.maxDepth ?? 64,
    maxQueued: options.maxQueued ?? 64,
    maxQueuedSize: 1024 * 1024,
    rate: options.rate ?? { perSecond: 500, burst: 1000 },
    maxViolations: options.maxViolations ?? 100,
    maxBuffered: options.maxBuffered ?? 1024 * 1024,
    handlerTimeout: options.handlerTimeout ?? 30_000,
    heartbeat: options.heartbeat ?? 30_000,
    broker: options.broker ?? memoryBroker({ clock }),
    clock,
    random: options.random ?? Math.random,
  };
}
