import { memoryStore, type OutboxStore } from "@actionwire/runtime/session";
import { describe, expect, test } from "vitest";
import {
  codeOf,
  outcome,
  rejections,
  type SlowStore,
  sessionStage,
  slowStore,
  uncertain,
} from "./support/session-stage.js";

/** Settles writes as they come, until there are none. */
async function settleAll(store: SlowStore, settle: () => Promise<void>): Promise<void> {
  for (let done = 0; done < store.writes.length; done++) {
    store.writes[done]?.done();
    await settle();
  }
}

describe("with a store, a message", () => {
  test("leaves when the store has confirmed it, and not before", async () => {
    const store = slowStore();
    const { client, clock, told, ...stage } = sessionStage({ store });
    const line = await stage.open();
    const id = client.sendSay("a");
    await clock.advance(1_000);
    expect([line.said, told["onDurable"], client.pending().map(({ at }) => at)]).toEqual([[], undefined, ["queued"]]);
    store.writes[0]?.done();
    await clock.settle();
    expect([line.heard, told["onDurable"]]).toEqual([["0.1 a"], [[id]]]);
  });

  test("is kept whole: what it is, until when, how urgent, and whether somebody waits", async () => {
    const store = slowStore();
    const { client, clock } = sessionStage({ store, actions: { say: { ttl: 5_000, priority: 2 } } });
    const id = client.sendSay("a");
    void outcome(client.requestAsk("b"));
    await clock.settle();
    const put = store.writes.flatMap((write) => write.put);
    expect(put[0]).toEqual({
      id,
      action: "say",
      frame: '{"action":"say","text":"a"}',
      asks: false,
      expires: 1_005_000,
      priority: 2,
    });
    if (store.writes.length === 1 && put.length === 1) {
      store.writes[0]?.done();
      await clock.settle();
    }
    const second = store.writes.flatMap((write) => write.put)[1];
    expect(second).toMatchObject({ action: "ask", asks: true });
    expect(Object.keys(second ?? {}).sort()).toEqual(["action", "asks", "frame", "id"]);
  });

  test("does not cost a write of its own: what gathers during one goes into the next together", async () => {
    const store = slowStore();
    const { client, clock, told, ...stage } = sessionStage({ store });
    const line = await stage.open();
    for (let n = 1; n <= 500; n++) client.sendSay(`t${n}`);
    await clock.settle();
    await settleAll(store, () => clock.settle());
    expect(store.writes.length).toBeLessThanOrEqual(2);
    expect(line.said.map(({ text }) => text)).toEqual(Array.from({ length: 500 }, (_, n) => `t${n + 1}`));
    expect(told["onDurable"]?.flat()).toHaveLength(500);
  });

  test("is dropped when it is acknowledged, together with others, and drained() does not wait for that", async () => {
    const store = slowStore();
    const { client, clock, ...stage } = sessionStage({ store });
    const line = await stage.open();
    for (const text of ["a", "b", "c"]) client.sendSay(text);
    await clock.settle();
    await settleAll(store, () => clock.settle());
    const before = store.writes.length;
    for (const n of [1, 2, 3]) line.ack(n);
    await client.drained();
    await clock.advance(1_000);
    await settleAll(store, () => clock.settle());
    expect(store.writes.length - before).toBe(1);
    expect([...store.kept]).toEqual([]);
  });

  test("that the store refuses is NOT_KEPT and never sent; the store's error is its cause, and the next one is tried again", async () => {
    const store = slowStore();
    const { client, clock, told, ...stage } = sessionStage({ store });
    const line = await stage.open();
    client.sendSay("a");
    await clock.settle();
    const asked = outcome(client.requestAsk("b"));
    store.writes[0]?.fail();
    await clock.settle();
    store.writes[1]?.fail();
    await clock.settle();
    client.sendSay("c");
    await clock.settle();
    for (let n = 2; n < store.writes.length; n++) {
      store.writes[n]?.done();
      await clock.settle();
    }
    expect([rejections(told), await asked]).toEqual([["a NOT_KEPT"], "NOT_KEPT"]);
    expect(told["onRejected"]).toMatchObject([{ error: { cause: new Error("the disk is full") } }]);
    expect([line.heard, [...store.kept.values()].map(({ frame }) => frame)]).toEqual([
      ["0.3 c"],
      ['{"action":"say","text":"c"}'],
    ]);
  });

  test("is NOT_KEPT where the store cannot be opened, and the connection is there all the same", async () => {
    const store: OutboxStore = {
      ...memoryStore(),
      open: () => Promise.reject(new Error("denied")),
      write: () => Promise.reject(new Error("must not be asked")),
      close: () => Promise.reject(new Error("must not be asked")),
    };
    const { client, clock, told, ...stage } = sessionStage({ store });
    const line = await stage.open();
    client.sendSay("a");
    await clock.settle();
    expect([rejections(told), line.heard, client.state.at]).toEqual([["a NOT_KEPT"], [], "open"]);
    expect(told["onRejected"]).toMatchObject([{ error: { cause: new Error("denied") } }]);
    client.close();
    await clock.settle();
    expect(JSON.stringify(told)).not.toContain("must not be asked");
  });

  test("has the client wait for the store to open before it connects", async () => {
    let open = (_: []): void => {};
    const store: OutboxStore = { ...memoryStore(), open: () => new Promise((resolve) => (open = resolve)) };
    const { client, clock, network, ...stage } = sessionStage({ store });
    client.sendSay("a");
    await clock.advance(5_000);
    expect([client.state.at, network.dials.length]).toEqual(["connecting", 0]);
    open([]);
    await clock.settle();
    stage.line().welcome();
    await clock.settle();
    expect(stage.line().heard).toEqual(["0.1 a"]);
  });

  test("given up before the store has it is not written by a store that has yet to begin", async () => {
    const store = slowStore();
    const { client, clock } = sessionStage({ store });
    client.sendSay("a");
    await clock.settle();
    const stop = new AbortController();
    const asked = outcome(client.requestAsk("b", { signal: stop.signal }));
    stop.abort();
    await clock.settle();
    await settleAll(store, () => clock.settle());
    expect(await asked).toBe("ABORTED");
    expect(store.writes.flatMap(({ put }) => put.map(({ action }) => action))).toEqual(["say"]);
  });
});

describe("what is passed over holds back what comes after it until the store has it no more:", () => {
  /** An open connection with a full window, and `a` and `b` kept behind it. */
  async function behind(options: Parameters<typeof sessionStage>[0] = {}) {
    const store = slowStore();
    const made = sessionStage({ store, actions: { say: { ttl: 1_000 } }, ...options });
    const line = await made.open({ window: 1 });
    made.client.sendAnything("ping", {});
    made.client.sendSay("a");
    await made.clock.settle();
    made.client.sendAnything("ping", {});
    await settleAll(store, () => made.clock.settle());
    expect(line.heard).toEqual(["0.1 ping"]);
    return { ...made, store, line, before: store.writes.length };
  }
  const dropped = ({ writes }: SlowStore, from: number) => writes.slice(from).flatMap((write) => write.dropped);

  test("a message that expired", async () => {
    const { client, clock, store, line, before, told } = await behind();
    const id = client.pending()[1]?.id;
    await clock.advance(1_000);
    expect(rejections(told)).toEqual(["a EXPIRED"]);
    expect(dropped(store, before)).toEqual([id]);
    line.ack(1);
    await clock.settle();
    expect(line.heard).toEqual(["0.1 ping"]);
    store.writes[before]?.done();
    await clock.settle();
    expect(line.heard).toEqual(["0.1 ping", "0.3 ping"]);
  });

  test("also where the store fails to drop it: waiting longer would help nobody, and the next write tries again", async () => {
    const { client, clock, store, line, before, told } = await behind();
    const id = client.pending()[1]?.id;
    await clock.advance(1_000);
    line.ack(1);
    store.writes[before]?.fail();
    await clock.settle();
    expect(line.heard).toEqual(["0.1 ping", "0.3 ping"]);
    expect(told["onError"]).toEqual([[new Error("the disk is full"), { during: "store" }]]);
    client.sendSay("c");
    await clock.settle();
    expect(dropped(store, before + 1)).toContain(id);
  });

  test("a request that timed out", async () => {
    const store = slowStore();
    const { client, clock, ...stage } = sessionStage({ store });
    const line = await stage.open({ window: 1 });
    client.sendSay("a");
    void outcome(client.requestAsk("b", { timeout: 500 }));
    client.sendSay("c");
    await clock.settle();
    await settleAll(store, () => clock.settle());
    const before = store.writes.length;
    await clock.advance(500);
    line.ack(1);
    await clock.settle();
    expect(line.heard).toEqual(["0.1 a"]);
    store.writes[before]?.done();
    await clock.settle();
    expect(line.heard).toEqual(["0.1 a", "0.3 c"]);
  });

  test("a message too large for the server, also where whoever is told of it sends another at once", async () => {
    const store = slowStore();
    const made = sessionStage({
      store,
      onRejected: () => void made.client.sendAnything("ping", {}),
    });
    const { client, clock } = made;
    client.sendSay("x".repeat(5_000));
    client.sendSay("b");
    await clock.settle();
    await settleAll(store, () => clock.settle());
    const line = await made.open({ maxBytes: 2_000 });
    expect([...store.kept.values()].map(({ frame }) => frame.length > 5_000)).toEqual([true, false]);
    expect(line.heard).toEqual([]);
    await settleAll(store, () => clock.settle());
    expect(line.heard).toEqual(["0.2 b", "0.3 ping"]);
  });

  test("a message that is uncertain", async () => {
    const store = slowStore();
    const { client, clock, told, ...stage } = sessionStage({ store, actions: { say: { ttl: 1_000 } } });
    await stage.open();
    client.sendSay("a");
    client.sendAnything("ping", {});
    await clock.settle();
    await settleAll(store, () => clock.settle());
    const line = await stage.again();
    await clock.advance(1_000);
    const before = store.writes.length;
    line.welcome({ handled: [0] });
    await clock.settle();
    expect([uncertain(told), line.heard]).toEqual([["a"], []]);
    store.writes[before]?.done();
    await clock.settle();
    expect(line.heard).toEqual(["0.2 ping"]);
  });
});

describe("after a crash, the next client of a store", () => {
  /** What a client left behind that was never heard of again. */
  async function left(store: OutboxStore, texts: readonly string[], seed = 1): Promise<readonly string[]> {
    const { client, clock } = sessionStage({ store, seed });
    const ids = texts.map((text) => client.sendSay(text));
    await clock.settle();
    return ids;
  }

  test("sends what was left first, in order, under the same ids, then its own", async () => {
    const store = memoryStore();
    const ids = await left(store, ["a", "b"]);
    const { client, clock, ...stage } = sessionStage({ store, seed: 2 });
    const own = client.sendSay("c");
    const line = await stage.open();
    await clock.settle();
    const [old, mine] = line.hello.streams;
    expect(line.heard).toEqual(["0.1 a", "0.2 b", "1.1 c"]);
    expect([`${old?.name}.1`, `${old?.name}.2`, `${mine?.name}.1`]).toEqual([...ids, own]);
    expect([old?.written, mine?.written]).toEqual([2, 0]);
  });

  test("may be the third, and speaks for all before it, oldest first", async () => {
    const store = memoryStore();
    await left(store, ["a"], 1);
    await left(store, ["b"], 2);
    const { clock, ...stage } = sessionStage({ store, seed: 3 });
    const line = await stage.open();
    await clock.settle();
    expect([line.hello.streams.length, line.said.map(({ text }) => text)]).toEqual([3, ["a", "b"]]);
  });

  test("does not send what the dead client's server had handled, says so, and drops it", async () => {
    const store = memoryStore();
    const ids = await left(store, ["a", "b"]);
    const { client, clock, told, ...stage } = sessionStage({ store, seed: 2 });
    const line = await stage.open({ handled: [1, null] });
    line.ack(2);
    await clock.advance(1_000);
    expect([line.heard, told["onAcknowledged"], client.pending()]).toEqual([["0.2 b"], ids, []]);
    expect(await store.open()).toEqual([]);
    expect((await stage.again()).hello.streams).toHaveLength(1);
  });

  test("sends the dead client's requests, and drops their replies", async () => {
    const store = memoryStore();
    const dead = sessionStage({ store, seed: 1 });
    void outcome(dead.client.requestAsk("a"));
    await dead.clock.settle();
    const { client, clock, told, ...stage } = sessionStage({ store, seed: 2 });
    const answers: string[] = [];
    client.handle({ onTold: ({ answer }) => void answers.push(answer) });
    const line = await stage.open();
    expect(line.heard).toEqual(["0.1 ask"]);
    line.peer.send(`own.1,=${line.hello.streams[0]?.name}.1 {"action":"told","answer":"A"}`);
    line.ack(1);
    await clock.settle();
    expect([answers, told["onUnknown"], client.pending()]).toEqual([[], undefined, []]);
  });

  test("keeps priorities: what was left goes before its own of the same priority, and after what is more urgent", async () => {
    const store = memoryStore();
    const actions = { ping: { priority: 1 } };
    const dead = sessionStage({ store, seed: 1, actions });
    dead.client.sendSay("a");
    dead.client.sendAnything("ping", {});
    await dead.clock.settle();
    const { client, clock, ...stage } = sessionStage({ store, seed: 2, actions });
    client.sendSay("b");
    client.sendAnything("ping", {});
    const line = await stage.open();
    await clock.settle();
    expect(line.heard).toEqual(["0.1 ping", "1.1 ping", "2.1 a", "3.1 b"]);
  });

  test("says of what expired meanwhile that it is uncertain, since it may have been written, and does not send it", async () => {
    const store = memoryStore();
    const actions = { say: { ttl: 1_000 } };
    const dead = sessionStage({ store, seed: 1, actions });
    dead.client.sendSay("a");
    await dead.clock.settle();
    const { clock, told, ...stage } = sessionStage({ store, seed: 2, actions });
    clock.sleep(2_000);
    const line = await stage.open();
    await clock.advance(1_000);
    expect([line.said, uncertain(told), await store.open()]).toEqual([[], ["a"], []]);
  });

  test("shows what was left as pending once the store is open, and is not drained before it is sent", async () => {
    const store = memoryStore();
    await left(store, ["a"]);
    const { client, clock, ...stage } = sessionStage({ store, seed: 2 });
    let drained = false;
    void client.drained().then(() => {
      drained = true;
    });
    await clock.settle();
    expect([client.pending().length, drained]).toEqual([1, false]);
    const line = await stage.open();
    line.ack(1);
    await clock.settle();
    expect(drained).toBe(true);
  });

  test("goes on where the server has handled more than the store still has", async () => {
    const store = memoryStore();
    const first = sessionStage({ store, seed: 1 });
    await first.open();
    first.client.sendSay("a");
    void outcome(first.client.requestAsk("b"));
    await first.clock.settle();
    first.client.close(); // the request is dropped, the message kept; both were written, and the server handles both
    await first.clock.settle();
    const { client, clock, told, ...stage } = sessionStage({ store, seed: 2 });
    await stage.open({ handled: [2, null] });
    expect([client.state.at, told["onAcknowledged"]?.length, client.pending()]).toEqual(["open", 1, []]);
  });

  test("goes on where what the server has handled further was refused, and dropped before the rest", async () => {
    const store = memoryStore();
    const first = sessionStage({ store, seed: 1 });
    const line = await first.open();
    for (const text of ["a", "b"]) first.client.sendSay(text);
    await first.clock.settle();
    line.reject(2);
    await first.clock.settle();
    const { client, ...stage } = sessionStage({ store, seed: 2 });
    await stage.open({ handled: [2, null] });
    expect([client.state.at, client.pending()]).toEqual(["open", []]);
  });
});

describe("close() with a store", () => {
  test("hands nothing back and loses nothing: what waits and what is in flight is the next client's", async () => {
    const store = memoryStore();
    const first = sessionStage({ store, seed: 1 });
    await first.open({ window: 1 });
    for (const text of ["a", "b"]) first.client.sendSay(text);
    await first.clock.settle();
    expect(first.client.close()).toEqual([]);
    await first.clock.settle();
    expect([first.told["onUncertain"], first.told["onRejected"], first.clock.timers]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    const { clock, ...stage } = sessionStage({ store, seed: 2 });
    const line = await stage.open();
    await clock.settle();
    expect(line.said.map(({ text }) => text)).toEqual(["a", "b"]);
  });

  test("keeps what was accepted a moment before, and lets go of the store after that", async () => {
    const store = slowStore();
    const { client, clock } = sessionStage({ store });
    client.sendSay("a");
    client.sendSay("b");
    await clock.settle();
    client.close();
    await clock.settle();
    expect(store.closed).toBe(0);
    await settleAll(store, () => clock.settle());
    expect([store.closed, [...store.kept.values()].length, clock.timers]).toEqual([1, 2, 0]);
  });

  test("lets go of the store once, however often it is called", async () => {
    const store = slowStore();
    const { client, clock } = sessionStage({ store });
    client.close();
    await clock.settle();
    client.close();
    await clock.settle();
    expect(store.closed).toBe(1);
  });

  test("does not keep requests: nobody would hear what they are answered", async () => {
    const store = memoryStore();
    const { client, clock, ...stage } = sessionStage({ store });
    await stage.open({ window: 1 });
    const asked = [outcome(client.requestAsk("written")), outcome(client.requestAsk("queued"))];
    await clock.settle();
    client.close();
    await clock.settle();
    expect([await Promise.all(asked), await store.open()]).toEqual([["CLOSED", "CLOSED"], []]);
    expect(codeOf(() => client.sendSay("x"))).toBe("CLOSED");
  });

  test("drops what was acknowledged and not yet dropped", async () => {
    const store = memoryStore();
    const { client, clock, ...stage } = sessionStage({ store });
    const line = await stage.open();
    client.sendSay("a");
    await clock.settle();
    line.ack(1);
    await clock.settle();
    client.close();
    await clock.settle();
    expect([await store.open(), clock.timers]).toEqual([[], 0]);
  });
});

test("a client that cannot be made lets go of its store, so that the next can have it", async () => {
  let closed = 0;
  const store: OutboxStore = { ...memoryStore(), close: async () => void closed++ };
  const client = { token: () => "t", tokenIn: { message: (token: string) => token } };
  expect(codeOf(() => sessionStage({ store, client }))).toBe("BAD_OPTION");
  await new Promise((next) => setTimeout(next, 0));
  expect(closed).toBe(1);
});
