import type { Api } from "@actionwire/runtime";
import {
  type About,
  Endpoint,
  type EndpointOptions,
  type Invalid,
  memoryBroker,
  notImplemented,
  type Peer,
  Refusal,
  type Unknown,
} from "@actionwire/runtime/server";
import { fakeClock } from "@actionwire/runtime/testing";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import {
  type ChatContext,
  type ChatRoutes,
  ChatSender,
  chatRoutes,
  plainChat,
  type User,
  wrappedChat,
} from "./support/chat-api.js";
import { FakeSocket } from "./support/fake-socket.js";

interface Setting extends Partial<ChatRoutes> {
  readonly api?: Api;
  readonly options?: EndpointOptions<User, ChatSender>;
}

/** An endpoint on a clock that stands still, and what it told. */
function serve({ api = plainChat, options = {}, ...routes }: Setting = {}) {
  const clock = fakeClock(1_000_000);
  const errors: { error: unknown; about: About }[] = [];
  const invalid: Invalid[] = [];
  const unknown: Unknown[] = [];
  const endpoint = new Endpoint<User, ChatSender>(api, ChatSender, chatRoutes(routes), {
    clock,
    onError: (error, about) => void errors.push({ error, about }),
    onInvalid: (what) => void invalid.push(what),
    onUnknown: (what) => void unknown.push(what),
    ...options,
  });
  let connections = 0;
  const connect = (name = "ann"): { socket: FakeSocket; peer: Peer } => {
    const socket = new FakeSocket();
    connections += 1;
    const opened = { connectionId: `c${connections}`, user: { name }, parameters: {}, query: {}, headers: {} };
    return { socket, peer: endpoint.accept(socket, opened) };
  };
  return { endpoint, clock, errors, invalid, unknown, connect };
}

const say = (text: string) => JSON.stringify({ action: "say", text });
const wrapped = (action: string, payload: unknown, id?: string) => JSON.stringify({ action, payload, id });

/** A promise held by hand. */
function gate() {
  let open = () => {};
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, open: () => open() };
}

describe("order", () => {
  test("handlers of one connection run one after the other, in order of arrival", async () => {
    const first = gate();
    const log: string[] = [];
    const { connect, clock } = serve({
      say: async ({ text }) => {
        log.push(`${text} begins`);
        if (text === "a") await first.promise;
        log.push(`${text} ends`);
      },
    });
    const { peer } = connect();
    peer.receive(say("a"));
    peer.receive(say("b"));
    await clock.settle();
    expect(log).toEqual(["a begins"]);
    first.open();
    await peer.idle();
    expect(log).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  test("connections do not wait for each other", async () => {
    const { connect, clock } = serve({
      say: ({ text }, { client }) => (text === "hang" ? new Promise(() => {}) : client.sendSaid({ text })),
    });
    connect().peer.receive(say("hang"));
    const other = connect();
    other.peer.receive(say("x"));
    await clock.settle();
    expect(other.socket.frames).toEqual([{ action: "said", text: "x" }]);
  });

  test("a full queue pauses reading, and half of it gone resumes it; nothing is dropped", async () => {
    const hold = gate();
    const seen: string[] = [];
    const { connect, clock } = serve({
      say: async ({ text }) => {
        seen.push(text);
        await hold.promise;
      },
      options: { maxQueued: 4 },
    });
    const { peer, socket } = connect();
    for (let n = 0; n < 5; n++) peer.receive(say(`${n}`));
    expect(socket.paused).toBe(false);
    peer.receive(say("5"));
    peer.receive(say("6"));
    expect(socket.paused).toBe(true);
    hold.open();
    await clock.settle();
    expect(socket.paused).toBe(false);
    expect(seen).toEqual(["0", "1", "2", "3", "4", "5", "6"]);
  });

  test("a connection's messages wait for onOpen, and onClose comes after the last of them", async () => {
    const opened = gate();
    const log: string[] = [];
    const { connect, clock } = serve({
      say: ({ text }) => void log.push(text),
      options: {
        onOpen: async () => {
          await opened.promise;
          log.push("open");
        },
        onClose: (context, gone) => void log.push(`close ${gone.code} ${context.gone?.code}`),
      },
    });
    const { peer } = connect();
    peer.receive(say("a"));
    peer.gone(1001, "away");
    await clock.settle();
    expect(log).toEqual([]);
    opened.open();
    await peer.idle();
    expect(log).toEqual(["open", "a", "close 1001 1001"]);
  });
});

describe("answers", () => {
  test("with an envelope, what the route returns carries the request's action and id", async () => {
    const { connect } = serve({ api: wrappedChat, count: () => ({ number: 7 }) });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    await peer.idle();
    expect(socket.frames).toEqual([{ action: "count", id: "r1", payload: { number: 7 } }]);
  });

  test("in order, the one possible answer gets its labels", async () => {
    const { connect } = serve({ count: async () => ({ number: 7 }) });
    const { peer, socket } = connect();
    peer.receive('{"action":"count"}');
    await peer.idle();
    expect(socket.frames).toEqual([{ action: "counted", number: 7 }]);
  });

  test("of several possible answers, the route says which, and any of them is valid", async () => {
    const { connect } = serve({
      find: ({ text }) => (text === "x" ? { action: "found", text } : { action: "nothing" }),
    });
    const { peer, socket } = connect();
    peer.receive('{"action":"find","text":"x"}');
    peer.receive('{"action":"find","text":"y"}');
    await peer.idle();
    expect(socket.frames).toEqual([{ action: "found", text: "x" }, { action: "nothing" }]);
  });

  test("an action without an answer gets none, whatever its route returns", async () => {
    const { connect } = serve({ say: () => "ignored" });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    await peer.idle();
    expect(socket.sent).toEqual([]);
  });

  test.each([
    ["that does not fit", () => ({ number: "seven" })],
    ["that was forgotten", () => undefined],
    ["with a BigInt", () => ({ number: 1, big: 1n })],
    [
      "that goes in a circle",
      () => {
        const circle: Record<string, unknown> = { number: 1 };
        circle["self"] = circle;
        return circle;
      },
    ],
    [
      "with a getter that throws",
      () => ({
        number: 1,
        get bad(): never {
          throw new Error("getter");
        },
      }),
    ],
  ])("an answer %s is an error of the server, and the next message is handled", async (_, count) => {
    const { connect, errors } = serve({ api: wrappedChat, count });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    peer.receive(wrapped("say", { text: "still here" }));
    await peer.idle();
    expect(socket.frames).toMatchObject([
      { action: "error", id: "r1", payload: { code: "INTERNAL" } },
      { action: "said", payload: { text: "still here" } },
    ]);
    expect(errors).toHaveLength(1);
    expect(errors[0]?.about).toEqual({ action: "count", connectionId: "c1", requestId: "r1" });
  });
});

describe("an answer that is missing where answers come in order", () => {
  const closed = [{ code: 1011, reason: "an answer is missing, and answers come in order" }];

  test.each([
    ["throws", () => { throw new Error("x"); }, 0], // biome-ignore format: one line each
    ["refuses", () => { throw new Refusal("NO", "no"); }, 0], // biome-ignore format: one line each
    ["returns what does not fit", () => ({ number: "seven" }), 0],
    ["returns what JSON cannot say", () => ({ number: 1, big: 1n }), 0],
    ["takes too long", () => new Promise(() => {}), 1000],
  ])("since its route %s is told, and closes this connection before the next answer", async (_, count, ms) => {
    const { connect, clock, errors } = serve({ count, options: { handlerTimeout: 1000 } });
    const [one, other] = [connect(), connect("bob")];
    one.peer.receive('{"action":"count"}');
    one.peer.receive('{"action":"find","text":"x"}');
    await clock.advance(ms);
    await one.peer.idle();
    expect([one.socket.sent, one.socket.closed]).toEqual([[], closed]);
    expect(errors).toMatchObject([{ about: { action: "count", connectionId: "c1" } }]);
    other.peer.receive('{"action":"find","text":"y"}');
    await other.peer.idle();
    expect([other.socket.frames, other.socket.closed]).toEqual([[{ action: "found", text: "y" }], []]);
  });

  test("since the request does not fit does not close it", async () => {
    const { connect, invalid } = serve();
    const { peer, socket } = connect();
    peer.receive('{"action":"find"}');
    await peer.idle();
    expect([invalid.length, socket.closed]).toEqual([1, []]);
  });

  test("is not that of a run that fails after its answer, nor of a message that has none", async () => {
    const { connect, clock, errors } = serve({
      say: () => {
        throw new Error("say");
      },
      count: (_, { client }) => {
        void client.sendSaid({ text: "a" });
        return { number: 1 };
      },
      options: { handlerTimeout: 1000 },
    });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    await peer.idle();
    socket.stuck = true;
    peer.receive('{"action":"count"}');
    await clock.advance(1000);
    expect([errors.length, socket.sent.length, socket.closed]).toEqual([2, 2, []]);
  });
});

describe("refusals", () => {
  test("an invalid payload is refused with its problems, and does not reach the route", async () => {
    const { connect, invalid } = serve({
      api: wrappedChat,
      say: () => {
        throw new Error("reached");
      },
    });
    const { peer, socket } = connect();
    peer.receive(wrapped("say", { text: 1 }, "r1"));
    await peer.idle();
    const found = "1 (a number)";
    const problems = [{ path: "/text", message: `must be string, but is ${found}`, expected: "string", found }];
    expect(socket.frames).toEqual([
      { action: "error", id: "r1", payload: { code: "INVALID_PAYLOAD", message: expect.any(String), problems } },
    ]);
    expect(invalid).toMatchObject([{ direction: "in", action: "say", problems, requestId: "r1", connectionId: "c1" }]);
  });

  test("without an envelope an invalid payload is told to the server only", async () => {
    const { connect, invalid } = serve();
    const { peer, socket } = connect();
    peer.receive('{"action":"say"}');
    await peer.idle();
    expect([socket.sent, socket.closed]).toEqual([[], []]);
    expect(invalid).toMatchObject([{ action: "say" }]);
  });

  test.each([
    "nope",
    "constructor",
    "__proto__",
    "toString",
    "hasOwnProperty",
    "$connect",
    "$default",
    "error",
  ])("the action %s is unknown", async (action) => {
    const { connect, unknown } = serve({ api: wrappedChat });
    const { peer, socket } = connect();
    peer.receive(`{"action":"${action}","id":"r1"}`);
    await peer.idle();
    expect(socket.frames).toMatchObject([{ action: "error", id: "r1", payload: { code: "UNKNOWN_ACTION" } }]);
    expect(unknown).toMatchObject([{ why: "no-action" }]);
    expect(socket.closed).toEqual([]);
  });

  test.each([
    1,
    null,
    "",
    true,
    ["r1"],
    {},
  ])("an envelope with the id %j is refused, and reaches no route", async (id) => {
    const count = vi.fn(() => ({ number: 1 }));
    const { connect, unknown } = serve({ api: wrappedChat, count, options: { maxViolations: 1 } });
    const { peer, socket } = connect();
    peer.receive(JSON.stringify({ action: "count", id, payload: {} }));
    await peer.idle();
    expect(socket.frames).toEqual([{ action: "error", payload: { code: "BAD_FRAME", message: expect.any(String) } }]);
    expect(unknown).toMatchObject([{ why: "bad-id", connectionId: "c1" }]);
    peer.receive(JSON.stringify({ action: "count", id, payload: {} }));
    await peer.idle();
    expect([count.mock.calls, socket.closed]).toMatchObject([[], [{ code: 1008 }]]);
  });

  test("more frames that fit nothing than allowed in a minute close the connection with 1008", async () => {
    const { connect, clock } = serve({ options: { maxViolations: 3 } });
    const { peer, socket } = connect();
    const garbage = async (times: number) => {
      for (let n = 0; n < times; n++) peer.receive("garbage");
      await peer.idle();
    };
    await garbage(3);
    await clock.advance(60_000);
    await garbage(3);
    expect(socket.closed).toEqual([]);
    await garbage(2);
    expect(socket.closed).toMatchObject([{ code: 1008 }]);
    await clock.advance(5000);
    expect(socket.terminated).toBe(true);
  });

  test.each([
    ["throws", () => { throw new Error("secret: db password"); }], // biome-ignore format: one line each
    ["rejects", () => Promise.reject(new Error("secret: db password"))],
    ["throws no error", () => { throw undefined; }], // biome-ignore format: one line each
    ["throws what cannot be printed", () => { throw { get message() { throw new Error("x"); } }; }], // biome-ignore format: one line each
    ["returns a broken thenable", () => ({ get then() { throw new Error("x"); } })], // biome-ignore format: one line each
  ])("a route that %s is answered without its internals, and the next message is handled", async (_, count) => {
    const { connect, errors } = serve({ api: wrappedChat, count });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    peer.receive(wrapped("say", { text: "still here" }));
    await peer.idle();
    const message = "the server failed to handle this message";
    expect(socket.frames).toEqual([
      { action: "error", id: "r1", payload: { code: "INTERNAL", message } },
      { action: "said", payload: { text: "still here" } },
    ]);
    expect(errors).toHaveLength(1);
    expect(socket.closed).toEqual([]);
  });

  test("a Refusal is answered in its own words, and is no error of the server", async () => {
    const { connect, errors } = serve({
      api: wrappedChat,
      count: () => {
        throw new Refusal("ROOM_FULL", "come back later", { seats: 0 });
      },
    });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    await peer.idle();
    const payload = { code: "ROOM_FULL", message: "come back later", details: { seats: 0 } };
    expect(socket.frames).toEqual([{ action: "error", id: "r1", payload }]);
    expect(errors).toEqual([]);
  });

  test("a Refusal whose details JSON cannot say is still a refusal", async () => {
    const { connect } = serve({
      api: wrappedChat,
      count: () => {
        throw new Refusal("ROOM_FULL", "come back later", { seats: 0n });
      },
    });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    await peer.idle();
    expect(socket.frames).toMatchObject([{ action: "error", id: "r1", payload: { code: "INTERNAL" } }]);
  });

  test("a Refusal that cannot be answered is told to the server", async () => {
    const { connect, errors } = serve({
      say: () => {
        throw new Refusal("ROOM_FULL", "come back later");
      },
    });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    await peer.idle();
    expect(socket.sent).toEqual([]);
    expect(errors).toMatchObject([{ error: { code: "ROOM_FULL" }, about: { action: "say" } }]);
  });

  test("a route nobody has written yet says so", async () => {
    const { connect, errors } = serve({ api: wrappedChat, count: () => notImplemented("count") });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    await peer.idle();
    expect(socket.frames).toMatchObject([{ id: "r1", payload: { code: "NOT_IMPLEMENTED" } }]);
    expect(errors).toMatchObject([{ error: { code: "NOT_IMPLEMENTED" } }]);
  });

  test("a route that hangs is given up after its time, and what it returns then interests nobody", async () => {
    const hold = gate();
    const { connect, clock, errors } = serve({
      api: wrappedChat,
      count: () => hold.promise.then(() => ({ number: 1 })),
      options: { handlerTimeout: 1000 },
    });
    const { peer, socket } = connect();
    peer.receive(wrapped("count", {}, "r1"));
    peer.receive(wrapped("say", { text: "next" }));
    await clock.advance(1000);
    hold.open();
    await peer.idle();
    expect(socket.frames).toMatchObject([{ id: "r1", payload: { code: "TIMEOUT" } }, { action: "said" }]);
    expect(errors).toMatchObject([{ error: { code: "TIMEOUT" }, about: { action: "count" } }]);
  });

  test("a request that was answered is not refused as well when the rest of its run takes too long", async () => {
    const { connect, clock, errors } = serve({
      api: wrappedChat,
      count: (_, { client }) => {
        void client.sendSaid({ text: "a" });
        return { number: 1 };
      },
      options: { handlerTimeout: 1000 },
    });
    const { peer, socket } = connect();
    socket.stuck = true;
    peer.receive(wrapped("count", {}, "r1"));
    await clock.advance(1000);
    expect(socket.frames).toMatchObject([{ action: "said" }, { action: "count", id: "r1" }]);
    expect(errors).toMatchObject([{ error: { code: "TIMEOUT" } }]);
  });

  test("hooks that throw or reject harm nobody", async () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => {});
    onTestFinished(() => printed.mockRestore());
    const bad = () => {
      throw new Error("hook");
    };
    const { connect } = serve({
      api: wrappedChat,
      count: bad,
      options: { onError: () => Promise.reject(undefined), onInvalid: bad, onUnknown: bad, onOpen: bad, onClose: bad },
    });
    const { peer, socket } = connect();
    for (const frame of ["garbage", wrapped("say", {}), wrapped("count", {}, "r1")]) peer.receive(frame);
    peer.receive(wrapped("say", { text: "still here" }));
    await peer.idle();
    peer.gone(1000, "");
    await peer.idle();
    expect(socket.sent).toHaveLength(4);
  });
});

describe("sending", () => {
  test("every send of a handler belongs to its run, awaited or not", async () => {
    const { connect, clock } = serve({
      say: ({ text }, { client }) => {
        void client.sendSaid({ text });
      },
    });
    const { peer, socket } = connect();
    socket.stuck = true;
    peer.receive(say("a"));
    peer.receive(say("b"));
    await clock.settle();
    expect(socket.frames).toEqual([{ action: "said", text: "a" }]);
    socket.flush();
    await clock.settle();
    expect(socket.sent).toHaveLength(2);
  });

  test("a send that does not fit rejects with INVALID_PAYLOAD at its caller, and nothing leaves", async () => {
    const caught: unknown[] = [];
    const { connect, errors } = serve({
      say: async (_, { client }) => {
        await client.sendAnything("said", { text: 1 }).catch((error: unknown) => caught.push(error));
        await client.sendAnything("nothing known", {}).catch((error: unknown) => caught.push(error));
        await client.sendAnything("said", { text: "a", big: 1n }).catch((error: unknown) => caught.push(error));
      },
    });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    await peer.idle();
    expect(caught).toMatchObject([
      { code: "INVALID_PAYLOAD", problems: [{ path: "/text", expected: "string" }] },
      { code: "INVALID_PAYLOAD" },
      { code: "INVALID_PAYLOAD" },
    ]);
    expect(socket.sent).toEqual([]);
    expect(errors.map(({ error }) => error)).toEqual(caught);
  });

  test("a bad send is told once, whether its handler awaits it, lets it fall, or there is no handler", async () => {
    const { connect, endpoint, errors } = serve({
      say: ({ text }, { client }) => {
        const sent = client.sendAnything("said", {});
        return text === "await" ? sent : undefined;
      },
    });
    const { peer } = connect();
    peer.receive(say("await"));
    await peer.idle();
    expect(errors).toMatchObject([{ about: { action: "said" } }]);
    peer.receive(say("let fall"));
    await peer.idle();
    void endpoint.all.sendAnything("said", {});
    await peer.idle();
    expect(errors).toHaveLength(3);
  });

  test("what is sent to a client that is gone is counted and harms nobody", async () => {
    const hold = gate();
    const { connect, endpoint, errors } = serve({
      say: async ({ text }, context) => {
        await hold.promise;
        expect(context.gone).toEqual({ code: 1006, reason: "" });
        await context.client.sendSaid({ text });
      },
    });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    peer.gone(1006, "");
    hold.open();
    await peer.idle();
    expect(endpoint.undelivered).toBe(1);
    expect([socket.sent, errors]).toEqual([[], []]);
  });

  test("a socket that throws or fails is as good as gone", async () => {
    const { connect, endpoint, errors } = serve();
    const { peer, socket } = connect();
    socket.broken = true;
    peer.receive(say("a"));
    await peer.idle();
    expect(endpoint.undelivered).toBe(1);
    expect(errors).toEqual([]);
  });

  test("a client that is lost lets go of whoever waits for it", async () => {
    const { connect, clock } = serve();
    const { peer, socket } = connect();
    socket.stuck = true;
    peer.receive(say("a"));
    await clock.settle();
    peer.gone(1006, "");
    await peer.idle();
    expect(socket.sent).toHaveLength(1);
  });

  test("a client that does not read is closed with 4408, then terminated", async () => {
    const { connect, endpoint, clock } = serve({ options: { maxBuffered: 100 } });
    const { socket } = connect();
    socket.stuck = true;
    void endpoint.all.sendSaid({ text: "x".repeat(60) });
    await clock.settle();
    expect(socket.closed).toEqual([]);
    void endpoint.all.sendSaid({ text: "x".repeat(60) });
    await clock.settle();
    expect(socket.closed).toMatchObject([{ code: 4408 }]);
    void endpoint.all.sendSaid({ text: "after" });
    await clock.advance(1000);
    expect(socket.terminated).toBe(true);
    expect(socket.sent).toHaveLength(2);
  });

  test("the policies warn and off let pass what does not fit; warn says so", async () => {
    for (const [policy, told] of [
      ["warn", ["in", "out"]],
      ["off", []],
    ] as const) {
      const { connect, invalid } = serve({
        say: (payload, { client }) => client.sendAnything("said", { text: typeof payload.text === "string" }),
        options: { validate: { in: policy, out: policy } },
      });
      const { peer, socket } = connect();
      peer.receive('{"action":"say","text":1}');
      await peer.idle();
      expect(socket.frames).toEqual([{ action: "said", text: false }]);
      expect(invalid.map(({ direction }) => direction)).toEqual(told);
    }
  });
});

describe("topics", () => {
  const talkative: Partial<ChatRoutes> = {
    async say({ text }, context: ChatContext) {
      if (text === "join") await context.join("room");
      else if (text === "leave") await context.leave("room");
      else if (text === "all") await context.all.sendSaid({ text });
      else await context.topic("room").sendSaid({ text });
    },
  };

  test("a topic's message reaches those who joined, in the order it was said in, encoded once", async () => {
    const { connect } = serve(talkative);
    const [ann, bob, eve] = [connect("ann"), connect("bob"), connect("eve")];
    for (const { peer } of [ann, bob]) peer.receive(say("join"));
    for (const text of ["1", "2", "3"]) ann.peer.receive(say(text));
    await ann.peer.idle();
    expect(ann.socket.frames).toEqual(["1", "2", "3"].map((text) => ({ action: "said", text })));
    expect(bob.socket.sent).toEqual(ann.socket.sent);
    expect(eve.socket.sent).toEqual([]);
  });

  test("who leaves, or is gone, hears it no longer, and a handler that outlives its client joins nothing", async () => {
    const { connect, endpoint } = serve(talkative);
    const [ann, bob, eve] = [connect("ann"), connect("bob"), connect("eve")];
    for (const { peer } of [ann, bob]) peer.receive(say("join"));
    ann.peer.receive(say("leave"));
    eve.peer.receive(say("leave"));
    eve.peer.receive(say("join"));
    for (const { peer } of [bob, eve]) peer.gone(1001, "");
    await eve.peer.idle();
    await ann.peer.idle();
    await endpoint.topic("room").sendSaid({ text: "anybody?" });
    expect([ann, bob, eve].map(({ socket }) => socket.sent)).toEqual([[], [], []]);
    expect(endpoint.undelivered).toBe(0);
  });

  test("all reaches every connection, and no topic's name can stand for it", async () => {
    const { connect, endpoint } = serve(talkative);
    const [ann, bob] = [connect("ann"), connect("bob")];
    ann.peer.receive(say("all"));
    await ann.peer.idle();
    await endpoint.topic("everyone").sendSaid({ text: "nobody" });
    expect(bob.socket.frames).toEqual([{ action: "said", text: "all" }]);
  });

  test("one who reads slowly holds up nobody who talks to the room", async () => {
    const { connect } = serve(talkative);
    const [ann, bob] = [connect("ann"), connect("bob")];
    bob.socket.stuck = true;
    for (const { peer } of [ann, bob]) peer.receive(say("join"));
    ann.peer.receive(say("1"));
    ann.peer.receive(say("2"));
    await ann.peer.idle();
    expect(ann.socket.sent).toHaveLength(2);
    expect(bob.socket.sent).toHaveLength(2);
  });

  test("endpoints that share a broker share topics", async () => {
    const broker = memoryBroker();
    const [here, there] = [serve({ ...talkative, options: { broker } }), serve({ ...talkative, options: { broker } })];
    const [ann, bob] = [here.connect("ann"), there.connect("bob")];
    bob.peer.receive(say("join"));
    await bob.peer.idle();
    ann.peer.receive(say("hello"));
    await ann.peer.idle();
    expect(bob.socket.frames).toEqual([{ action: "said", text: "hello" }]);
  });

  test("a broker that fails is told, and ends nothing", async () => {
    const broker = {
      publish: () => Promise.reject(new Error("down")),
      subscribe: () => Promise.reject(new Error("down")),
      read: () => Promise.reject(new Error("down")),
    };
    const { connect, errors } = serve({ ...talkative, options: { broker } });
    const { peer, socket } = connect();
    peer.receive(say("join"));
    peer.receive(say("hello"));
    peer.gone(1000, "");
    await peer.idle();
    expect(errors.length).toBeGreaterThanOrEqual(3);
    expect(socket.closed).toEqual([]);
  });
});

describe("the wire", () => {
  test("a connection that talks too fast is read more slowly, not closed", async () => {
    const { connect, clock } = serve({ options: { rate: { perSecond: 10, burst: 5 } } });
    const { peer, socket } = connect();
    for (let n = 0; n < 5; n++) peer.receive(say(`${n}`));
    expect(socket.paused).toBe(false);
    for (let n = 5; n < 8; n++) peer.receive(say(`${n}`));
    expect(socket.paused).toBe(true);
    await clock.advance(299);
    expect(socket.paused).toBe(true);
    await clock.advance(1);
    expect(socket.paused).toBe(false);
    expect(socket.sent).toHaveLength(8);
    expect(socket.closed).toEqual([]);
  });

  test("a clock set back does not stop a connection", async () => {
    let now = 1_000_000;
    const clock = { ...fakeClock(), now: () => now };
    const { connect } = serve({ options: { clock, rate: { perSecond: 10, burst: 1 } } });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    now -= 7_200_000;
    peer.receive(say("b"));
    now += 200;
    peer.receive(say("c"));
    now += 200;
    peer.receive(say("d"));
    expect(socket.paused).toBe(false);
  });

  test("a connection without a sign of life between two pings ends", async () => {
    const { connect, clock } = serve({ options: { heartbeat: 30_000 } });
    const [quiet, alive] = [connect(), connect()];
    await clock.advance(30_000);
    expect([quiet.socket.pings, alive.socket.pings]).toEqual([1, 1]);
    alive.peer.pong();
    await clock.advance(30_000);
    expect([quiet.socket.terminated, alive.socket.terminated]).toEqual([true, false]);
  });

  test("while a connection is not read, its silence means nothing", async () => {
    const { connect, clock } = serve({
      say: () => new Promise(() => {}),
      options: { maxQueued: 1, handlerTimeout: 0 },
    });
    const { peer, socket } = connect();
    for (let n = 0; n < 4; n++) peer.receive(say(`${n}`));
    expect(socket.paused).toBe(true);
    await clock.advance(120_000);
    expect(socket.terminated).toBe(false);
  });

  test("a binary frame closes the connection with 1003 where every frame is text", () => {
    const { connect } = serve();
    const { peer, socket } = connect();
    peer.receive(new Uint8Array([123, 125]));
    expect(socket.closed).toEqual([{ code: 1003, reason: "frames are text" }]);
  });

  test("a handler may close its connection, and what waited is dropped", async () => {
    const seen: string[] = [];
    const { connect } = serve({
      say: ({ text }, { close }) => {
        seen.push(text);
        close(4000, "é".repeat(100));
      },
    });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    peer.receive(say("b"));
    await peer.idle();
    expect(seen).toEqual(["a"]);
    expect(socket.closed).toEqual([{ code: 4000, reason: "é".repeat(61) }]);
  });

  test.each([1006, 999, 5000, 1.5, Number.NaN])("a handler cannot close with %d", async (code) => {
    const { connect, errors } = serve({ say: (_, { close }) => close(code) });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    await peer.idle();
    expect(errors).toMatchObject([{ error: { code: "BAD_OPTION" } }]);
    expect(socket.closed).toEqual([]);
  });

  test("closing lets handlers at work end, then closes with 1012", async () => {
    const hold = gate();
    const { connect, endpoint, clock } = serve({
      say: async ({ text }, { client }) => {
        await hold.promise;
        await client.sendSaid({ text });
      },
    });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    peer.receive(say("b"));
    const closed = endpoint.close();
    await clock.settle();
    expect([socket.paused, socket.closed]).toEqual([true, []]);
    hold.open();
    await clock.settle();
    expect(socket.sent).toHaveLength(2);
    expect(socket.closed).toMatchObject([{ code: 1012 }]);
    expect(socket.paused).toBe(false);
    peer.gone(1012, "");
    await closed;
    expect([endpoint.connections, clock.timers]).toEqual([0, 0]);
  });

  test("closing waits no longer than its grace, for a handler or for a client", async () => {
    const { connect, endpoint, clock } = serve({ say: () => new Promise(() => {}) });
    const { peer, socket } = connect();
    peer.receive(say("a"));
    const closed = endpoint.close({ code: 1001, reason: "bye", graceMs: 500 });
    await clock.advance(500);
    expect(socket.closed).toEqual([{ code: 1001, reason: "bye" }]);
    await clock.advance(2000);
    await closed;
    expect(socket.terminated).toBe(true);
  });
});

describe("making an endpoint", () => {
  test("code generated for another runtime is refused", () => {
    expect(() => new Endpoint({ ...plainChat, runtime: 2 }, ChatSender, chatRoutes())).toThrow(/^\[RUNTIME_MISMATCH\]/);
  });

  test("every action needs its route, and what every object has is none", () => {
    const cases = ["count", "constructor", "toString"].map((name) => [name, name] as const);
    const api: Api = { ...plainChat, toServer: { actions: {}, dispatch: { by: "value", at: ["action"], cases } } };
    expect(() => new Endpoint(api, ChatSender, { count() {} })).toThrow(
      "[BAD_OPTION] routes: constructor, toString missing",
    );
  });

  test("routes may be an object of a class", async () => {
    class Routes {
      readonly texts: string[] = [];
      say({ text }: { text: string }) {
        this.texts.push(text);
      }
      count() {}
      find() {}
    }
    const routes = new Routes();
    const endpoint = new Endpoint(plainChat, ChatSender, routes);
    const opened = { connectionId: "c", user: undefined, parameters: {}, query: {}, headers: {} };
    const peer = endpoint.accept(new FakeSocket(), opened);
    peer.receive(say("a"));
    await peer.idle();
    peer.gone(1000, "");
    expect(routes.texts).toEqual(["a"]);
  });
});
