import { memorySessions, type Peer } from "@actionwire/runtime/server";
import { describe, expect, test } from "vitest";
import type { ChatContext } from "./support/chat-api.js";
import { COUNT, gate, STREAM, say, serve } from "./support/session-talk.js";

describe("a session over its whole life", () => {
  test("may its admission end so soon that it is asked for credentials before it is welcome?", async () => {
    const { clock, connect } = serve({
      options: { expires: () => clock.now() + 20_000, sessions: { identity: () => "ann" } },
    });
    const renew = async () => ({ user: { name: "ann" } });
    const line = connect({ name: "ann" }, { subprotocol: "actionwire.1", renew });
    await clock.advance(0);
    await line.hello();
    expect([line.closed, line.types]).toEqual([undefined, ["refresh", "welcome"]]);
  });

  test("is a join beyond what a welcome has room for refused to the handler, and the session goes on?", async () => {
    const failed: unknown[] = [];
    const { connect } = serve({
      say: async (_: unknown, { join }: ChatContext) => {
        for (let n = 0; n < 1_001; n++) await join(`topic ${n}`).catch((error: unknown) => failed.push(error));
      },
    });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    for (let round = 0; round < 200; round++) await line.settle();
    expect(failed.map(String)[0]).toMatch(/BAD_OPTION.*at most 1000 topics/);
    await line.cut();
    const back = connect();
    await back.hello();
    for (let round = 0; round < 200 && back.types.length === 0; round++) await back.settle();
    const { cursors, resumed } = back.welcome;
    expect([back.closed, resumed, Object.keys(cursors).length]).toEqual([undefined, true, 1_000]);
  });

  test("does a server that goes let each go when it can, and answer the pings of those that must wait?", async () => {
    const hold = gate();
    const { clock, endpoint, connect } = serve({ say: () => hold.promise });
    const [busy, free] = [connect({ name: "ann" }), connect({ name: "ben" })];
    await busy.hello();
    await free.hello({ session: "session-of-ben-0001", streams: [{ name: "stream-of-ben-00001", written: 0 }] });
    await busy.write(`0.1 ${say("x")}`);
    const done = endpoint.close();
    await free.settle();
    expect([free.types.at(-1), free.closed, busy.closed]).toEqual(["goodbye", 1012, undefined]);
    await busy.write({ type: "ping" });
    await busy.write(`0.2 ${COUNT}`); // comes again elsewhere
    expect(busy.types.at(-1)).toBe("pong");
    hold.open();
    await busy.settle();
    expect(busy.types.slice(-2)).toEqual(["ack", "goodbye"]);
    expect(busy.of("ack").at(-1)).toEqual({ type: "ack", to: { "0": 1 } });
    await Promise.all([busy.cut(), free.cut()]);
    await clock.advance(10_000);
    await done;
  });

  test("are credentials looked at one at a time, the newest of those that wait, and not before hello?", async () => {
    const asked: unknown[] = [];
    const hold = gate();
    const { connect } = serve({});
    const renew = async ({ token }: { token?: string }) => {
      asked.push(token);
      await hold.promise;
      return { user: { name: "ann" } };
    };
    const early = connect({ name: "ann" }, { subprotocol: "actionwire.1", renew });
    await early.write({ type: "credentials", token: "x" });
    expect(early.closed).toBe(4400);
    const line = connect({ name: "ann" }, { subprotocol: "actionwire.1", renew });
    await line.hello();
    for (let n = 1; n <= 50; n++) await line.write({ type: "credentials", token: `${n}` });
    expect(asked).toEqual(["1"]);
    hold.open();
    await line.settle();
    expect([asked, line.closed]).toEqual([["1", "50"], undefined]);
  });

  test("whose session is it, where users are objects that JSON does not see into?", async () => {
    class Person {
      readonly #name: string;
      constructor(name: string) {
        this.#name = name;
      }
      get name(): string {
        return this.#name;
      }
    }
    const { connect } = serve();
    const ann = connect(new Person("ann"));
    const { own } = await ann.hello();
    await ann.write(`0.1 ${say("secret")}`);
    await ann.cut();
    const ben = connect(new Person("ben"));
    const welcome = await ben.hello({ streams: [], cursors: { [own]: 0 } });
    expect([welcome.resumed, ben.heard]).toEqual([false, []]);
  });

  test("does a store that fails to record leave nothing behind that speaks for the session?", async () => {
    const sessions = memorySessions();
    let fails = true;
    const store = {
      ...sessions,
      record: (stream: string, number: number) => {
        if (fails) throw new Error("disk full");
        return sessions.record(stream, number);
      },
    };
    const { connect } = serve({ options: { sessions: { store } } });
    const first = connect();
    await first.hello();
    await first.write(`0.1 ${say("x")}`);
    expect(first.closed).toBe(1011);
    await first.cut();
    fails = false;
    const back = connect();
    await back.hello({ streams: [{ name: STREAM, written: 1 }] });
    await back.write(`0.1 ${say("x")}`);
    expect(back.heard).toContain("x");
  });

  test("is anything kept of connections that are gone?", async () => {
    const { endpoint, connect } = serve({ say: (_: unknown, { join }: ChatContext) => join("room") });
    const peers: WeakRef<Peer>[] = [];
    for (let n = 0; n < 20; n++) {
      const line = connect();
      await line.hello();
      await line.write(`0.${n + 1} ${say("x")}`);
      peers.push(new WeakRef(line.peer));
      await line.cut();
    }
    expect(endpoint.connections).toBe(0);
    // With --expose-gc absent, memory pressure has to do: what nothing holds goes.
    for (let round = 0; round < 50 && peers.slice(0, -2).some((peer) => peer.deref()); round++) {
      await new Promise((next) => setTimeout(next, 10));
      new Array(2_000_000).fill(round).map(String);
    }
    expect(peers.slice(0, -2).filter((peer) => peer.deref())).toEqual([]);
  });
});
