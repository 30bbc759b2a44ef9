import type { ActionwireError } from "@actionwire/runtime";
import type { ActionDelivery } from "@actionwire/runtime/session";
import { describe, expect, test } from "vitest";
import { codeOf, outcome, reasonOf, rejections, sessionStage, uncertain } from "./support/session-stage.js";

const ttl = { actions: { say: { ttl: 1_000 } } };

describe("a time to live", () => {
  test("rejects a message at the moment it is over, where it never left, and it is not sent", async () => {
    const { client, clock, network, told, ...stage } = sessionStage(ttl);
    network.onDial = (dial) => dial.fail();
    const id = client.sendSay("a");
    await clock.advance(999);
    expect(told["onRejected"]).toBeUndefined();
    await clock.advance(1);
    expect(told["onRejected"]).toMatchObject([
      { message: { id, action: "say", payload: { action: "say", text: "a" } }, error: { code: "EXPIRED" } },
    ]);
    expect(client.pending()).toEqual([]);
    network.onDial = (dial) => void dial.accept("actionwire.1");
    const line = await stage.open();
    client.sendSay("b");
    await clock.settle();
    expect(line.heard).toEqual(["0.2 b"]);
  });

  test("is each message's own: one that is over does not take others along", async () => {
    const { client, clock, told } = sessionStage(ttl);
    client.sendSay("a");
    await clock.advance(500);
    client.sendSay("b");
    await clock.advance(500);
    expect(rejections(told)).toEqual(["a EXPIRED"]);
    await clock.advance(500);
    expect(rejections(told)).toEqual(["a EXPIRED", "b EXPIRED"]);
  });

  test("is of its action and no other", async () => {
    const { client, clock, told } = sessionStage({ actions: { ask: { ttl: 1_000 } } });
    client.sendSay("a");
    await clock.advance(3_600_000);
    expect([told["onRejected"], client.pending().length]).toEqual([undefined, 1]);
  });

  test("ends while a message waits behind the window, too", async () => {
    const { client, clock, told, ...stage } = sessionStage(ttl);
    const line = await stage.open({ window: 1 });
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.advance(1_000);
    line.ack(1);
    client.sendSay("c");
    await clock.settle();
    expect([line.heard, rejections(told)]).toEqual([["0.1 a", "0.3 c"], ["b EXPIRED"]]);
  });

  test("says nothing of a message that is on its way: its acknowledgement may come yet", async () => {
    const { client, clock, told, ...stage } = sessionStage(ttl);
    const line = await stage.open();
    const id = client.sendSay("a");
    await clock.advance(1_500);
    expect(client.pending()).toMatchObject([{ at: "in flight" }]);
    line.ack(1);
    await clock.settle();
    expect(told).toEqual({ onAcknowledged: [id] });
  });

  test("of a message written before a break makes it uncertain where the server does not say, and it is never written again", async () => {
    const { client, clock, told, ...stage } = sessionStage(ttl);
    await stage.open();
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.settle();
    const line = await stage.again();
    await clock.advance(2_000);
    line.welcome({ handled: [1] });
    client.sendAnything("ping", {});
    await clock.settle();
    expect([line.heard, uncertain(told), rejections(told)]).toEqual([["0.3 ping"], ["b"], []]);
    expect(told["onAcknowledged"]).toHaveLength(1);
    const later = await stage.again();
    later.welcome();
    await clock.settle();
    expect([later.heard, uncertain(told)]).toEqual([["0.3 ping"], ["b"]]);
  });

  test("that is not over has a message written again after a break", async () => {
    const { client, clock, told, ...stage } = sessionStage({ actions: { say: { ttl: 60_000 } } });
    await stage.open();
    client.sendSay("a");
    await clock.settle();
    const line = await stage.again();
    line.welcome();
    await clock.settle();
    expect([line.heard, told]).toEqual([["0.1 a"], {}]);
  });

  test("holds for what is sent from onRejected as well", async () => {
    let again = 2;
    const { client, clock, told } = sessionStage({
      ...ttl,
      onRejected: () => void (again-- > 0 && client.sendSay("again")),
    });
    client.sendSay("a");
    await clock.advance(1_000);
    expect(client.pending()).toHaveLength(1);
    await clock.advance(1_000);
    expect(client.pending()).toHaveLength(1);
    await clock.advance(1_000);
    expect([client.pending(), told["onError"]]).toEqual([[], undefined]);
  });
});

describe("priorities", () => {
  const urgent = { actions: { ping: { priority: 5 }, ask: { priority: -1 } } };

  test("are off by default: one stream, everything in the order it was accepted", async () => {
    const { client, clock, ...stage } = sessionStage();
    for (const text of ["a", "b"]) client.sendSay(text);
    client.sendAnything("ping", {});
    const line = await stage.open();
    expect(line.hello.streams).toHaveLength(1);
    await clock.settle();
    expect(line.heard).toEqual(["0.1 a", "0.2 b", "0.3 ping"]);
  });

  test("have a stream each: what is more urgent overtakes what waits, and each is in order", async () => {
    const { client, clock, ...stage } = sessionStage(urgent);
    client.sendAsk("1");
    for (const text of ["a", "b"]) client.sendSay(text);
    client.sendAnything("ping", {});
    client.sendAnything("ping", {});
    const line = await stage.open({ window: 2 });
    expect(line.hello.streams).toHaveLength(3);
    expect(new Set(line.hello.streams.map(({ name }) => name)).size).toBe(3);
    await clock.settle();
    expect(line.heard).toEqual(["0.1 ping", "0.2 ping"]);
    line.ack(2, 0);
    await clock.settle();
    client.sendAnything("ping", {});
    line.ack(2, 1);
    await clock.settle();
    line.ack(3, 0);
    await clock.settle();
    expect(line.heard.slice(2)).toEqual(["1.1 a", "1.2 b", "0.3 ping", "2.1 ask"]);
  });

  test("share one window, and are forgotten and written again each by its own number", async () => {
    const { client, clock, ...stage } = sessionStage(urgent);
    client.sendAnything("ping", {});
    for (const text of ["a", "b"]) client.sendSay(text);
    await stage.open({ window: 3 });
    await clock.settle();
    const line = await stage.again();
    expect(line.hello.streams.map(({ written }) => written)).toEqual([1, 2, 0]);
    line.welcome({ handled: [0, 1, null] });
    await clock.settle();
    expect(line.heard).toEqual(["0.1 ping", "1.2 b"]);
  });
});

describe("options of an action", () => {
  test.each<[string, Readonly<Record<string, ActionDelivery>>, RegExp]>([
    ["an action that the contract does not have", { shout: {} }, /actions\.shout/],
    ["one that only an object has", { constructor: {} }, /actions\.constructor/],
    ["one that the server says", { said: {} }, /actions\.said/],
    ["a time of none", { say: { ttl: 0 } }, /actions\.say\.ttl/],
    ["a time below none", { say: { ttl: -1 } }, /actions\.say\.ttl/],
    ["a time that is no number", { say: { ttl: Number.NaN } }, /actions\.say\.ttl/],
    ["a priority that is no number", { say: { priority: Number.NaN } }, /actions\.say\.priority/],
    ["a priority without an end", { say: { priority: Number.POSITIVE_INFINITY } }, /actions\.say\.priority/],
  ])("refuse %s when the client is made", (_, actions, words) => {
    expect(() => sessionStage({ actions })).toThrow(words);
    expect(codeOf(() => sessionStage({ actions }))).toBe("BAD_OPTION");
  });

  test("take a time and a priority that a person would write", () => {
    expect(codeOf(() => sessionStage({ actions: { say: { ttl: 0.5, priority: -2.5 }, ask: {} } }))).toBe("nothing");
  });
});

describe("the outbox", () => {
  test("is bounded in messages, those in flight included, and has room again when they are acknowledged", async () => {
    const { client, clock, ...stage } = sessionStage({ client: { outbox: { maxMessages: 2 } } });
    const line = await stage.open();
    client.sendSay("a");
    client.sendSay("b");
    await clock.settle();
    expect(codeOf(() => client.sendSay("c"))).toBe("OUTBOX_FULL");
    expect(await outcome(client.requestAsk("c"))).toBe("OUTBOX_FULL");
    line.ack(1);
    await clock.settle();
    client.sendSay("d");
    await clock.settle();
    expect(line.said.map(({ text }) => text)).toEqual(["a", "b", "d"]);
  });

  test("is bounded in bytes of UTF-8", () => {
    const { client } = sessionStage({ client: { outbox: { maxBytes: 100 } } });
    client.sendSay("x".repeat(60));
    expect(codeOf(() => client.sendSay("€€€"))).toBe("OUTBOX_FULL");
    expect(client.pending()).toHaveLength(1);
  });

  test("has room again for what expired, was refused or given up, and no more than that", async () => {
    const { client, clock, ...stage } = sessionStage({ ...ttl, client: { outbox: { maxMessages: 3 } } });
    const line = await stage.open({ window: 1 });
    const stop = new AbortController();
    client.sendAnything("ping", {});
    client.sendSay("expires");
    const asked = outcome(client.requestAsk("x", { signal: stop.signal }));
    await clock.advance(1_000);
    stop.abort();
    line.reject(1);
    await clock.settle();
    expect([await asked, client.pending()]).toEqual(["ABORTED", []]);
    for (let n = 0; n < 3; n++) client.sendAnything("ping", {});
    expect(codeOf(() => client.sendAnything("ping", {}))).toBe("OUTBOX_FULL");
  });

  test("shows what is queued and what is in flight, oldest first, and all as queued after a break", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open({ window: 2 });
    const ids = ["a", "b", "c"].map((text) => client.sendSay(text));
    expect(client.pending()).toMatchObject([
      { id: ids[0], at: "in flight", action: "say", payload: { text: "a" } },
      { id: ids[1], at: "in flight" },
      { id: ids[2], at: "queued" },
    ]);
    line.peer.cut();
    await clock.settle();
    expect(client.pending().map(({ at }) => at)).toEqual(["queued", "queued", "queued"]);
  });

  test("says when it is drained: when the last is acknowledged or rejected, and at once where there is nothing", async () => {
    const { client, clock, ...stage } = sessionStage();
    await client.drained();
    client.sendSay("a");
    client.sendSay("b");
    let drained = 0;
    for (let n = 0; n < 2; n++) void client.drained().then(() => drained++);
    const line = await stage.open();
    await clock.settle();
    line.ack(1);
    await clock.settle();
    expect(drained).toBe(0);
    line.reject(2);
    await clock.settle();
    expect(drained).toBe(2);
  });

  test("rejects what is larger than the server reads, once that is known, and what follows goes on", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    client.sendSay("x".repeat(5_000));
    client.sendSay("b");
    const asked = outcome(client.requestAsk("y".repeat(5_000)));
    const line = await stage.open({ maxBytes: 2_000 });
    client.sendSay("z".repeat(3_000));
    await clock.settle();
    expect(line.heard).toEqual(["0.2 b"]);
    const rejected = told["onRejected"] as { error: ActionwireError }[];
    expect([rejected.map(({ error }) => error.code), await asked]).toEqual([["TOO_LARGE", "TOO_LARGE"], "TOO_LARGE"]);
    expect(rejected[0]?.error.message).toMatch(/^\[TOO_LARGE\] say: its frame has 50\d\d bytes/);
  });

  test("sends what just fits into the largest frame that the server reads", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    const line = await stage.open({ maxBytes: 1_000 });
    const overhead = Buffer.byteLength('0.1 {"action":"say","text":""}');
    client.sendSay("x".repeat(700 - overhead));
    await clock.settle();
    expect([line.said.length, told["onRejected"]]).toEqual([1, undefined]);
  });
});

describe("a refusal", () => {
  test("rejects its message with the server's code and words, and no other", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    const line = await stage.open();
    const ids = ["a", "b", "c"].map((text) => client.sendSay(text));
    await clock.settle();
    line.reject(2);
    line.reject(2);
    line.ack(3);
    await clock.settle();
    expect(told["onRejected"]).toMatchObject([
      { message: { id: ids[1] }, error: { code: "REFUSED", details: { code: "FORBIDDEN", message: "not here" } } },
    ]);
    expect(told["onAcknowledged"]).toEqual([ids[0], ids[2]]);
  });

  test("told with welcome counts before what is handled there", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    await stage.open();
    const ids = ["a", "b", "c"].map((text) => client.sendSay(text));
    await clock.settle();
    const line = await stage.again();
    line.welcome({ handled: [2], rejected: [{ stream: 0, number: 1, code: "C", message: "m" }] });
    await clock.settle();
    expect([rejections(told), told["onAcknowledged"], line.heard]).toEqual([["a REFUSED"], [ids[1]], ["0.3 c"]]);
  });

  test("told with welcome of what is long done with changes nothing", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    const first = await stage.open();
    client.sendSay("a");
    await clock.settle();
    first.reject(1);
    first.ack(1);
    await clock.settle();
    const line = await stage.again();
    line.welcome({ handled: [1], rejected: [{ stream: 0, number: 1, code: "C", message: "m" }] });
    await clock.settle();
    expect([rejections(told), client.state.at]).toEqual([["a REFUSED"], "open"]);
  });

  test("of a stream that hello did not name is against the protocol", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open();
    line.reject(1, 1);
    await clock.settle();
    expect([client.state.at, line.peer.closed?.code]).toEqual(["stopped", 4400]);
  });

  test("of a message that was never sent is against the protocol, as its acknowledgement is", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    const line = await stage.open({ window: 1 });
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.settle();
    line.reject(2);
    await clock.settle();
    expect([client.state.at, line.peer.closed?.code, rejections(told)]).toEqual(["stopped", 4400, []]);
  });
});

describe("close()", () => {
  test("hands back what never left, tells what may have arrived, and says end ahead of the goodbye", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    const line = await stage.open({ window: 1 });
    const ids = ["a", "b"].map((text) => client.sendSay(text));
    const asked = outcome(client.requestAsk("x"));
    await clock.settle();
    expect(client.close()).toMatchObject([{ id: ids[1], action: "say", payload: { text: "b" } }]);
    await clock.settle();
    expect([uncertain(told), await asked]).toEqual([["a"], "CLOSED"]);
    expect(line.after.map(String).at(-1)).toBe('{"type":"end"}');
    expect(line.peer.closed).toEqual({ code: 1000, reason: "" });
    expect(clock.timers).toBe(0);
  });

  test("writes nothing behind the end", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open();
    line.peer.buffered = 1_000_000;
    client.sendSay("held up");
    await clock.settle();
    line.peer.buffered = 0;
    client.close();
    await clock.settle();
    const frames = line.after.map(String);
    expect(frames.indexOf('{"type":"end"}')).toBe(frames.length - 1);
  });

  test("leaves nothing pending, resolves drained(), and the second time has nothing to hand back or to tell", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    await stage.open({ window: 1 });
    for (const text of ["a", "b"]) client.sendSay(text);
    const drained = client.drained();
    await clock.settle();
    expect(client.close()).toHaveLength(1);
    await drained;
    expect(client.pending()).toEqual([]);
    expect([client.close(), uncertain(told)]).toEqual([[], ["a"]]);
  });

  test.each([
    ["before it ever connected", async () => {}],
    [
      "while it connects",
      async ({ client, clock }: ReturnType<typeof sessionStage>) => {
        client.connect();
        await clock.settle();
      },
    ],
    [
      "while it is open, with everything to do",
      async ({ client, clock, ...stage }: ReturnType<typeof sessionStage>) => {
        const line = await stage.open();
        client.sendSay("a");
        void outcome(client.requestAsk("x"));
        line.say("room.1", "x");
        await clock.settle();
      },
    ],
    [
      "while it waits",
      async ({ client, clock, network }: ReturnType<typeof sessionStage>) => {
        network.onDial = (dial) => dial.fail();
        client.sendSay("a");
        await clock.settle();
      },
    ],
  ])("leaves no timer, %s", async (_, happen) => {
    const made = sessionStage({ actions: { say: { ttl: 5_000 } } });
    await happen(made);
    made.client.close();
    await made.clock.settle();
    expect([made.clock.timers, made.client.state.at]).toEqual([0, "closed"]);
    expect(codeOf(() => made.client.sendSay("b"))).toBe("CLOSED");
  });

  test("may be called from every callback", async () => {
    for (const name of ["onAcknowledged", "onRejected", "onResync", "onOtherContract"] as const) {
      const made = sessionStage({ [name]: () => void made.client.close() });
      const { client, clock } = made;
      await made.open({ contract: { version: "1.0.0", hash: name === "onOtherContract" ? "other" : "0" } });
      if (name !== "onOtherContract") {
        for (const text of ["a", "b", "c"]) client.sendSay(text);
        await clock.settle();
        made.line().reject(1);
        made.line().say("own.7", "a gap");
        made.line().ack(3);
      }
      await clock.settle();
      expect([name, client.state.at, clock.timers, made.told["onError"]]).toEqual([name, "closed", 0, undefined]);
    }
  });
});

describe("the heartbeat", () => {
  /** Milliseconds from now until the connection is given up. */
  async function noticed({ client, clock }: Pick<ReturnType<typeof sessionStage>, "client" | "clock">) {
    const from = clock.now();
    while (client.state.at === "open" && clock.now() - from < 120_000) await clock.advance(50);
    expect(reasonOf(client)?.kind).toBe("silent");
    return clock.now() - from;
  }

  async function answering() {
    const made = sessionStage();
    return { ...made, line: await made.open() };
  }

  test.each([
    0, 700, 1_900, 2_100, 19_000, 19_999, 20_001, 25_000, 43_210,
  ])("finds out within 5 s that nobody confirms what was written, after %d ms of quiet", async (quiet) => {
    const made = await answering();
    await made.clock.advance(quiet);
    made.line.peer.stall();
    made.client.sendSay("a");
    expect(await noticed(made)).toBeLessThanOrEqual(5_000);
  });

  test.each([
    0, 500, 1_999, 2_300,
  ])("finds it out within 5 s also where others were confirmed before, the last %d ms ago", async (before) => {
    const made = await answering();
    for (let n = 1; n <= 3; n++) {
      made.client.sendSay("a");
      await made.clock.advance(900);
      made.line.ack(n);
    }
    await made.clock.advance(before);
    made.line.peer.stall();
    made.client.sendSay("b");
    expect(await noticed(made)).toBeLessThanOrEqual(5_000);
  });

  test.each([
    0, 5_000, 19_999, 33_000,
  ])("finds out within 30 s where there was nothing to say, for %d ms", async (quiet) => {
    const made = await answering();
    await made.clock.advance(quiet);
    made.line.peer.stall();
    expect(await noticed(made)).toBeLessThanOrEqual(30_000);
  });

  test("asks every 2 s while something is unconfirmed, every 20 s else, and never the transport's way", async () => {
    const { client, clock, line } = await answering();
    client.sendSay("a");
    await clock.advance(10_000);
    expect(line.pings).toBe(5);
    line.ack(1);
    await clock.advance(2_000);
    const before = line.pings;
    await clock.advance(60_000);
    expect([line.pings - before, line.peer.pings, client.state.at]).toEqual([3, 0, "open"]);
  });

  test("takes anything that is heard for an answer", async () => {
    const { client, clock, network, ...stage } = sessionStage();
    network.onFrame = () => {};
    const line = await stage.open();
    client.sendSay("a");
    for (let n = 1; n <= 30; n++) {
      await clock.advance(2_000);
      line.say(`room.${n}`, "x");
    }
    expect([client.state.at, network.peers.length]).toEqual(["open", 1]);
  });

  test("gives a slow server that answers late, and yet in time, no reason to be left", async () => {
    const { client, clock, network, ...stage } = sessionStage();
    network.onFrame = (frame, peer) => {
      if (frame === '{"type":"ping"}') clock.after(2_400, () => peer.send({ type: "pong" }));
    };
    await stage.open();
    client.sendSay("a");
    await clock.advance(120_000);
    expect([client.state.at, network.peers.length]).toEqual(["open", 1]);
  });

  test("raises no alarm where this side slept or its timers were throttled: it asks again", async () => {
    const { client, clock, network } = await answering();
    client.sendSay("a");
    for (let n = 0; n < 20; n++) {
      clock.sleep(60_000);
      await clock.advance(1);
    }
    expect([client.state.at, network.peers.length]).toEqual(["open", 1]);
  });

  test("after sleep finds out soon where the server is gone", async () => {
    const made = await answering();
    made.client.sendSay("a");
    await made.clock.advance(100);
    made.line.peer.stall();
    made.clock.sleep(3_600_000);
    expect(await noticed(made)).toBeLessThanOrEqual(5_000);
  });

  test("is the session's own whatever the options say of the transport's", async () => {
    const { client, clock, network, ...stage } = sessionStage({ client: { heartbeat: false } });
    await stage.open();
    expect(client.state).toMatchObject({ heartbeat: "session" });
    network.peer.stall();
    await clock.advance(30_000);
    expect(network.dials.length).toBeGreaterThan(1);
  });
});

describe("a callback that throws", () => {
  const names = ["onDurable", "onAcknowledged", "onRejected", "onResync", "onOtherContract"] as const;

  test.each(names)("%s is told to onError and disturbs nothing", async (name) => {
    const fail = (): never => {
      throw new Error(name);
    };
    const { memoryStore } = await import("@actionwire/runtime/session");
    const { client, clock, told, ...stage } = sessionStage({ [name]: fail, store: memoryStore() });
    await stage.open({ contract: { version: "1.0.0", hash: "other" } });
    for (const text of ["a", "b", "c"]) client.sendSay(text);
    await clock.settle();
    stage.line().reject(1);
    stage.line().say("own.7", "a gap");
    await clock.settle();
    const line = await stage.again();
    line.welcome({ handled: [2] });
    await clock.settle();
    expect(line.heard).toEqual(["0.3 c"]);
    line.ack(3);
    await clock.settle();
    expect([client.pending(), client.state.at]).toEqual([[], "open"]);
    expect(told["onError"]?.length).toBeGreaterThan(0);
    for (const what of told["onError"] ?? []) expect(what).toEqual([new Error(name), { during: "callback" }]);
  });
});
