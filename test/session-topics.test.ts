/**
 * PROTOCOL.md, what it says of what a client hears: topics joined and left, what was said while it was away, and
 * readers that are slow.
 */
import { memoryBroker, memorySessions, type SessionStore } from "@actionwire/runtime/server";
import { fakeClock } from "@actionwire/runtime/testing";
import { describe, expect, test } from "vitest";
import type { ChatContext, ChatSender } from "./support/chat-api.js";
import { gate, type Line, STREAM, say, serve } from "./support/session-talk.js";

describe("topics", () => {
  const rooms = (clock = fakeClock(1_000_000), broker = memoryBroker({ clock, maxMessages: 3 })) =>
    serve({
      clock,
      options: { broker },
      say: async ({ text }, { join, leave }) => {
        const [verb, room = ""] = text.split(" ");
        if (verb === "join") await join(room);
        if (verb === "leave") await leave(room);
      },
    });

  async function joined(of: ReturnType<typeof rooms>) {
    const line = of.connect();
    const welcome = await line.hello();
    await of.endpoint.topic("lobby").sendSaid({ text: "before" });
    await line.write(`0.1 ${say("join lobby")}`);
    return { line, welcome, stream: String(line.of("joined")[0]?.["stream"]) };
  }

  const tell = async (of: ReturnType<typeof rooms>, ...texts: string[]) => {
    for (const text of texts) await of.endpoint.topic("lobby").sendSaid({ text });
  };

  test("is a stream announced before its first message, heard from there on, and announced when it is over?", async () => {
    const of = rooms();
    const { line, stream } = await joined(of);
    await tell(of, "1", "2");
    await line.write(`0.2 ${say("join lobby")}`); // again: nothing new
    await line.write(`0.3 ${say("leave lobby")}`);
    await tell(of, "3");
    await line.write(`0.4 ${say("leave lobby")}`);
    expect(line.messages).toEqual([1, 2].map((n) => `${stream}.${n} {"action":"said","text":"${n}"}`));
    expect(line.controls.filter(({ type }) => type !== "ack").slice(1)).toEqual([
      { type: "joined", stream, at: 0 },
      { type: "left", stream },
    ]);
    expect(stream).not.toContain("lobby");
  });

  test("is it resumed from the client's cursor, from nothing at all that is newer, and not once it was left?", async () => {
    const of = rooms();
    const { line, stream } = await joined(of);
    await tell(of, "1", "2");
    await line.cut();
    await tell(of, "3");
    const again = of.connect();
    const welcome = await again.hello({ cursors: { [stream]: 1 } });
    expect([welcome.lost, welcome.cursors[stream], again.heard, again.of("joined")]).toEqual([
      false,
      1,
      ["2", "3"],
      [],
    ]);
    await again.write(`0.9 ${say("leave lobby")}`);
    await again.cut();
    expect((await of.connect().hello({ cursors: { [stream]: 3 } })).cursors[stream]).toBeUndefined();
  });

  test("without a cursor of the client's, does it go on after where it was joined?", async () => {
    const of = rooms();
    const { line, stream } = await joined(of);
    await line.cut();
    await tell(of, "1");
    const again = of.connect();
    expect((await again.hello()).cursors[stream]).toBe(0);
    expect(again.heard).toEqual(["1"]);
  });

  test("what is no longer kept: `lost`, on after the newest, and no part of it?", async () => {
    const of = rooms();
    const { line, stream } = await joined(of);
    await line.cut();
    await tell(of, "1", "2", "3", "4");
    const again = of.connect();
    const welcome = await again.hello({ cursors: { [stream]: 0 } });
    await tell(of, "5");
    expect([welcome.lost, welcome.cursors[stream], again.heard]).toEqual([true, 4, ["5"]]);
  });

  test("a topic's new life: `lost` at a welcome, and in mid-connection a resync that says instead of which?", async () => {
    const clock = fakeClock(1_000_000);
    let broker = memoryBroker({ clock });
    const hears = new Map<string, Parameters<typeof broker.subscribe>[1]>();
    const of = rooms(clock, {
      publish: (...given) => broker.publish(...given),
      read: (...given) => broker.read(...given),
      subscribe: (topic, hear) => {
        hears.set(topic, hear);
        return broker.subscribe(topic, hear);
      },
    });
    const { line, stream } = await joined(of);
    broker = memoryBroker({ clock }); // it forgot everything, and hears who subscribed all the same
    for (const [topic, hear] of hears) await broker.subscribe(topic, hear);
    for (const topic of hears.keys()) if (topic.includes("lobby")) await broker.read(topic, undefined, 0);
    await tell(of, "in the new life");
    await line.settle();
    const resync = line.of("resync")[0];
    expect(resync).toEqual({ type: "resync", stream: expect.any(String), at: 1, instead: stream });
    await tell(of, "and on");
    expect(line.messages.at(-1)).toBe(`${String(resync?.["stream"])}.2 {"action":"said","text":"and on"}`);
    await line.cut();
    const welcome = await of.connect().hello({ cursors: { [stream]: 0 } });
    expect([welcome.lost, welcome.cursors[stream], welcome.resumed]).toEqual([true, undefined, true]);
  });

  test("is everyone's topic heard by all, plain ones among them, and replayed after a break?", async () => {
    const of = rooms();
    const line = of.connect();
    const { cursors } = await line.hello();
    const plain = of.connect({ name: "ben" }, {});
    await plain.settle();
    await of.endpoint.all.sendSaid({ text: "1" });
    await line.cut();
    await of.endpoint.all.sendSaid({ text: "2" });
    const again = of.connect();
    await again.hello({ cursors });
    expect([line.heard, again.heard]).toEqual([["1"], ["1", "2"]]);
    expect(plain.socket.frames).toEqual(["1", "2"].map((text) => ({ action: "said", text })));
  });

  test("is what was said to a client while it was away said when it is back, and what it has heard let go?", async () => {
    const clock = fakeClock(1_000_000);
    let client: ChatSender | undefined;
    const broker = memoryBroker({ clock, maxMessages: 3 });
    const { connect } = serve({
      clock,
      options: { broker },
      say: (_, context) => {
        client = context.client;
      },
    });
    const line = connect();
    const { own } = await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.cut();
    for (const text of ["1", "2"]) await client?.sendSaid({ text });
    const again = connect();
    const welcome = await again.hello({ cursors: { [own]: 0 } });
    expect([welcome.own, welcome.newest, again.heard]).toEqual([own, 2, ["1", "2"]]);
    await again.write({ type: "ack", to: { [own]: 2 } });
    await again.cut();
    const [third, fourth] = [connect(), connect()];
    expect(await third.hello({ cursors: { [own]: 2 } })).toMatchObject({ lost: false });
    expect(await fourth.hello({ cursors: { [own]: 1 } })).toMatchObject({ lost: true }); // it said it had heard 2
  });

  test("a join whose connection broke meanwhile: is it part of the session, as its message is of the record?", async () => {
    const hold = gate();
    const { connect, endpoint } = serve({
      say: async (_, { join }) => {
        await hold.promise;
        await join("lobby");
      },
    });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("join lobby")}`);
    await line.cut();
    hold.open();
    await line.settle();
    const again = connect();
    const { resumed, handled } = await again.hello({ streams: [{ name: STREAM, written: 1 }] });
    await endpoint.topic("lobby").sendSaid({ text: "hello, lobby" });
    await again.settle();
    expect([resumed, handled, again.heard]).toEqual([true, [1], ["hello, lobby"]]);
  });

  test.each([
    ["leave, then join", (c: ChatContext) => [c.leave("lobby"), c.join("lobby")], ["left", "joined"], ["hi"]],
    ["join, then leave", (c: ChatContext) => [c.join("hall"), c.leave("hall")], ["joined", "left"], ["hi"]],
  ])("%s, nothing awaited: is it done in that order?", async (_, both, types, heard) => {
    const { connect, endpoint } = serve({
      say: ({ text }, context) => void (text === "first" ? context.join("lobby") : both(context)),
    });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("first")}`);
    const before = line.controls.length;
    await line.write(`0.2 ${say("both")}`);
    expect.soft(line.types.slice(before)).toEqual(types);
    await endpoint.topic("hall").sendSaid({ text: "nobody" });
    await endpoint.topic("lobby").sendSaid({ text: "hi" });
    await line.settle();
    expect.soft(line.heard).toEqual(heard);
    await line.cut();
    const again = connect();
    expect(Object.keys((await again.hello()).cursors)).toHaveLength(3); // its own, everyone's, the lobby's
  });

  test("a join that failed, tried again: does it join?", async () => {
    const memory = memorySessions();
    let broken = false;
    const store: SessionStore = {
      ...memory,
      joined: (...given) => (broken ? Promise.reject(new Error("disk")) : memory.joined(...given)),
    };
    const { connect, endpoint } = serve({ say: (_, { join }) => join("lobby"), options: { sessions: { store } } });
    const line = connect();
    await line.hello();
    broken = true;
    await line.write(`0.1 ${say("join")}`);
    broken = false;
    await line.write(`0.2 ${say("join")}`);
    await endpoint.topic("lobby").sendSaid({ text: "hi" });
    await line.settle();
    expect([line.of("joined").length, line.heard]).toEqual([1, ["hi"]]);
  });
});

describe("readers that are slow", () => {
  const KB = "x".repeat(1_000);

  async function deaf(maxBuffered = 40_000) {
    const clock = fakeClock(1_000_000);
    const broker = memoryBroker({ clock, keepMs: 10_000_000 });
    const served = serve({ clock, options: { broker, maxBuffered, onOpen: ({ join }) => join("lobby") } });
    const line = served.connect();
    await line.hello();
    line.socket.stuck = true;
    const tell = async (from: number, to: number, text = KB) => {
      for (let n = from; n <= to; n++) void served.endpoint.topic("lobby").sendSaid({ text: `${n} ${text}` });
      await line.settle();
    };
    return { ...served, line, tell };
  }
  const numbers = (line: Line) => line.heard.map((text) => Number(text.split(" ")[0]));

  test("is nothing written beyond a quarter of the limit, and 10 s without progress the end, by 4408?", async () => {
    const { clock, line, tell } = await deaf();
    await tell(1, 500);
    const { waiting } = line.socket;
    expect(line.socket.buffered()).toBeLessThan(12_000);
    await clock.advance(9_999);
    expect([line.closed, line.socket.waiting]).toEqual([undefined, waiting]);
    await clock.advance(1);
    expect(line.closed).toBe(4408);
    await line.cut();
    expect(clock.timers).toBe(0);
  });

  test("does one that reads slowly, a message in 5 s, get everything, in order, however long it takes?", async () => {
    const { clock, line, tell } = await deaf(400_000);
    await tell(1, 300);
    for (let n = 0; n < 400; n++) {
      await clock.advance(5_000);
      line.socket.take(1);
      await line.settle();
    }
    expect([line.closed, line.of("resync")]).toEqual([undefined, []]);
    expect(numbers(line)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
  });

  test("does one that is read on from where it was get everything, in order?", async () => {
    const { line, tell } = await deaf(400_000);
    await tell(1, 300);
    for (let n = 0; n < 400; n++) {
      line.socket.take(1);
      await line.settle();
    }
    expect([line.closed, line.of("resync")]).toEqual([undefined, []]);
    expect(numbers(line)).toEqual(Array.from({ length: 300 }, (_, n) => n + 1));
  });

  test("does one that falls out of the window get a resync, once, and then what follows?", async () => {
    const { line, tell } = await deaf();
    await tell(1, 1_200);
    const before = line.messages.length;
    line.socket.stuck = false;
    line.socket.take(1_000);
    await line.settle();
    const stream = line.messages[0]?.split(".")[0];
    expect(line.of("resync")).toEqual([{ type: "resync", stream, at: 1_200 }]);
    await tell(1_201, 1_202);
    expect(numbers(line)).toEqual([...Array.from({ length: before }, (_, n) => n + 1), 1_201, 1_202]);
  });

  test("are pings answered and others served meanwhile?", async () => {
    const { line, tell, connect } = await deaf();
    const other = connect({ name: "ben" });
    await other.hello({ session: "session-of-ben-0001", streams: [] });
    await tell(1, 50);
    await line.write({ type: "ping" });
    expect([line.of("pong").length, numbers(other).length]).toEqual([1, 50]);
  });

  test("does whoever talks to a room not wait for one that does not read? (in plain nobody does)", async () => {
    const { endpoint, line } = await deaf();
    let told = false;
    void endpoint
      .topic("lobby")
      .sendSaid({ text: "hi" })
      .then(() => {
        told = true;
      });
    await line.settle();
    expect(told).toBe(true);
  });

  test("is one that comes back to much given no more than it takes, instead of closed at once?", async () => {
    const { line, tell, connect } = await deaf();
    await line.cut();
    await tell(1, 60);
    const again = connect();
    again.socket.stuck = true;
    await again.hello();
    expect([again.closed, again.socket.buffered() < 12_000]).toEqual([undefined, true]);
  });

  test("does one go on that took everything, the last of it control frames?", async () => {
    const { clock, line, tell } = await deaf();
    await tell(1, 12);
    for (let n = 0; n < 300; n++) await line.write({ type: "ping" }); // 15 bytes each; 2,500 are an eighth of the mark
    line.socket.take(20);
    await line.settle();
    line.socket.take(1_000);
    line.socket.stuck = false;
    await tell(13, 14);
    await clock.advance(10_000);
    expect([line.closed, numbers(line).at(-1)]).toEqual([undefined, 14]);
  });
});
