/**
 * The other side of `actionwire.1`, frame by frame: a client that says exactly what it is told to, over no network.
 */
import type { Api, Frame } from "@actionwire/runtime";
import {
  type About,
  type Accepted,
  Endpoint,
  type EndpointOptions,
  type OtherContract,
  type Peer,
} from "@actionwire/runtime/server";
import { type FakeClock, fakeClock } from "@actionwire/runtime/testing";
import { type ChatRoutes, ChatSender, chatRoutes, plainChat, type User } from "./chat-api.js";
import { FakeSocket } from "./fake-socket.js";

export const SUBPROTOCOL = "actionwire.1";
export const SESSION = "session-of-ann-0001";
export const STREAM = "stream-of-ann-00001";

/** A control frame, read. */
export type Said = Readonly<Record<string, unknown>> & { readonly type: string };

/** What `welcome` says, as the tests read it. */
export interface Welcomed {
  readonly resumed: boolean;
  readonly handled: readonly (number | null)[];
  readonly rejected: readonly unknown[];
  readonly own: string;
  readonly newest: number;
  readonly cursors: Readonly<Record<string, number>>;
  readonly lost: boolean;
  readonly contract: unknown;
  readonly maxBytes: number;
  readonly window: number;
}

export interface Greeting {
  readonly session?: string;
  readonly contract?: { readonly version: string; readonly hash: string };
  readonly streams?: readonly { readonly name: string; readonly written: number }[];
  readonly cursors?: Readonly<Record<string, number>>;
}

export const SAME = { version: "1.0.0", hash: "0" };

export const say = (text: string): string => JSON.stringify({ action: "say", text });
export const COUNT = '{"action":"count"}';

/** A socket whose frames are taken one by one, when asked to. */
export class SlowSocket extends FakeSocket {
  readonly #waiting: { bytes: number; done: () => void }[] = [];

  override send(frame: Frame, done: (error?: unknown) => void): void {
    if (!this.stuck) return super.send(frame, done);
    this.sent.push(frame);
    this.#waiting.push({ bytes: frame.length, done });
  }

  override buffered(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** The network takes so many frames. */
  take(count: number): void {
    for (let n = 0; n < count; n++) this.#waiting.shift()?.done();
  }

  get waiting(): number {
    return this.#waiting.length;
  }
}

/** One connection of a session. */
export class Line {
  readonly socket: SlowSocket = new SlowSocket();
  readonly peer: Peer;
  readonly #clock: FakeClock;

  constructor(clock: FakeClock, accept: (socket: SlowSocket) => Peer) {
    this.#clock = clock;
    this.peer = accept(this.socket);
  }

  /** Writes a frame, and waits for what comes of it while time stands still. */
  async write(frame: Frame | object): Promise<void> {
    this.peer.receive(typeof frame === "string" || frame instanceof Uint8Array ? frame : JSON.stringify(frame));
    await this.settle();
  }

  /** Says hello; what it was welcomed with, if it was. */
  async hello(greeting: Greeting = {}): Promise<Welcomed> {
    await this.write(helloFrame(greeting));
    return this.welcome;
  }

  async settle(): Promise<void> {
    for (let round = 0; round < 8; round++) await this.#clock.settle();
  }

  /** The connection breaks, without a word. */
  async cut(): Promise<void> {
    this.peer.gone(1006, "");
    await this.settle();
  }

  get welcome(): Welcomed {
    return this.of("welcome")[0] as unknown as Welcomed; // a welcome is what these tests check
  }

  get controls(): Said[] {
    return this.#texts.filter((text) => text.startsWith("{")).map((text): Said => JSON.parse(text));
  }

  of(type: string): Said[] {
    return this.controls.filter((said) => said.type === type);
  }

  get types(): string[] {
    return this.controls.map(({ type }) => type);
  }

  /** Message frames, as they came. */
  get messages(): string[] {
    return this.#texts.filter((text) => !text.startsWith("{"));
  }

  /** The `text` of each `said` that came. */
  get heard(): string[] {
    return this.messages.flatMap((frame) => /"text":"([^"]*)"/.exec(frame)?.[1] ?? []);
  }

  get closed(): number | undefined {
    return this.socket.closed[0]?.code;
  }

  get #texts(): string[] {
    return this.socket.sent.map(String);
  }
}

export function helloFrame({ session = SESSION, contract = SAME, streams, cursors = {} }: Greeting = {}): string {
  return JSON.stringify({
    type: "hello",
    session,
    contract,
    streams: streams ?? [{ name: STREAM, written: 0 }],
    cursors,
  });
}

export interface Setting extends Partial<ChatRoutes> {
  readonly api?: Api;
  readonly options?: EndpointOptions<User, ChatSender>;
  readonly clock?: FakeClock;
}

export interface Served {
  readonly endpoint: Endpoint<User, ChatSender>;
  readonly clock: FakeClock;
  readonly errors: { readonly error: unknown; readonly about: About }[];
  readonly contracts: OtherContract[];
  /** Connections opened: the hook's context of each. */
  readonly connect: (user?: User, how?: Accepted<User>) => Line;
}

/** An endpoint that speaks sessions, on a clock that stands still. */
export function serve({
  api = plainChat,
  options = {},
  clock = fakeClock(1_000_000),
  ...routes
}: Setting = {}): Served {
  const errors: Served["errors"] = [];
  const contracts: OtherContract[] = [];
  const endpoint = new Endpoint<User, ChatSender>(api, ChatSender, chatRoutes(routes), {
    clock,
    heartbeat: 0,
    onError: (error, about) => void errors.push({ error, about }),
    onInvalid: () => {},
    onUnknown: () => {},
    onOtherContract: (other) => void contracts.push(other),
    ...options,
  });
  let connections = 0;
  const connect = (user: User = { name: "ann" }, how: Accepted<User> = { subprotocol: SUBPROTOCOL }): Line => {
    connections += 1;
    const opened = { connectionId: `c${connections}`, user, parameters: {}, query: {}, headers: {} };
    return new Line(clock, (socket) => endpoint.accept(socket, opened, how));
  };
  return { endpoint, clock, errors, contracts, connect };
}

/** A promise held by hand. */
export function gate(): { readonly promise: Promise<void>; readonly open: () => void } {
  let open = (): void => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}
