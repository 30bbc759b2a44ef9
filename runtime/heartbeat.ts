/**
 * How it is found out whether anybody is still there.
 */
import type { Frame } from "./frame.js";
import type { HeartbeatKind } from "./state.js";
import type { Socket } from "./transport.js";

/** A question that costs the other side nothing to answer. It exists because each way to ask has an echo of its own. */
export interface Heartbeat {
  readonly kind: HeartbeatKind;
  /** Milliseconds, where they are not the application's to choose. */
  readonly times?: HeartbeatTimes;
  ask(socket: Socket): void;
  /** The transport's answer, with the data that it was asked with. */
  ponged(data: string): void;
  /** An answer that is a message. */
  beaten(): void;
  /** The connection it was asked over is gone. */
  forget(): void;
}

/** All milliseconds. */
export interface HeartbeatTimes {
  readonly every: number;
  readonly timeout: number;
  /** For the answer after sleep or a change of network, when a person is looking. */
  readonly probe: number;
  /** The same while something is written and not confirmed, where that is known. */
  readonly owed?: { readonly every: number; readonly timeout: number };
}

/** What was written, as far as a heartbeat cares: an answer to what came after it says that it has arrived. */
export interface Marked {
  /** A mark behind all that is written so far. */
  mark(): number;
  /** What was written before the mark has arrived. */
  arrived(mark: number): void;
}

/** The transport's own pings (RFC 6455, 5.5.2). */
function pings(written: Marked): Heartbeat {
  return {
    kind: "ping",
    ask: (socket) => socket.ping?.(String(written.mark())),
    ponged: (data) => written.arrived(Number(data)),
    beaten: () => {},
    forget: () => {},
  };
}

/** A pair of the contract's actions; `frame` is what asks. */
function beats(written: Marked, frame: Frame): Heartbeat {
  let mark = 0;
  return {
    kind: "actions",
    ask(socket) {
      mark = written.mark();
      socket.write(frame);
    },
    ponged: () => {},
    beaten: () => written.arrived(mark),
    forget: () => {
      mark = 0;
    },
  };
}

/** Nothing can be asked. */
export const silence: Heartbeat = {
  kind: "off",
  ask: () => {},
  ponged: () => {},
  beaten: () => {},
  forget: () => {},
};

/** By the transport's pings, by a pair of actions, or not at all. */
export function heartbeatOf(kind: HeartbeatKind, frame: Frame, written: Marked): Heartbeat {
  if (kind === "ping") return pings(written);
  return kind === "actions" ? beats(written, frame) : silence;
}
