/**
 * Whatever happens, each message that a session accepted is exactly one of pending, acknowledged, rejected and
 * uncertain. A model of the server of PROTOCOL.md on one side, random histories on the other, the client between them.
 */
import { memoryStore, type OutboxStore } from "@actionwire/runtime/session";
import { memoryNetwork } from "@actionwire/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codeOf, Line, sessionStage } from "./support/session-stage.js";

const MAX_MESSAGES = 12;
const WINDOW = 4;
const TTL = 3_000;

/** A server that keeps its record until it is told to forget it, and handles what it is told to. */
class Server {
  /** Of each stream, up to which number all is handled. */
  #record = new Map<string, number>();
  #refused = new Map<string, number[]>();
  /** What came over the connection there is and was not begun. */
  #inbox: { index: number; name: string; number: number }[] = [];
  #unsaid: { index: number; number: number; refused: boolean }[] = [];
  #last: number[] = [];
  #unacknowledged = 0;
  readonly handled: string[] = [];
  readonly refused = new Set<string>();
  up = true;

  /** Takes over the network of a client. */
  serve(network: ReturnType<typeof memoryNetwork>): void {
    network.onDial = (dial) => {
      if (this.up) dial.accept("actionwire.1");
      else dial.fail();
    };
    network.onFrame = (frame, peer) => {
      const text = String(frame);
      if (text.startsWith('{"type":"hello"')) this.#greet(new Line(peer));
      else if (text.startsWith('{"type":"ping"')) peer.send({ type: "pong" });
      else if (!text.startsWith("{")) this.#hear(text, new Line(peer));
    };
  }

  #greet(line: Line): void {
    const names = line.hello.streams.map(({ name }) => name);
    this.#inbox = [];
    this.#unsaid = [];
    this.#unacknowledged = 0;
    this.#last = names.map((name) => this.#record.get(name) ?? 0);
    line.welcome({
      handled: names.map((name) => this.#record.get(name) ?? null),
      rejected: names.flatMap((name, stream) =>
        (this.#refused.get(name) ?? []).map((number) => ({ stream, number, code: "C", message: "m" })),
      ),
      window: WINDOW,
      windowBytes: 1_048_576,
    });
  }

  #hear(text: string, line: Line): void {
    const [, index = "", number = ""] = /^(\d+)\.(\d+)/.exec(text) ?? [];
    const at = Number(index);
    expect(Number(number)).toBeGreaterThan(this.#last[at] ?? Number.POSITIVE_INFINITY);
    this.#last[at] = Number(number);
    expect(++this.#unacknowledged).toBeLessThanOrEqual(WINDOW);
    const name = line.hello.streams[at]?.name ?? "";
    this.#inbox.push({ index: at, name, number: Number(number) });
  }

  /** Handles or refuses so many of what has come; whether it says so, and with it what it has not said yet. */
  work(count: number, line: Line, how: { readonly refuses: boolean; readonly says: boolean }): void {
    for (const { index, name, number } of this.#inbox.splice(0, count)) {
      const id = `${name}.${number}`;
      const refused = this.refused.has(id) || (how.refuses && !this.handled.includes(id)); // it does not change its mind
      this.#record.set(name, number);
      this.#unsaid.push({ index, number, refused });
      if (refused) {
        this.refused.add(id);
        this.#refused.set(name, [...(this.#refused.get(name) ?? []), number]);
      } else this.handled.push(id);
    }
    if (!how.says) return;
    this.#unacknowledged = this.#inbox.length;
    for (const { index, number, refused } of this.#unsaid.splice(0)) {
      if (refused) line.reject(number, index);
      line.ack(number, index);
    }
  }

  forget(): void {
    this.#record = new Map();
    this.#refused = new Map();
  }
}

const happening = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant("send" as const), action: fc.constantFrom("say", "ask", "ping") }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("work" as const),
      count: fc.integer({ min: 1, max: 4 }),
      refuses: fc.constantFrom(false, false, true),
      says: fc.constantFrom(true, true, false),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.constantFrom(10, 100, 1_000, 2_999, 5_000) }),
  },
  { weight: 2, arbitrary: fc.constant({ do: "break" as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("up" as const), up: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: "connect" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "sleep" as const, ms: 4_000 }) },
  { weight: 1, arbitrary: fc.constant({ do: "forget" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "crash" as const }) },
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

type Bucket = "acknowledged" | "rejected" | "uncertain";

/** One life after another of a client, with all that was ever accepted and what was said of it. */
class World {
  readonly server = new Server();
  readonly #store: OutboxStore | undefined;
  #made: ReturnType<typeof sessionStage>;
  #lives = 0;
  readonly accepted = new Set<string>();
  readonly durable = new Set<string>();
  readonly ends = new Map<string, Bucket>();
  #crashed = false;
  forgetful = false;

  constructor(store: OutboxStore | undefined) {
    this.#store = store;
    this.#made = this.#born();
  }

  get client() {
    return this.#made.client;
  }

  #born(): ReturnType<typeof sessionStage> {
    const network = memoryNetwork();
    const end = (bucket: Bucket, id: string): void => {
      expect(this.accepted.has(id), `${id} was accepted`).toBe(true);
      expect(this.ends.get(id), `${id} ends once, now ${bucket}`).toBeUndefined();
      this.ends.set(id, bucket);
    };
    const failed: unknown[] = [];
    const guarded = (f: () => void): void => {
      try {
        f();
      } catch (error) {
        failed.push(error);
      }
    };
    this.failures = failed;
    const life = ++this.#lives;
    const mine = (): boolean => life === this.#lives; // the dead say nothing
    const made = sessionStage({
      network,
      seed: this.#lives,
      actions: { say: { ttl: TTL }, ping: { priority: 1 } },
      ...(this.#store && { store: this.#store }),
      client: {
        outbox: { maxMessages: MAX_MESSAGES },
        onUncertain: ({ messages, more }) =>
          guarded(() => {
            expect(more).toBe(0);
            if (mine()) for (const { id } of messages) end("uncertain", id);
          }),
      },
      onDurable: (ids) => void ids.forEach((id) => void this.durable.add(id)),
      onAcknowledged: (id) => guarded(() => mine() && end("acknowledged", id)),
      onRejected: ({ message, error }) =>
        guarded(() => {
          if (mine()) end("rejected", message.id);
          expect(this.server.refused.has(message.id)).toBe(error.code === "REFUSED");
        }),
    });
    this.server.serve(network);
    return made;
  }
  failures: unknown[] = [];

  async happen(what: Happening): Promise<void> {
    const { client, clock, network } = this.#made;
    switch (what.do) {
      case "send": {
        const full = client.pending().length >= MAX_MESSAGES;
        let id = "";
        const code = codeOf(() => {
          id = client.sendAnything(what.action, what.action === "ask" ? { about: "x" } : { text: "x" });
        });
        expect(code).toBe(full ? "OUTBOX_FULL" : "nothing");
        if (!full) this.accepted.add(id);
        break;
      }
      case "work":
        if (client.state.at === "open") this.server.work(what.count, this.#made.line(), what);
        break;
      case "pass":
        await clock.advance(what.ms);
        break;
      case "sleep":
        clock.sleep(what.ms);
        break;
      case "break":
        network.peers.at(-1)?.cut();
        break;
      case "up":
        this.server.up = what.up;
        break;
      case "connect":
        client.connect();
        break;
      case "forget":
        this.server.forget(); // as where its process dies
        network.peers.at(-1)?.cut();
        this.forgetful = true;
        break;
      case "crash":
        if (this.#store) await this.#crash();
    }
    await this.#made.clock.settle();
    this.look();
  }

  async #crash(): Promise<void> {
    const before = this.#made;
    before.network.peers.at(-1)?.stall();
    this.#crashed = true;
    this.#made = this.#born();
    this.#made.clock.sleep(before.clock.now() - this.#made.clock.now());
    await this.#made.clock.settle();
    const left = new Set(this.client.pending().map(({ id }) => id));
    // What was acknowledged and not dropped yet comes back, to be acknowledged again; nothing else that had ended does.
    for (const id of left) {
      expect(this.ends.get(id) ?? "acknowledged").toBe("acknowledged");
      this.ends.delete(id);
    }
    // What was never said to be durable may be gone.
    for (const id of this.accepted)
      if (!this.durable.has(id) && !this.ends.has(id) && !left.has(id)) this.accepted.delete(id);
    this.client.connect();
  }

  look(): void {
    if (this.failures.length > 0) throw this.failures[0];
    const pending = this.client.pending();
    const ids = pending.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeLessThanOrEqual(MAX_MESSAGES * (this.#crashed ? 2 : 1));
    for (const id of this.accepted) expect(ids.includes(id) !== this.ends.has(id), id).toBe(true);
    expect(ids.length + this.ends.size).toBe(this.accepted.size);
    const flying = pending.filter(({ at }) => at === "in flight");
    expect(flying.length).toBeLessThanOrEqual(this.client.state.at === "open" ? WINDOW : 0);
    inOrder(ids);
    inOrder([...this.ends].filter(([, bucket]) => bucket === "acknowledged" && !this.#crashed).map(([id]) => id));
    const handled = new Set(this.server.handled);
    for (const [id, bucket] of this.ends) {
      if (bucket === "rejected") expect(handled.has(id), `${id} is rejected, so never handled`).toBe(false);
      if (bucket === "acknowledged" && !this.#crashed) expect(handled.has(id), `${id} is handled`).toBe(true);
    }
    if (!this.forgetful) {
      expect(handled.size, "handled at most once").toBe(this.server.handled.length);
      inOrder(this.server.handled);
    }
  }

  /** Peace: everything is handled that still can be. */
  async calm(): Promise<void> {
    this.server.up = true;
    this.client.connect();
    for (let n = 0; n < 100 && this.client.pending().length > 0; n++) {
      await this.#made.clock.advance(1_000);
      if (this.client.state.at === "open") this.server.work(100, this.#made.line(), { refuses: false, says: true });
      await this.#made.clock.settle();
      this.look();
    }
    expect(this.client.pending()).toEqual([]);
    expect(this.ends.size).toBe(this.accepted.size);
    expect(await Promise.race([this.client.drained().then(() => "drained"), this.#made.clock.settle()])).toBe(
      "drained",
    );
  }
}

/** Numbers of one stream grow. */
function inOrder(ids: readonly string[]): void {
  const last = new Map<string, number>();
  for (const id of ids) {
    const [name = "", number] = id.split(".");
    expect(Number(number)).toBeGreaterThan(last.get(name) ?? 0);
    last.set(name, Number(number));
  }
}

async function live(history: readonly Happening[], store: OutboxStore | undefined): Promise<void> {
  const world = new World(store);
  world.client.connect();
  for (const what of history) await world.happen(what);
  await world.calm();
}

const histories = fc.array(happening, { minLength: 5, maxLength: 60, size: "max" });

describe("over any history, each accepted message is exactly one of pending, acknowledged, rejected and uncertain,", () => {
  test("in its order, within bounds, and handled once while the server's record lasts", async () => {
    await fc.assert(
      fc.asyncProperty(histories, (history) => live(history, undefined)),
      { numRuns: 300 },
    );
  });

  test("over crashes too where there is a store", async () => {
    await fc.assert(
      fc.asyncProperty(histories, (history) => live(history, memoryStore())),
      { numRuns: 300 },
    );
  });
});
