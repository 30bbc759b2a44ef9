/**
 * A client with a session, and a server of `actionwire.1` played by hand: what it hears is taken apart here as
 * PROTOCOL.md says it, by nothing of the runtime's.
 */
import { ActionwireError, type Api, type ClientOptions, type Frame, type Reason } from "@actionwire/runtime";
import { type OutboxStore, type SessionOptions, type StoredMessage, session } from "@actionwire/runtime/session";
import {
  type FakeClock,
  fakeClock,
  type MemoryNetwork,
  type MemoryPeer,
  memoryNetwork,
  seededRandom,
} from "@actionwire/runtime/testing";
import { plain, type Stage, stage, TalkClient, type TalkHandlers } from "./talk.js";

export interface Hello {
  readonly type: "hello";
  readonly session: string;
  readonly contract: { readonly version: string; readonly hash: string };
  readonly streams: readonly { readonly name: string; readonly written: number }[];
  readonly cursors: Readonly<Record<string, number>>;
}

/** A message frame, taken apart. */
export interface Said {
  /** Its position, as it stands there. */
  readonly at: string;
  /** What it acknowledges. */
  readonly acks: readonly string[];
  readonly text: unknown;
  readonly action: unknown;
  readonly frame: string;
}

/** One connection, as the server has it. */
export class Line {
  readonly peer: MemoryPeer;

  constructor(peer: MemoryPeer) {
    this.peer = peer;
  }

  get hello(): Hello {
    return JSON.parse(String(this.peer.received[0])) as Hello;
  }

  /** What follows the hello. */
  get after(): readonly Frame[] {
    return this.peer.received.slice(1);
  }

  /** The control frames after the hello, but for pings. */
  get controls(): readonly Readonly<Record<string, unknown>>[] {
    const frames = this.after.map(String).filter((frame) => frame.startsWith("{"));
    return frames
      .map((frame) => JSON.parse(frame) as Readonly<Record<string, unknown>>)
      .filter(({ type }) => type !== "ping");
  }

  get pings(): number {
    return this.peer.received.filter((frame) => frame === '{"type":"ping"}').length;
  }

  /** The messages that came. */
  get said(): readonly Said[] {
    const frames = this.after.map(String).filter((frame) => !frame.startsWith("{"));
    return frames.map((whole) => {
      const space = whole.indexOf(" ");
      const [at = "", ...acks] = whole.slice(0, space).split(",");
      const frame = whole.slice(space + 1);
      const { action, text } = JSON.parse(frame) as { action?: unknown; text?: unknown };
      return { at, acks, action, text, frame };
    });
  }

  /** Their positions and texts, as `0.1 a`. */
  get heard(): readonly string[] {
    return this.said.map(({ at, text, action }) => `${at} ${String(text ?? action)}`);
  }

  welcome(more: Readonly<Record<string, unknown>> = {}): void {
    this.peer.send({
      type: "welcome",
      resumed: true,
      handled: this.hello.streams.map(() => null),
      rejected: [],
      own: "own",
      newest: 0,
      cursors: { own: 0 },
      lost: false,
      contract: this.hello.contract,
      maxBytes: 131_072,
      window: 1_000,
      windowBytes: 1_048_576,
      ...more,
    });
  }

  ack(number: number, index = 0): void {
    this.peer.send({ type: "ack", to: { [index]: number } });
  }

  reject(number: number, stream = 0): void {
    this.peer.send({ type: "rejected", refused: { stream, number, code: "FORBIDDEN", message: "not here" } });
  }

  /** Says a message of a stream. */
  say(header: string, text: string): void {
    this.peer.send(`${header} ${JSON.stringify({ action: "said", text })}`);
  }
}

type Options = SessionOptions & {
  readonly client?: ClientOptions<TalkHandlers>;
  readonly api?: Api;
  readonly seed?: number;
  readonly clock?: FakeClock;
  readonly network?: MemoryNetwork;
};

export interface SessionStage extends Omit<Stage, "lifecycle"> {
  /** The newest connection. */
  line(): Line;
  /** Lets the client connect, and welcomes it. */
  open(welcome?: Readonly<Record<string, unknown>>): Promise<Line>;
  /** Breaks the connection and waits for the hello of the next, without an answer. */
  again(): Promise<Line>;
}

/** What a server of the protocol does with an attempt. */
const speak: MemoryNetwork["onDial"] = (dial) => {
  dial.accept("actionwire.1");
};

/** A client whose names come from a seed, so that no two have the same; its server answers pings, and else nothing. */
export function sessionStage(options: Options = {}): SessionStage {
  const { client: rest, api, seed = 1, clock = fakeClock(1_000_000), network = memoryNetwork(), ...told } = options;
  network.onDial = speak;
  network.onFrame = (frame, peer) => {
    if (frame === '{"type":"ping"}') peer.send({ type: "pong" });
  };
  const names = ["onDurable", "onAcknowledged", "onRejected", "onResync", "onOtherContract"] as const;
  let notes: Record<string, unknown[]> = {};
  const noted = Object.fromEntries(
    names.map((name) => {
      const note = (what: unknown): void => {
        const list = notes[name] ?? [];
        notes[name] = list;
        list.push(what);
      };
      return [name, note];
    }),
  );
  const made = stage({
    ...(api && { api }),
    network,
    clock,
    random: seededRandom(seed),
    ...rest,
    delivery: session({ ...noted, ...told }),
  });
  notes = made.told as Record<string, unknown[]>; // one place for all that was told
  const now = (): Line => new Line(network.peer);
  return {
    client: made.client,
    clock,
    network,
    states: made.states,
    told: made.told,
    line: now,
    async open(welcome) {
      made.client.connect();
      await clock.settle();
      const line = now();
      line.welcome(welcome);
      await clock.settle();
      return line;
    },
    async again() {
      const before = network.peers.length;
      network.peer.cut();
      for (let n = 0; n < 100 && network.peers.length === before; n++) await clock.advance(1_000);
      await clock.settle();
      return now();
    },
  };
}

/** A client as any application makes it: its names come from the platform's generator. */
export function unseeded(clock: FakeClock, network: MemoryNetwork): TalkClient {
  network.onDial = speak;
  const lifecycle = { watch: () => () => {} };
  return new TalkClient(plain, { transport: network.transport, clock, delivery: session(), lifecycle });
}

export const reasonOf = ({ state }: TalkClient): Reason | undefined => ("reason" in state ? state.reason : undefined);

/** The code of what a promise rejects with; its value where it does not. */
export async function outcome(promise: Promise<unknown>): Promise<unknown> {
  try {
    return await promise;
  } catch (error) {
    return error instanceof ActionwireError ? error.code : `no ActionwireError: ${String(error)}`;
  }
}

/** The code of what a call throws. */
export function codeOf(call: () => unknown): string {
  try {
    call();
    return "nothing";
  } catch (error) {
    return error instanceof ActionwireError ? error.code : `no ActionwireError: ${String(error)}`;
  }
}

/** What was told of rejected messages: their texts with the codes. */
export function rejections(told: Stage["told"]): readonly string[] {
  const list = (told["onRejected"] ?? []) as {
    readonly message: { readonly payload: { readonly text?: string } };
    readonly error: ActionwireError;
  }[];
  return list.map(({ message, error }) => `${message.payload.text} ${error.code}`);
}

/** The texts of what was told to be uncertain. */
export function uncertain(told: Stage["told"]): readonly unknown[] {
  const list = (told["onUncertain"] ?? []) as {
    readonly messages: readonly { readonly payload: { text?: string } }[];
  }[];
  return list.flatMap(({ messages }) => messages.map(({ payload }) => payload.text));
}

export interface SlowWrite {
  readonly put: readonly StoredMessage[];
  readonly dropped: readonly string[];
  done(): void;
  fail(error?: Error): void;
}

export interface SlowStore extends OutboxStore {
  /** Every write there was, oldest first. */
  readonly writes: readonly SlowWrite[];
  /** How often it was closed. */
  readonly closed: number;
  readonly kept: ReadonlyMap<string, StoredMessage>;
}

/** A store whose writes settle when the test says so; a crash is forgetting the client. */
export function slowStore(): SlowStore {
  const kept = new Map<string, StoredMessage>();
  const writes: SlowWrite[] = [];
  let closed = 0;
  return {
    kept,
    writes,
    get closed() {
      return closed;
    },
    open: async () => [...kept.values()],
    write: (put, dropped) =>
      new Promise((resolve, reject) => {
        writes.push({
          put,
          dropped,
          done() {
            for (const message of put) kept.set(message.id, message);
            for (const id of dropped) kept.delete(id);
            resolve();
          },
          fail: (error = new Error("the disk is full")) => reject(error),
        });
      }),
    close: async () => {
      closed++;
    },
  };
}
