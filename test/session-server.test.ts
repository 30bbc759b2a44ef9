/**
 * PROTOCOL.md, clause by clause, as somebody checks it who writes the other side: how a session opens, what is handled
 * and acknowledged, and what is refused. What it hears: session-topics.test.ts; strangers and time: session-hostile.test.ts.
 */
import { createServer } from "node:http";
import type { Api } from "@actionwire/runtime";
import { type MountOptions, mount } from "@actionwire/runtime/node";
import { type Delivery, memorySessions, Refusal, type SessionStore } from "@actionwire/runtime/server";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type ChatContext, ChatSender, chatRoutes, plainChat, type User, wrappedChat } from "./support/chat-api.js";
import { listen } from "./support/listen.js";
import { COUNT, gate, helloFrame, type Line, STREAM, SUBPROTOCOL, say, serve } from "./support/session-talk.js";

const OTHER = "stream-of-ann-00002";
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanUp.splice(0).reverse()) await clean();
});

describe("negotiation, over a real socket", () => {
  async function serving(options: Partial<MountOptions<User, ChatSender>> = {}): Promise<number> {
    const server = createServer();
    const mounted = mount<User, ChatSender>(server, plainChat, ChatSender, chatRoutes(), {
      authorize: ({ token }) => token === "secret" && { name: "ann" },
      ...options,
    });
    cleanUp.push(
      () => server.close(),
      () => mounted.close({ graceMs: 0, spreadMs: 1 }),
    );
    return listen(server);
  }

  async function open(port: number, protocols: readonly string[], token = "secret") {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/chat?access_token=${token}`, [...protocols]);
    cleanUp.push(() => socket.terminate());
    const frames: string[] = [];
    socket.on("message", (data) => frames.push(String(data)));
    const failed = await new Promise<string | undefined>((resolve) => {
      socket.on("open", () => resolve(undefined));
      socket.on("error", ({ message }) => resolve(message));
    });
    return { socket, frames, failed };
  }

  test("is a session chosen before any other name that is offered, a bearer token beside it?", async () => {
    const token = `actionwire.bearer.${Buffer.from("secret").toString("base64url")}`;
    const port = await serving();
    const { socket, frames } = await open(port, [SUBPROTOCOL, "actionwire", token], "");
    expect(socket.protocol).toBe(SUBPROTOCOL);
    socket.send(helloFrame());
    socket.send("no message before welcome"); // so that the next thing to come is the close
    await expect.poll(() => socket.readyState).toBe(WebSocket.CLOSED);
    expect(frames).toEqual([]);
  });

  test("does a whole exchange arrive: hello, a message, its answer, its acknowledgement?", async () => {
    const { socket, frames } = await open(await serving(), [SUBPROTOCOL]);
    socket.send(helloFrame());
    await expect.poll(() => frames.length).toBe(1);
    expect(JSON.parse(frames[0] ?? "")).toMatchObject({ type: "welcome", resumed: false, handled: [null] });
    socket.send(`0.1 ${COUNT}`);
    socket.send('{"type":"ping"}');
    await expect.poll(() => frames.filter((frame) => frame.includes('"ack"'))).toEqual(['{"type":"ack","to":{"0":1}}']);
    expect(frames).toContain('{"type":"pong"}');
    expect(frames.find((frame) => frame.includes("counted"))).toMatch(
      new RegExp(`^[a-z0-9]+\\.1,=${STREAM}\\.1 {"action":"counted","number":1}$`),
    );
  });

  test("with `sessions: false`, is nothing but a token's name chosen, or nothing at all?", async () => {
    const port = await serving({ sessions: false });
    expect((await open(port, [SUBPROTOCOL])).failed).toBe("Server sent no subprotocol");
    expect((await open(port, [SUBPROTOCOL, "actionwire"])).socket.protocol).toBe("actionwire");
  });

  test("do plain clients speak plainly on a server that speaks sessions?", async () => {
    const { socket, frames } = await open(await serving(), []);
    socket.send(say("hi"));
    await expect.poll(() => frames).toEqual(['{"action":"said","text":"hi"}']);
  });

  test("is a binary frame, and one that is too large, closed with the codes of every connection?", async () => {
    const port = await serving({ maxPayload: 1_000 });
    for (const [frame, code] of [[Buffer.of(1), 1003] as const, ["x".repeat(1_001), 1009] as const]) {
      const { socket } = await open(port, [SUBPROTOCOL]);
      const closed = new Promise((resolve) => socket.on("close", resolve));
      socket.send(helloFrame());
      socket.send(frame);
      expect(await closed).toBe(code);
    }
  });
});

describe("welcome", () => {
  test("what does a client hear that nothing is known of?", async () => {
    const { connect } = serve({ options: { maxPayload: 5_000, sessions: { window: 7 } } });
    const welcome = await connect().hello();
    expect(welcome).toEqual({
      type: "welcome",
      resumed: false,
      handled: [null],
      rejected: [],
      own: expect.stringMatching(/^[A-Za-z0-9_-]{1,64}$/),
      newest: 0,
      cursors: expect.objectContaining({ [welcome.own]: 0 }),
      lost: false,
      contract: { version: "1.0.0", hash: "0" },
      maxBytes: 5_000,
      window: 7,
      windowBytes: 1_048_576,
    });
    expect(Object.keys(welcome.cursors)).toHaveLength(2); // its own, and everyone's
  });

  test("and one that comes back: what was handled, by stream of its hello; where its own stream goes on?", async () => {
    const { connect } = serve();
    const first = connect();
    const { own } = await first.hello();
    await first.write(`0.1 ${say("a")}`);
    await first.write(`0.4 ${say("b")}`);
    await first.cut();
    const again = connect();
    const streams = [
      { name: OTHER, written: 0 },
      { name: STREAM, written: 4 },
    ];
    const welcome = await again.hello({ streams, cursors: { [own]: 1 } });
    expect(welcome).toMatchObject({ resumed: true, handled: [null, 4], own, newest: 2, lost: false });
    expect(welcome.cursors[own]).toBe(1);
    expect(again.messages).toEqual([`${own}.2 {"action":"said","text":"b"}`]);
  });

  test("does it come before every message, whatever is said while the hello is looked into?", async () => {
    const { connect, endpoint } = serve({ options: { onOpen: ({ client }) => client.sendSaid({ text: "opened" }) } });
    const line = connect();
    line.peer.receive(helloFrame());
    void endpoint.all.sendSaid({ text: "meanwhile" });
    await line.settle();
    void endpoint.all.sendSaid({ text: "later" });
    await line.settle();
    expect(String(line.socket.sent[0])).toContain('"welcome"');
    expect(line.heard.filter((text) => text !== "meanwhile").sort()).toEqual(["later", "opened"]);
  });

  test("is a session of another user's begun anew, its cursors ignored, and the first one's left as it is?", async () => {
    const { connect } = serve();
    const ann = connect({ name: "ann" });
    const { own } = await ann.hello();
    await ann.write(`0.1 ${say("secret")}`);
    await ann.cut();
    const ben = connect({ name: "ben" });
    const welcome = await ben.hello({ streams: [], cursors: { [own]: 0 } });
    expect(welcome).toMatchObject({ resumed: false, rejected: [], lost: false });
    expect(ben.messages).toEqual([]);
    await ben.cut();
    expect(await connect({ name: "ann" }).hello({ cursors: { [own]: 0 } })).toMatchObject({ resumed: true, own });
  });

  test("can another user who got to know a message's id say anything in its stream, or take the session over?", async () => {
    const { connect } = serve();
    const ann = connect({ name: "ann" });
    await ann.hello();
    const ben = connect({ name: "ben" });
    await ben.hello();
    await ben.write(`0.${Number.MAX_SAFE_INTEGER} ${say("taken over")}`);
    await ann.write(`0.1 ${say("still Ann")}`);
    await ann.settle();
    expect([ann.closed, ann.heard]).toEqual([undefined, ["still Ann"]]);
    await ann.cut();
    expect((await connect({ name: "ann" }).hello()).handled).toEqual([1]);
  });

  test("what Ann's handlers still say to Ann: does another user hear it who says hello by her session's name?", async () => {
    let ann: ChatContext | undefined;
    const { connect } = serve({
      say: (_, context) => {
        ann = context;
      },
    });
    const first = connect({ name: "ann" });
    await first.hello();
    await first.write(`0.1 ${say("x")}`);
    const ben = connect({ name: "ben" });
    await ben.hello({ streams: [] });
    await ann?.client.sendSaid({ text: "for Ann alone" });
    await ben.settle();
    expect(ben.heard).toEqual([]);
  });

  test("does `identity` say whose it is, where a user's data change?", async () => {
    const { connect } = serve({ options: { sessions: { identity: ({ name }) => name.toLowerCase() } } });
    const line = connect({ name: "Ann" });
    await line.hello();
    await line.cut();
    expect(await connect({ name: "ANN" }).hello()).toMatchObject({ resumed: true });
  });

  test("after `end`, is the session forgotten and what it said still on record?", async () => {
    const { connect } = serve();
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.write({ type: "end" });
    await line.cut();
    expect(await connect().hello()).toMatchObject({ resumed: false, handled: [1] });
  });

  test("a store that cannot be read: 1011, and nothing is handled?", async () => {
    const handled = () => Promise.reject(new Error("disk"));
    const { connect, errors } = serve({ options: { sessions: { store: { ...memorySessions(), handled } } } });
    const line = connect();
    await line.hello();
    expect([line.closed, line.types, errors.length]).toEqual([1011, [], 1]);
  });
});

describe("numbers, and who speaks", () => {
  function listening(others: Parameters<typeof serve>[0] = {}) {
    const seen: string[] = [];
    return { seen, ...serve({ say: ({ text }) => void seen.push(text), ...others }) };
  }

  test("are numbers not greater than the last received, or handled, ignored, and gaps none of the server's business?", async () => {
    const { seen, connect } = listening();
    const line = connect();
    await line.hello();
    for (const number of [2, 1, 2, 9, 3, 9, 10]) await line.write(`0.${number} ${say(`${number}`)}`);
    expect(seen).toEqual(["2", "9", "10"]);
    await line.cut();
    const again = connect();
    await again.hello();
    for (const number of [9, 10, 11]) await again.write(`0.${number} ${say(`again ${number}`)}`);
    expect(seen.slice(3)).toEqual(["again 11"]);
    expect([line.closed, again.closed]).toEqual([undefined, undefined]);
  });

  test("is each stream counted for itself?", async () => {
    const { seen, connect } = listening();
    const line = connect();
    await line.hello({ streams: [STREAM, OTHER].map((name) => ({ name, written: 0 })) });
    for (const at of ["1.5", "0.2", "1.6", "0.1"]) await line.write(`${at} ${say(at)}`);
    expect(seen).toEqual(["1.5", "0.2", "1.6"]);
  });

  test.each([
    ["the session", {}],
    ["one of its streams, in another session", { session: "session-of-ann-0002" }],
  ])("an older connection that speaks for %s: is it closed, its waiting messages dropped, its running one waited for?", async (_, greeting) => {
    const hold = gate();
    const seen: string[] = [];
    const { connect } = serve({
      say: async ({ text }) => {
        seen.push(text);
        if (text === "a") await hold.promise;
      },
    });
    const older = connect();
    await older.hello();
    await older.write(`0.1 ${say("a")}`);
    await older.write(`0.2 ${say("b")}`);
    const newer = connect();
    await newer.hello({ ...greeting, streams: [{ name: STREAM, written: 2 }] });
    expect([older.closed, newer.types]).toEqual([4409, []]);
    await newer.write({ type: "ping" });
    expect(newer.types).toEqual(["pong"]); // also before welcome
    hold.open();
    await newer.settle();
    expect(newer.welcome).toMatchObject({ handled: [1] });
    await older.write(`0.3 ${say("too late")}`);
    await newer.write(`0.2 ${say("b")}`);
    expect(seen).toEqual(["a", "b"]);
  });

  test("a connection that broke: is what it still handles waited for, and what waits behind it dropped?", async () => {
    const hold = gate();
    const seen: string[] = [];
    const { connect } = serve({
      say: async ({ text }) => {
        seen.push(text);
        if (text === "a") await hold.promise;
      },
    });
    const older = connect();
    await older.hello();
    await older.write(`0.1 ${say("a")}`);
    await older.write(`0.2 ${say("b")}`);
    await older.cut();
    const [second, third] = [connect(), connect()];
    await second.hello();
    await third.hello();
    expect([second.closed, second.welcome, third.welcome]).toEqual([4409, undefined, undefined]);
    hold.open();
    await third.settle();
    expect([second.welcome, third.welcome.handled, seen]).toEqual([undefined, [1], ["a"]]);
  });

  test("do bytes travel in binary frames behind a header, both ways?", async () => {
    const blob = { frame: "bytes", validate: () => true } as const;
    const direction = ({ actions, dispatch }: Api["toServer"]): Api["toServer"] => {
      if (dispatch === null) throw new Error("a chat can be told apart");
      if (typeof dispatch === "object" && dispatch.by === "frame") throw new Error("a chat's frames are JSON");
      return { actions: { ...actions, blob }, dispatch: { by: "frame", json: dispatch, bytes: "blob" } };
    };
    const { toServer, toClient } = plainChat;
    const api = { ...plainChat, toServer: direction(toServer), toClient: direction(toClient) };
    const route = (bytes: unknown, { client }: ChatContext) => client.sendAnything("blob", bytes);
    const line = serve({ api, ...{ blob: route } }).connect();
    const { own } = await line.hello();
    await line.write(Uint8Array.from([...Buffer.from("0.1 "), 0x20, 0xff, 0x00]));
    const answer = line.socket.sent.at(-1);
    expect(answer).toEqual(Uint8Array.from([...Buffer.from(`${own}.1 `), 0x20, 0xff, 0x00]));
  });

  test("is one index said in one way only: 00, 0x0 and -0 are no stream of the hello?", async () => {
    const { seen, connect } = listening();
    for (const index of ["00", "0x0", "-0", "0e1"]) {
      const line = connect();
      await line.hello();
      await line.write(`${index}.1 ${say(index)}`);
      expect.soft([index, line.closed]).toEqual([index, 4400]);
      await line.cut();
    }
    expect(seen).toEqual([]);
  });
});

describe("acknowledgements", () => {
  /** Says n messages; each `say` is handled when its gate opens. */
  function gated() {
    const gates = new Map<string, ReturnType<typeof gate>>();
    const at = (text: string) => {
      const found = gates.get(text) ?? gate();
      gates.set(text, found);
      return found;
    };
    return { at, ...serve({ say: ({ text }) => at(text).promise }) };
  }
  const acks = (line: Line) => line.of("ack").map(({ to }) => to);

  test("do they come after handling, in order, cumulative, and 5 ms after the first?", async () => {
    const { at, clock, connect } = gated();
    const line = connect();
    await line.hello();
    for (const n of [1, 2, 3]) await line.write(`0.${n} ${say(`${n}`)}`);
    await clock.advance(1_000);
    expect(acks(line)).toEqual([]);
    at("2").open(); // the first is still at work
    await clock.advance(1_000);
    expect(acks(line)).toEqual([]);
    at("1").open();
    await clock.advance(4);
    expect(acks(line)).toEqual([]);
    await clock.advance(1);
    expect(acks(line)).toEqual([{ "0": 2 }]);
    at("3").open();
    await clock.advance(5);
    expect(acks(line)).toEqual([{ "0": 2 }, { "0": 3 }]);
  });

  test("after 32 messages, without any time?", async () => {
    const { connect } = serve({ say: () => {} });
    const line = connect();
    await line.hello();
    for (let n = 1; n <= 70; n++) await line.write(`0.${n} ${say("x")}`);
    expect(acks(line)).toEqual([{ "0": 32 }, { "0": 64 }]);
  });

  test("along with what is said to this client, if anything is?", async () => {
    const { clock, connect } = serve({ say: () => {} });
    const line = connect();
    const { own } = await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.write(`0.2 ${COUNT}`);
    expect(line.messages).toEqual([`${own}.1,0.1,=${STREAM}.2 {"action":"counted","number":1}`]);
    await clock.advance(5);
    expect(acks(line)).toEqual([{ "0": 2 }]);
  });

  test("not before the record is written, and nothing else is handled before?", async () => {
    const written = gate();
    const seen: string[] = [];
    const store = { ...memorySessions(), record: () => written.promise };
    const { clock, connect } = serve({
      say: ({ text }) => void seen.push(text),
      options: { sessions: { store } },
    });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("a")}`);
    await line.write(`0.2 ${say("b")}`);
    await clock.advance(1_000);
    expect([seen, acks(line)]).toEqual([["a"], []]);
    written.open();
    await clock.advance(5);
    expect([seen, acks(line)]).toEqual([["a", "b"], [{ "0": 2 }]]);
  });

  test.each([
    ["rejects", async () => Promise.reject(new Error("disk"))],
    [
      "throws",
      () => {
        throw new Error("disk");
      },
    ],
  ])("a record that %s: 1011, nothing after it is handled, and it comes again by the same id?", async (_, fail) => {
    const memory = memorySessions();
    let broken = true;
    const store: SessionStore = { ...memory, record: (name, n) => (broken ? fail() : memory.record(name, n)) };
    const seen: (Delivery | undefined)[] = [];
    const { clock, connect, errors } = serve({
      say: (_payload, { delivery }) => void seen.push(delivery),
      options: { sessions: { store } },
    });
    const line = connect();
    await line.hello();
    line.peer.receive(`0.1 ${say("a")}`);
    line.peer.receive(`0.2 ${say("b")}`);
    await clock.advance(1_000);
    expect([line.closed, acks(line), seen.length, errors.length]).toEqual([1011, [], 1, 1]);
    await line.cut();
    broken = false;
    const again = connect();
    await again.hello({ streams: [{ name: STREAM, written: 2 }] });
    expect(again.welcome.handled).toEqual([null]);
    await again.write(`0.1 ${say("a")}`);
    expect(seen.map((delivery) => [delivery?.id, delivery?.again])).toEqual([
      [`${STREAM}.1`, false],
      [`${STREAM}.1`, true],
    ]);
  });

  test("is a handler that ends after its connection did on record all the same?", async () => {
    const { at, connect } = gated();
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("a")}`);
    await line.cut();
    at("a").open();
    await line.settle();
    expect((await connect().hello()).handled).toEqual([1]);
  });
});

describe("context.delivery", () => {
  test("does it name the message, its stream and number, and whether it may have come before?", async () => {
    const seen: unknown[] = [];
    const { connect } = serve({
      say: (_, { delivery }) => void seen.push(delivery),
      options: { onOpen: ({ delivery }) => void seen.push(delivery) },
    });
    const line = connect();
    await line.hello({ streams: [{ name: STREAM, written: 3 }] });
    await line.write(`0.3 ${say("x")}`);
    await line.write(`0.5 ${say("x")}`);
    const plain = connect({ name: "ben" }, {});
    await plain.write(say("x"));
    const stream = expect.stringMatching(new RegExp(`^${STREAM}@\\w+$`)); // another's would be another stream
    const named = (number: number, again: boolean) => ({ id: `${STREAM}.${number}`, stream, number, again });
    expect(seen).toEqual([undefined, named(3, true), named(5, false), undefined, undefined]);
  });

  test("can a handler write the record with its effect, so that nothing comes twice, whatever dies in between?", async () => {
    const database = { effects: [] as string[], handled: new Map<string, number>() };
    const store: SessionStore = {
      ...memorySessions(),
      handled: (names) => names.map((name) => database.handled.get(name)),
      record: () => new Promise(() => {}), // this process dies before
    };
    const route = ({ text }: { text: string }, { delivery }: ChatContext) => {
      if (!delivery) return;
      database.effects.push(text);
      database.handled.set(delivery.stream, delivery.number);
    };
    const first = serve({ say: route, options: { sessions: { store } } }).connect();
    await first.hello();
    await first.write(`0.1 ${say("paid")}`);
    const second = serve({ say: route, options: { sessions: { store } } }).connect();
    const { handled } = await second.hello({ streams: [{ name: STREAM, written: 1 }] });
    await second.write(`0.1 ${say("paid")}`);
    expect([handled, database.effects]).toEqual([[1], ["paid"]]);
  });
});

describe("what is refused", () => {
  const refuse = () => {
    throw new Refusal("FULL", "the room is full");
  };
  const fail = () => {
    throw new Error("a secret of the server's");
  };
  const rejected = (code: string, number = 1) => ({
    type: "rejected",
    refused: expect.objectContaining({ stream: 0, number, code, message: expect.any(String) }),
  });

  test.each([
    ["a payload that does not fit", '{"action":"say"}', {}, "INVALID_PAYLOAD"],
    ["an action nobody knows", '{"action":"dance"}', {}, "UNKNOWN_ACTION"],
    ["what is no JSON", "dance", {}, "BAD_JSON"],
    ["what its route says no to", say("x"), { say: refuse }, "FULL"],
    ["a request its route says no to", COUNT, { count: refuse }, "FULL"],
    ["an in-order request that failed", COUNT, { count: fail }, "INTERNAL"],
    ["an in-order request with an answer that does not fit", COUNT, { count: () => "one" }, "INTERNAL"],
  ])("%s: is it rejected, then acknowledged, the connection open, and the refusal said again after a break?", async (_, frame, routes, code) => {
    const { clock, connect } = serve(routes);
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${frame}`);
    await clock.advance(5);
    expect(line.controls.slice(1)).toEqual([rejected(code), { type: "ack", to: { "0": 1 } }]);
    expect([line.closed, JSON.stringify(line.controls)]).toEqual([undefined, expect.not.stringContaining("secret")]);
    await line.cut();
    const streams = [OTHER, STREAM].map((name) => ({ name, written: 1 }));
    const { rejected: refused } = await connect().hello({ streams });
    expect(refused).toEqual([expect.objectContaining({ stream: 1, number: 1, code })]);
  });

  test("an action without a route: NOT_IMPLEMENTED? (`notImplemented` throws it)", async () => {
    const { notImplemented } = await import("@actionwire/runtime/server");
    const { connect } = serve({ say: () => notImplemented("say") });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    expect(line.of("rejected")).toEqual([rejected("NOT_IMPLEMENTED")]);
  });

  test("a mere send whose handler failed: is it acknowledged, and not rejected?", async () => {
    const { clock, connect, errors } = serve({ say: fail });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await clock.advance(5);
    expect([line.types.slice(1), errors.length]).toEqual([["ack"], 1]);
  });

  test("in plain, does a failed in-order request still close with 1011?", async () => {
    const line = serve({ count: fail }).connect(undefined, {});
    await line.write(COUNT);
    expect(line.closed).toBe(1011);
  });

  test("where frames carry ids, is the answer said in the document's words, without `=`, and refusals too?", async () => {
    const { connect } = serve({ api: wrappedChat });
    const line = connect();
    const { own } = await line.hello();
    await line.write('0.1 {"action":"count","id":"r1"}');
    await line.write('0.2 {"action":"say","id":"r2","payload":{}}');
    await line.write('0.3 {"action":"say","payload":{}}');
    expect(line.messages[0]).toBe(`${own}.1 {"action":"count","id":"r1","payload":{"number":1}}`);
    expect(line.messages[1]).toMatch(/^\S+\.2,0\.1 {"action":"error","id":"r2",/);
    expect(line.of("rejected")).toEqual([rejected("INVALID_PAYLOAD", 3)]);
  });

  test("is a stream's refusal said to another run of its client, which speaks for the stream?", async () => {
    const { connect } = serve({ say: refuse });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.cut();
    const welcome = await connect().hello({ session: "session-of-ann-0002", streams: [{ name: STREAM, written: 1 }] });
    expect(welcome).toMatchObject({ handled: [1], rejected: [{ stream: 0, number: 1, code: "FULL" }] });
  });

  test("is a refusal on record before its message counts as handled?", async () => {
    const slow = gate();
    const memory = memorySessions();
    const store: SessionStore = {
      ...memory,
      refused: async (...given) => {
        await slow.promise;
        await memory.refused(...given);
      },
    };
    const { connect } = serve({ say: refuse, options: { sessions: { store } } });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.cut();
    const again = connect();
    void again.hello({ streams: [{ name: STREAM, written: 1 }] });
    await again.settle();
    slow.open();
    await again.settle();
    const { handled, rejected: refused } = again.welcome;
    expect(handled[0] === 1 && refused.length === 0).toBe(false); // handled, and nobody would ever know of the refusal
  });
});
