import { ActionwireError, type Api, type Frame, type Reason } from "@actionwire/runtime";
import { memoryNetwork } from "@actionwire/runtime/testing";
import { describe, expect, test, vi } from "vitest";
import { plain, stage, TalkClient, type Text, wrapped } from "./support/talk.js";

/** The code of what a call throws or rejects with. */
async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return "nothing";
  } catch (error) {
    return error instanceof ActionwireError ? error.code : `no ActionwireError: ${String(error)}`;
  }
}

const texts = (frames: readonly Frame[]): unknown[] => frames.map((frame) => (JSON.parse(String(frame)) as Text).text);
const reasonOf = ({ state }: TalkClient): Reason | undefined => ("reason" in state ? state.reason : undefined);

describe("one connection", () => {
  test("is opened by connect(), or by the first message", async () => {
    const one = stage();
    expect(one.client.state).toEqual({ at: "idle" });
    one.client.connect();
    await one.clock.settle();
    expect(one.client.state).toMatchObject({ at: "open", since: 1_000_000, proven: false, heartbeat: "ping" });
    const other = stage();
    other.client.sendSay("hello");
    await other.clock.settle();
    expect(other.network.peer.messages).toEqual([{ action: "say", text: "hello" }]);
  });

  test("is one, however many ask for it", async () => {
    const { client, clock, network } = stage();
    for (let n = 0; n < 5; n++) {
      client.connect();
      client.sendSay(String(n));
    }
    await clock.settle();
    expect([network.dials.length, texts(network.peer.received)]).toEqual([1, ["0", "1", "2", "3", "4"]]);
  });

  test("shows each of its states to whoever watches, until they look away", async () => {
    const { client, clock, network, states } = stage();
    const seen: string[] = [];
    const undo = client.watch(({ at }) => seen.push(at));
    client.connect();
    await clock.settle();
    undo();
    network.peer.cut();
    await clock.advance(1_000);
    expect(seen).toEqual(["connecting", "open"]);
    expect(states).toEqual(["connecting", "open", "waiting", "connecting", "open"]);
  });

  test("is refused to code generated for another form of the runtime", () => {
    const older: Api = { ...plain, runtime: 0 };
    expect(() => new TalkClient(older)).toThrow(/^\[RUNTIME_MISMATCH\] .*generate it again/);
    expect(() => new TalkClient({ ...plain, runtime: 2 })).toThrow(/update @actionwire\/runtime/);
  });

  test("needs a transport where the platform has none, and says which", () => {
    vi.stubGlobal("WebSocket", undefined);
    expect(() => new TalkClient(plain)).toThrow(/BAD_OPTION.*wsTransport\(\).*@actionwire\/runtime\/ws/);
    vi.unstubAllGlobals();
  });
});

describe("the address", () => {
  const addressOf = async (options: Parameters<typeof stage>[0]): Promise<string | undefined> => {
    const { client, clock, network } = stage(options);
    client.connect();
    await clock.settle();
    return network.dials[0]?.url;
  };

  test.each([
    ["the first server and its defaults", {}, "ws://localhost:8080/talk"],
    ["a variable", { variables: { port: "9" } }, "ws://localhost:9/talk"],
    ["another server", { server: "live", variables: { region: "eu" } }, "wss://eu.example.com/base/talk"],
    ["a url, with the path after it", { url: "ws://elsewhere:1" }, "ws://elsewhere:1/talk"],
    ["an http url", { url: "http://elsewhere:1/" }, "ws://elsewhere:1/talk"],
    [
      "a url that ends with the path already",
      { url: "wss://whole/talk?signature=1#x" },
      "wss://whole/talk?signature=1",
    ],
    ["a function", { url: async () => "wss://told" }, "wss://told/talk"],
    [
      "a query",
      { query: { q: "a b&c", n: 1, no: undefined, each: ["1", "2"] } },
      "ws://localhost:8080/talk?q=a%20b%26c&n=1&each=1&each=2",
    ],
    [
      "a parameter, percent-encoded",
      { api: { ...plain, path: "/rooms/{room}" }, parameters: { room: "a/b ü?" } },
      "ws://localhost:8080/rooms/a%2Fb%20%C3%BC%3F",
    ],
    [
      "a parameter's default",
      { api: { ...plain, path: "/rooms/{room}", parameters: { room: { default: "lobby" } } } },
      "ws://localhost:8080/rooms/lobby",
    ],
    [
      "a server's path that a parameter happens to equal",
      { api: { ...plain, servers: { s: { url: "ws://h/ws" } }, path: "/{room}" }, parameters: { room: "ws" } },
      "ws://h/ws/ws",
    ],
    [
      "a variable that happens to equal the path",
      { api: { ...plain, servers: { s: { url: "ws://h/{base}" } }, path: "/ws" }, variables: { base: "ws" } },
      "ws://h/ws/ws",
    ],
    [
      "a server's path that is the connection's",
      { api: { ...plain, servers: { s: { url: "ws://h/talk" } } } },
      "ws://h/talk",
    ],
    ["a url whose host only looks like the path", { url: "ws://talk" }, "ws://talk/talk"],
    ["a url that ends with the path but for a segment", { url: "ws://h/xtalk" }, "ws://h/xtalk/talk"],
    ["a url that ends with path and slash", { url: "ws://h/a/talk/" }, "ws://h/a/talk"],
    [
      "a url that ends with a path with a slash",
      { api: { ...plain, path: "/talk/" }, url: "ws://h/talk/" },
      "ws://h/talk/",
    ],
    ["a path of the page's own host", { url: "/talk" }, "/talk"],
    ["an empty path", { api: { ...plain, path: "" }, url: "wss://only/this/" }, "wss://only/this/"],
    ["the root", { api: { ...plain, path: "/" }, url: "wss://only" }, "wss://only/"],
  ])("is made of %s", async (_, options, address) => {
    expect(await addressOf(options)).toBe(address);
  });

  test.each([
    ["an unknown server", { server: "life" }, /server: "life" is none of "local", "live"/],
    ["a missing variable", { server: "live" }, /variables\.region/],
    [
      "a value that is not allowed",
      { server: "live", variables: { region: "mars" } },
      /variables\.region: it is none of "eu", "us"/,
    ],
    ["a server that only an object has", { server: "constructor" }, /server/],
    ["a missing parameter", { api: { ...plain, path: "/rooms/{room}" } }, /parameters\.room/],
    [
      "a parameter that is none of its values",
      {
        api: { ...plain, path: "/rooms/{room}", parameters: { room: { values: ["a", "b"] } } },
        parameters: { room: "c" },
      },
      /parameters\.room: it is none of "a", "b"/,
    ],
    ["no server at all", { api: { ...plain, servers: {} } }, /url: .*names no server/],
    ["a url without a scheme", { url: "localhost:8080" }, /url/],
    ["headers where none can be set", { network: memoryNetwork({ headers: false }), headers: { a: "b" } }, /headers/],
    [
      "a token in a header where none can be set",
      { network: memoryNetwork({ headers: false }), token: () => "t", tokenIn: "header" as const },
      /tokenIn/,
    ],
    ["an object in its query", { query: { o: { a: 1 } } }, /query\.o: it is neither a text/],
    ["an object in a list of its query", { query: { o: ["a", {}] }, url: async () => "ws://h" }, /query\.o: /],
    ["null in its query", { query: { o: null } }, /query\.o: /],
    ["an object in its headers", { headers: { "X-O": { a: 1 } } }, /headers\.X-O: it is neither a text/],
    ["an unknown heartbeat", { heartbeat: { send: "nothing" } }, /heartbeat\.send/],
    ["an unknown answer to a heartbeat", { heartbeat: { expect: "nothing" } }, /heartbeat\.expect/],
    ["a heartbeat without the payload it needs", { heartbeat: { send: "say" } }, /heartbeat\.send: .*\/text: must be/],
    [
      "a heartbeat that JSON cannot say",
      { heartbeat: { send: { action: "ping", payload: { big: 1n } } } },
      /heartbeat\.send: .*JSON cannot say/,
    ],
    [
      "the same with nothing checked",
      { heartbeat: { send: { action: "ping", payload: { big: 1n } } }, validate: { out: "off" as const } },
      /heartbeat\.send: .*JSON cannot say/,
    ],
  ])("of %s is refused when the client is made", (_, options, message) => {
    expect(() => stage(options)).toThrow(message);
    expect(() => stage(options)).toThrow(/^\[BAD_OPTION\]/);
  });

  test("that a function makes unusable stops the client, in words that hold nothing of it", async () => {
    const { client, clock } = stage({ url: () => "nowhere?token=secret" });
    client.connect();
    await clock.settle();
    expect(client.state).toMatchObject({ at: "stopped", reason: { kind: "rejected" } });
    expect(JSON.stringify(client.state)).not.toContain("secret");
  });
});

describe("a token", () => {
  const openings = async (options: Parameters<typeof stage>[0]) => {
    const { client, clock, network } = stage({ token: () => "tökén", ...options });
    client.sendSay("hi");
    await clock.settle();
    return { ...network.dials[0], frames: network.peer.messages };
  };
  const browser = () => memoryNetwork({ headers: false, pings: false });

  test("travels in a header where the transport can set one", async () => {
    expect(await openings({})).toMatchObject({ headers: { Authorization: "Bearer tökén" }, protocols: [] });
  });

  test("travels as a subprotocol where it cannot, in base64url", async () => {
    const { headers, protocols } = await openings({ network: browser() });
    const encoded = Buffer.from("tökén").toString("base64url");
    expect([headers, protocols]).toEqual([{}, ["actionwire", `actionwire.bearer.${encoded}`]]);
  });

  test("travels where the document says, unless the options say otherwise", async () => {
    const header: Api = { ...plain, security: { key: { in: "header", name: "X-Key", prefix: "Key " } } };
    const query: Api = { ...plain, security: { key: { in: "query", name: "key" } } };
    expect(await openings({ api: header })).toMatchObject({ headers: { "X-Key": "Key tökén" } });
    expect((await openings({ api: query, query: { a: 1 } })).url).toBe(
      "ws://localhost:8080/talk?a=1&key=t%C3%B6k%C3%A9n",
    );
    expect((await openings({ api: header, network: browser() })).protocols).toHaveLength(2);
    expect(await openings({ api: query, tokenIn: { header: "X" } })).toMatchObject({ headers: { X: "tökén" } });
  });

  test("travels in the first frame, ahead of what waits", async () => {
    const { frames } = await openings({ tokenIn: { message: (token) => ({ login: token }) } });
    expect(frames).toEqual([{ login: "tökén" }, { action: "say", text: "hi" }]);
  });

  test("is fetched anew for every attempt", async () => {
    let count = 0;
    const { client, clock, network } = stage({ token: async () => `t${++count}` });
    client.connect();
    await clock.settle();
    network.peer.cut();
    await clock.advance(1_000);
    expect(network.dials.map(({ headers }) => headers["Authorization"])).toEqual(["Bearer t1", "Bearer t2"]);
  });

  test("that is not to be had counts as a refusal; a function that fails is tried again, and told", async () => {
    const none = stage({
      token: () => {
        throw new ActionwireError("UNAUTHORIZED", "signed out");
      },
    });
    none.client.connect();
    await none.clock.advance(60_000);
    expect(none.client.state).toMatchObject({ at: "stopped", reason: { kind: "unauthorized", refusals: 3 } });
    const failing = stage({ token: () => Promise.reject(new Error("token endpoint: secret")) });
    failing.client.connect();
    await failing.clock.settle();
    expect(reasonOf(failing.client)).toEqual({ kind: "preparation", text: "the token function failed" });
    expect(failing.told["onError"]).toEqual([[new Error("token endpoint: secret"), { during: "token" }]]);
  });

  test("that takes too long is given up with the attempt, and its socket never opened", async () => {
    let give = (_: string): void => {};
    const { client, clock, network } = stage({ token: () => new Promise((resolve) => (give = resolve)) });
    client.connect();
    await clock.advance(10_000);
    expect(reasonOf(client)?.kind).toBe("timeout");
    give("late");
    await clock.settle();
    expect(network.dials).toEqual([]);
  });

  test("is in no state, reason or error", async () => {
    const dial = ({ url }: { url: string }): never => {
      throw new SyntaxError(`The URL '${url}' is invalid.`);
    };
    const transport = { headers: true, pings: true, dial };
    const { client, clock, told } = stage({ transport, token: () => "secret", tokenIn: { query: "key" } });
    client.connect();
    await clock.settle();
    expect(client.state).toMatchObject({ at: "stopped", reason: { kind: "rejected" } });
    expect(JSON.stringify([client.state, told])).not.toContain("secret");
  });
});

describe("what is sent", () => {
  test("waits while there is no connection, and leaves in order when there is one", async () => {
    const { client, clock, network } = stage();
    network.onDial = (dial) => dial.fail();
    for (const text of ["a", "b", "c"]) client.sendSay(text);
    await clock.advance(5_000);
    expect(client.pending().length).toBe(3);
    network.onDial = (dial) => dial.accept();
    await clock.advance(30_000);
    expect([client.pending().length, texts(network.peer.received)]).toEqual([0, ["a", "b", "c"]]);
  });

  test("gets an id at once, another for each", () => {
    const { client } = stage();
    const ids = [client.sendSay("a"), client.sendSay("b")];
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => typeof id === "string" && id.length > 0)).toBe(true);
  });

  test("is refused at the caller where it does not fit, with what is wrong", () => {
    const { client } = stage();
    expect(() => client.sendAnything("say", { text: 1 })).toThrow("[INVALID_PAYLOAD] say: /text: must be string");
    expect(() => client.sendAnything("say", { text: 1n })).toThrow(/INVALID_PAYLOAD/);
    expect([client.pending().length, client.state.at]).toEqual([0, "idle"]);
  });

  test("leaves although it does not fit where the policy warns, and unseen where it is off", async () => {
    const warn = stage({ validate: { out: "warn" } });
    warn.client.sendAnything("say", { text: 1 });
    await warn.clock.settle();
    expect(warn.network.peer.messages).toEqual([{ action: "say", text: 1 }]);
    expect(warn.told["onInvalid"]).toMatchObject([{ direction: "out", action: "say", passed: true }]);
    const off = stage({ validate: { out: "off" } });
    off.client.sendAnything("say", { text: 1 });
    expect(off.told["onInvalid"]).toBeUndefined();
  });

  test("is refused when the outbox is full, and accepted again when there is room", async () => {
    const { client, clock, network } = stage({ outbox: { maxMessages: 2 } });
    network.onDial = () => {};
    client.sendSay("a");
    client.sendSay("b");
    expect(() => client.sendSay("c")).toThrow(/^\[OUTBOX_FULL\] say: no room for \d+ bytes \(2 of 2 messages/);
    network.onDial = (dial) => dial.accept();
    await clock.advance(11_000);
    client.sendSay("d");
    await clock.settle();
    expect(texts(network.peer.received)).toEqual(["a", "b", "d"]);
  });

  test("is bounded in bytes of UTF-8", () => {
    const { client } = stage({ outbox: { maxBytes: 60 } });
    expect(() => client.sendSay("€".repeat(12))).toThrow(/OUTBOX_FULL/);
    expect(() => client.sendSay("e".repeat(12))).not.toThrow();
  });

  test("survives exactly, whatever the text", async () => {
    const { client, clock, network } = stage();
    const text = '"\\\n\u2028\u2029\u0000\ud83d\ude00 lone \ud83d </script> é';
    client.sendSay(text);
    await clock.settle();
    expect(texts(network.peer.received)).toEqual([text]);
  });

  test("waits in the outbox, not in the socket, where the network is slow", async () => {
    const { client, clock, network } = stage();
    client.connect();
    await clock.settle();
    network.peer.buffered = 100_000;
    client.sendSay("a");
    client.sendSay("b");
    await clock.advance(1_000);
    expect([client.pending().length, network.peer.received]).toEqual([2, []]);
    network.peer.buffered = 0;
    await clock.advance(10);
    expect([client.pending().length, texts(network.peer.received)]).toEqual([0, ["a", "b"]]);
    network.peer.buffered = 100_000;
    client.sendSay("c");
    network.peer.drain();
    await clock.settle();
    expect(texts(network.peer.received)).toEqual(["a", "b", "c"]);
  });

  test("returns to the head of the outbox from a connection that opened only to refuse", async () => {
    const { client, clock, network, told } = stage();
    network.onDial = (dial) => {
      const peer = dial.accept();
      if (network.peers.length < 3) clock.after(100, () => peer.close(4401));
    };
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.advance(100);
    client.sendSay("c");
    await clock.advance(60_000);
    expect(network.peers.map(({ received }) => texts(received))).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
      ["a", "b", "c"],
    ]);
    expect([client.state.at, told["onUncertain"]]).toEqual(["open", undefined]);
  });

  test("and may or may not have arrived when the connection broke is told once, and not sent again", async () => {
    const { client, clock, network, told } = stage();
    const id = client.sendSay("a");
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    expect(told["onUncertain"]).toEqual([
      { messages: [{ id, action: "say", payload: { action: "say", text: "a" } }], more: 0 },
    ]);
    client.sendSay("b");
    await clock.advance(1_000);
    expect(texts(network.peer.received)).toEqual(["b"]);
    client.close();
    expect(told["onUncertain"]).toHaveLength(1);
  });

  test("is known to have arrived by the answer to a later heartbeat", async () => {
    const { client, clock, network, told } = stage();
    client.sendSay("a");
    await clock.advance(25_000);
    client.sendSay("b");
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    expect(told["onUncertain"]).toMatchObject([{ messages: [{ payload: { text: "b" } }], more: 0 }]);
  });

  test("is held back from a connection that may yet refuse, but not if that would fill the outbox", async () => {
    const { client, clock, network, told } = stage({ outbox: { maxMessages: 3 } });
    network.onDial = (dial) => {
      const peer = dial.accept();
      if (network.peers.length === 1) clock.after(1_000, () => peer.close(4401));
    };
    client.connect();
    await clock.settle();
    for (let n = 0; n < 6; n++) client.sendSay(String(n));
    await clock.settle();
    expect([client.pending().length, texts(network.peer.received)]).toEqual([3, ["0", "1", "2"]]);
    client.sendSay("6");
    await clock.settle();
    expect([client.pending().length, network.peer.received.length]).toEqual([0, 7]);
    await clock.advance(2_000);
    expect(texts(network.peer.received)).toEqual(["4", "5", "6"]);
    expect(told["onUncertain"]).toEqual([{ messages: [], more: 4 }]);
  });

  test("and forgotten beyond a bound is at least counted", async () => {
    const { client, clock, network, told } = stage({ outbox: { maxMessages: 2 } });
    client.connect();
    await clock.advance(5_000);
    for (let n = 0; n < 5; n++) client.sendSay(String(n));
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    expect(told["onUncertain"]).toMatchObject([
      { messages: [{ payload: { text: "3" } }, { payload: { text: "4" } }], more: 3 },
    ]);
  });
});

describe("what arrives", () => {
  const connected = async (options: Parameters<typeof stage>[0] = {}) => {
    const all = stage(options);
    all.client.connect();
    await all.clock.settle();
    const say = async (frame: string | object): Promise<void> => {
      all.network.peer.send(frame);
      await all.clock.settle();
    };
    return { ...all, say };
  };

  test("goes to its handlers, in the order they were registered, until they are taken off", async () => {
    const heard: string[] = [];
    const { client, say } = await connected({ handlers: { onSaid: ({ text }) => void heard.push(`whole ${text}`) } });
    const undo = client.onSaid(({ text }) => void heard.push(`one ${text}`));
    const undoAll = client.handle({ onSaid: ({ text }) => void heard.push(`more ${text}`) });
    await say({ action: "said", text: "1" });
    undo();
    undoAll();
    await say({ action: "said", text: "2" });
    expect(heard).toEqual(["whole 1", "one 1", "more 1", "whole 2"]);
  });

  test("finds the handlers of an object as its methods", async () => {
    class Screen {
      lines: string[] = [];
      onSaid({ text }: Text): void {
        this.lines.push(text);
      }
    }
    const screen = new Screen();
    const { say } = await connected({ handlers: screen });
    await say({ action: "said", text: "hello" });
    expect(screen.lines).toEqual(["hello"]);
  });

  test("and wants nobody goes nowhere, quietly", async () => {
    const { say, told } = await connected();
    await say({ action: "said", text: "hello" });
    expect(told).toEqual({});
  });

  test("and fits nothing goes to onUnknown, and the connection lives", async () => {
    const { client, network, clock, say, told } = await connected();
    for (const frame of ["", "{", "null", "[]", '{"action":"constructor"}', '{"action":["said"]}', "[".repeat(1_000)])
      await say(frame);
    network.peer.sendBinary(new Uint8Array([123, 125]));
    await clock.settle();
    const whys = told["onUnknown"]?.map((unknown) => (unknown as { why: string }).why);
    expect(whys).toEqual([
      "not-json",
      "not-json",
      "no-action",
      "no-action",
      "no-action",
      "no-action",
      "too-deep",
      "not-text",
    ]);
    expect(client.state.at).toBe("open");
  });

  test("under an id that is no text, or an empty one, goes to onUnknown, whatever it is", async () => {
    const heard = vi.fn();
    const { say, told } = await connected({ api: wrapped, handlers: { onSaid: heard } });
    for (const id of [1, null, "", ["x"], { x: 1 }]) await say({ action: "said", id, payload: { text: "x" } });
    await say({ action: "error", id: 1, payload: {} });
    expect(told["onUnknown"]).toMatchObject(Array.from({ length: 6 }, () => ({ why: "bad-id" })));
    expect([heard.mock.calls, told["onRefusal"]]).toEqual([[], undefined]);
  });

  test("finds a method whose name begins beyond the first 65,536 letters", async () => {
    const actions = { 𐐨: { validate: () => true } }; // DESERET SMALL LETTER LONG I
    const api: Api = { ...plain, toClient: { actions, dispatch: "𐐨" } };
    const heard = vi.fn();
    const { client, say } = await connected({ api });
    client.handle({ on𐐀: heard } as object); // TalkClient's own handlers are of another contract
    await say({});
    expect(heard).toHaveBeenCalledOnce();
  });

  test("and fits its action but not its schema goes to onInvalid instead, or as well", async () => {
    for (const [policy, reached] of [
      ["reject", 0],
      ["warn", 1],
      ["off", 1],
    ] as const) {
      const heard = vi.fn();
      const { say, told } = await connected({ validate: { in: policy }, handlers: { onSaid: heard } });
      await say({ action: "said", text: 1 });
      expect(heard).toHaveBeenCalledTimes(reached);
      const expected = { direction: "in", action: "said", problems: [{ path: "/text" }], passed: policy === "warn" };
      if (policy === "off") expect(told).toEqual({});
      else expect(told["onInvalid"]).toMatchObject([expected]);
    }
  });

  test("is held against what the client accepts, where that is more than the contract says", async () => {
    const said = { validate: () => false, accept: () => true };
    const api: Api = { ...plain, toClient: { ...plain.toClient, actions: { said } } };
    const heard = vi.fn();
    const { say } = await connected({ api, handlers: { onSaid: heard } });
    await say({ action: "said", new: true });
    expect(heard).toHaveBeenCalledOnce();
  });

  test("may fail its handlers, and all that happens is that it is told", async () => {
    const { client, say, told } = await connected({ handlers: { onSaid: () => Promise.reject(new Error("later")) } });
    client.onSaid(() => {
      throw new Error("now");
    });
    const after = vi.fn();
    client.onSaid(after);
    await say({ action: "said", text: "x" });
    const source = { during: "handler", action: "said" };
    expect(told["onError"]).toEqual([
      [new Error("now"), source],
      [new Error("later"), source],
    ]);
    expect([after.mock.calls.length, client.state.at]).toEqual([1, "open"]);
  });

  test("reaches no handler once the client is closed", async () => {
    const heard = vi.fn();
    const { client, network, clock } = await connected({ handlers: { onSaid: heard } });
    network.peer.send({ action: "said", text: "x" });
    client.close();
    await clock.settle();
    expect(heard).not.toHaveBeenCalled();
  });

  test("and makes a validator throw is told, and ends nothing", async () => {
    const validate = (): never => {
      throw new RangeError("too deep");
    };
    const api: Api = { ...plain, toClient: { ...plain.toClient, actions: { said: { validate } } } };
    const { client, say, told } = await connected({ api });
    await say({ action: "said", text: "x" });
    expect(told["onError"]).toEqual([[new RangeError("too deep"), { during: "validator" }]]);
    expect(client.state.at).toBe("open");
  });

  test("and a callback that fails end nothing", async () => {
    const failing = (): never => {
      throw new Error("callback");
    };
    const { client, say, told } = await connected({ onUnknown: failing, onState: failing, onRefusal: failing });
    client.watch(failing);
    await say("{");
    expect(told["onError"]).toContainEqual([new Error("callback"), { during: "callback" }]);
    expect(client.state.at).toBe("open");
  });
});

describe("a request", () => {
  const asked = async (api: Api, options: Parameters<typeof stage>[0] = {}) => {
    const all = stage({ api, ...options });
    all.client.connect();
    await all.clock.settle();
    const reply = async (frame: object): Promise<void> => {
      all.network.peer.send(frame);
      await all.clock.settle();
    };
    return { ...all, reply };
  };
  const told = (answer: unknown) => ({ action: "told", answer });

  test("is answered by the frame with its id", async () => {
    const { client, clock, network, reply } = await asked(wrapped);
    const [one, two] = [client.requestAsk("1"), client.requestAsk("2")];
    await clock.settle();
    const [first, second] = network.peer.messages as { action: string; id: string; payload: object }[];
    expect(first).toMatchObject({ action: "ask", payload: { about: "1" } });
    await reply({ action: "ask", id: second?.id, payload: { answer: "to 2" } });
    await reply({ action: "anything", id: first?.id, payload: { answer: "to 1" } });
    expect(await Promise.all([one, two])).toEqual([{ answer: "to 1" }, { answer: "to 2" }]);
  });

  test("is answered in order where frames carry no id; what nobody asked for goes to handlers", async () => {
    const { client, reply } = await asked(plain);
    const heard = vi.fn();
    client.handle({ onTold: heard });
    const [one, two] = [client.requestAsk("1"), client.requestAsk("2")];
    for (const answer of ["a", "b", "c"]) await reply(told(answer));
    expect(await Promise.all([one, two])).toEqual([told("a"), told("b")]);
    expect(heard.mock.calls).toEqual([[told("c")]]);
  });

  test("is not answered by the answer to what was only sent: that is a message like any other", async () => {
    const { client, reply } = await asked(plain);
    const heard = vi.fn();
    client.handle({ onTold: heard });
    client.sendAsk("1");
    const answer = client.requestAsk("2");
    await reply(told("to what was sent"));
    await reply(told("to the request"));
    expect(await answer).toEqual(told("to the request"));
    expect(heard.mock.calls).toEqual([[told("to what was sent")]]);
  });

  test("that is refused is rejected with what the server said", async () => {
    const { client, clock, network, reply } = await asked(wrapped);
    const answer = client.requestAsk("1").catch((error: unknown) => error);
    await clock.settle();
    const [{ id } = { id: "" }] = network.peer.messages as { id: string }[];
    await reply({ action: "error", id, payload: { code: "NOPE", message: "not you" } });
    expect(await answer).toMatchObject({ code: "REFUSED", action: "ask", details: { code: "NOPE" } });
    expect(String(await answer)).toContain("ask: the server refused: not you");
  });

  test("has nothing to do with a refusal of something else", async () => {
    const { reply, told: heard } = await asked(wrapped);
    await reply({ action: "error", payload: { message: "slow down" } });
    await reply({ action: "error", id: "not mine", payload: 1 });
    expect(heard["onRefusal"]).toEqual([{ payload: { message: "slow down" } }, { payload: 1, id: "not mine" }]);
  });

  test("whose reply does not fit is rejected, or let through with a warning", async () => {
    const strict = await asked(plain);
    const answer = codeOf(() => strict.client.requestAsk("1"));
    await strict.reply(told(1));
    expect(await answer).toBe("INVALID_REPLY");
    const lenient = await asked(plain, { validate: { in: "warn" } });
    const passed = lenient.client.requestAsk("1");
    await lenient.reply(told(1));
    expect(await passed).toEqual(told(1));
    expect(lenient.told["onInvalid"]).toHaveLength(1);
  });

  test("that takes too long is rejected, and its late reply is nobody else's", async () => {
    for (const api of [plain, wrapped]) {
      const { client, clock, network, reply, told: heard } = await asked(api);
      const late = codeOf(() => client.requestAsk("late"));
      await clock.advance(10_000);
      expect(await late).toBe("TIMEOUT");
      const next = client.requestAsk("next");
      await clock.settle();
      const [first, second] = network.peer.messages as { id: string }[];
      await reply(api === plain ? told("late") : { action: "ask", id: first?.id, payload: { answer: "late" } });
      await reply(api === plain ? told("next") : { action: "ask", id: second?.id, payload: { answer: "next" } });
      expect(await next).toMatchObject({ answer: "next" });
      expect(heard).toEqual({});
    }
  });

  test("that is never answered ends the connection as soon as a reply may be another's, so that none ever is", async () => {
    const { client, clock, network, reply, told: heard } = await asked(plain);
    const unanswered = codeOf(() => client.requestAsk("1"));
    await clock.advance(10_000);
    expect(await unanswered).toBe("TIMEOUT");
    const robbed = codeOf(() => client.requestAsk("2"));
    await reply(told("2"));
    await clock.advance(9_000);
    const caught = codeOf(() => client.requestAsk("3"));
    await clock.advance(1_000);
    expect([await robbed, await caught]).toEqual(["TIMEOUT", "CONNECTION_LOST"]);
    expect(client.state).toMatchObject({ at: "waiting", reason: { kind: "unanswered" } });
    await clock.advance(2_000);
    expect(network.peers).toHaveLength(2);
    const answer = client.requestAsk("4");
    await reply(told("4"));
    expect(await answer).toEqual(told("4"));
    expect(heard).toEqual({});
  });

  test("is never given another's reply by a server that is slower than its callers", async () => {
    const { client, clock, network } = await asked(plain);
    const answers: Promise<unknown>[] = [];
    for (const about of ["1", "2", "3", "4", "5"]) {
      const peer = network.peer;
      answers.push(client.requestAsk(about, { timeout: 200 }).catch(() => undefined));
      clock.after(240, () => peer.send(told(about)));
      await clock.advance(1_000);
    }
    const given = await Promise.all(answers);
    for (const [index, answer] of given.entries()) expect([undefined, told(String(index + 1))]).toContainEqual(answer);
  });

  test("that its caller gave up keeps its late reply from the next, also after another's late reply", async () => {
    const { client, clock, reply } = await asked(plain);
    const late = codeOf(() => client.requestAsk("late"));
    await clock.advance(10_000);
    expect(await late).toBe("TIMEOUT");
    const abort = new AbortController();
    const aborted = codeOf(() => client.requestAsk("aborted", { signal: abort.signal }));
    await reply(told("late"));
    abort.abort();
    const next = client.requestAsk("next");
    await reply(told("aborted"));
    await reply(told("next"));
    expect([await aborted, await next]).toEqual(["ABORTED", told("next")]);
  });

  test("that is given up before it left never leaves", async () => {
    const { client, clock, network } = stage();
    network.onDial = () => {};
    const abort = new AbortController();
    const aborted = codeOf(() => client.requestAsk("aborted", { signal: abort.signal }));
    const timedOut = codeOf(() => client.requestAsk("timed out", { timeout: 5_000 }));
    const stays = client.requestAsk("stays", { timeout: 60_000 });
    await clock.settle();
    abort.abort();
    network.onDial = (dial) => dial.accept();
    await clock.advance(15_000);
    expect([await aborted, await timedOut]).toEqual(["ABORTED", "TIMEOUT"]);
    expect(network.peer.messages).toEqual([{ action: "ask", about: "stays" }]);
    network.peer.send(told("x"));
    expect(await stays).toEqual(told("x"));
  });

  test("is never made where its signal has fired already", async () => {
    const { client } = stage();
    expect(await codeOf(() => client.requestAsk("x", { signal: AbortSignal.abort() }))).toBe("ABORTED");
    expect([client.pending().length, client.state.at]).toEqual([0, "idle"]);
  });

  test("that was written is rejected when the connection breaks; one that waits goes on", async () => {
    const { client, clock, network } = await asked(plain);
    const written = codeOf(() => client.requestAsk("written"));
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    expect(await written).toBe("CONNECTION_LOST");
    const waiting = client.requestAsk("waiting");
    await clock.advance(1_000);
    network.peer.send(told("x"));
    expect(await waiting).toEqual(told("x"));
  });

  test("survives a connection that opened only to refuse", async () => {
    const { client, clock, network } = stage();
    network.onDial = (dial) => {
      const peer = dial.accept();
      if (network.peers.length === 1) clock.after(10, () => peer.close(4401));
    };
    const answer = client.requestAsk("x");
    await clock.advance(2_000);
    network.peer.send(told("x"));
    expect(await answer).toEqual(told("x"));
  });

  test("that was given up is not written again, even if the connection it was written to refused", async () => {
    for (const api of [plain, wrapped]) {
      const { client, clock, network, told: heard } = stage({ api });
      network.onDial = (dial) => {
        const peer = dial.accept();
        if (network.peers.length === 1) clock.after(1_000, () => peer.close(4401));
      };
      const given = codeOf(() => client.requestAsk("given up", { timeout: 500 }));
      client.sendSay("goes on");
      await clock.advance(10_000);
      expect([await given, texts(network.peer.received).length]).toEqual(["TIMEOUT", 1]);
      const next = client.requestAsk("next");
      await clock.settle();
      const { id } = network.peer.messages.at(-1) as { id?: string };
      network.peer.send(api === plain ? told("x") : { action: "ask", id, payload: { answer: "x" } });
      expect(await next).toMatchObject({ answer: "x" });
      expect(heard).toEqual({});
    }
  });

  test("proves what was written before it to have arrived", async () => {
    const { client, clock, network, reply, told: heard } = await asked(plain);
    client.sendSay("before");
    const answer = client.requestAsk("x");
    client.sendSay("after");
    await reply(told("x"));
    await answer;
    network.peer.cut();
    await clock.settle();
    expect(heard["onUncertain"]).toMatchObject([{ messages: [{ payload: { text: "after" } }] }]);
  });

  test("that does not fit, or finds no room or a closed client, is rejected and not thrown", async () => {
    const { client } = stage({ outbox: { maxMessages: 0 } });
    expect(await codeOf(() => client.requestAsk("x"))).toBe("OUTBOX_FULL");
    client.close();
    expect(await codeOf(() => client.requestAsk("x"))).toBe("CLOSED");
  });
});

describe("a connection that is lost", () => {
  test("is found out by a heartbeat that nothing answers", async () => {
    const { client, clock, network } = stage();
    client.connect();
    await clock.advance(30_000);
    expect(network.peer.pings).toBe(1);
    network.peer.stall();
    await clock.advance(30_000);
    expect(reasonOf(client)).toMatchObject({ kind: "silent" });
    await clock.advance(1_000);
    expect([client.state.at, network.peers.length]).toEqual(["open", 2]);
  });

  test("is found out by a pair of actions where the transport cannot ping, and not at all without", async () => {
    const network = memoryNetwork({ pings: false });
    network.onFrame = (frame, peer) => {
      if (frame === '{"action":"ping"}') peer.send({ action: "pong" });
    };
    const { client, clock, told } = stage({ network, heartbeat: { send: "ping", expect: "pong" } });
    client.sendSay("a");
    await clock.advance(60_000);
    expect(client.state).toMatchObject({ at: "open", heartbeat: "actions" });
    network.peer.stall();
    await clock.advance(25_100);
    expect([reasonOf(client)?.kind, told["onUncertain"]]).toEqual(["silent", undefined]);
    const off = stage({ network: memoryNetwork({ pings: false }) });
    off.client.connect();
    await off.clock.settle();
    off.network.peer.stall();
    await off.clock.advance(600_000);
    expect(off.client.state).toMatchObject({ at: "open", heartbeat: "off" });
  });

  test("is found out by a pair whose answer carries the id of the question", async () => {
    const network = memoryNetwork({ pings: false });
    network.onFrame = (frame, peer) => {
      const { id } = JSON.parse(String(frame)) as { id: string };
      peer.send({ action: "ping", id, payload: {} });
    };
    const { client, clock, told } = stage({
      api: wrapped,
      network,
      heartbeat: { send: { action: "ping", payload: {} } },
    });
    client.connect();
    await clock.advance(90_000);
    expect([network.peers.length, told]).toEqual([1, {}]);
  });

  test("is found out and replaced although its socket throws whatever it is asked", async () => {
    const network = memoryNetwork();
    const { client, clock, told } = stage({
      transport: {
        ...network.transport,
        dial: (opening, listener) => {
          const broken = (): never => {
            throw new Error("socket");
          };
          const socket = network.transport.dial(opening, listener);
          return network.dials.length > 1 ? socket : { ...socket, buffered: () => 0, ping: broken, close: broken };
        },
      },
    });
    client.connect();
    await clock.advance(25_000);
    expect(told["onError"]).toEqual([[new Error("socket"), { during: "transport" }]]);
    await clock.advance(12_000);
    expect([client.state.at, network.dials.length]).toEqual(["open", 2]);
    client.sendSay("still here");
    await clock.settle();
    expect(texts(network.peer.received)).toEqual(["still here"]);
  });

  test("is looked at as soon as the device wakes", async () => {
    const { client, clock, network, lifecycle } = stage();
    client.connect();
    await clock.advance(6_000);
    network.peer.stall();
    lifecycle.happen("wake");
    await clock.advance(5_000);
    expect(reasonOf(client)?.kind).toBe("silent");
  });

  test("is tried at once when the network is back, and hardly before", async () => {
    const { client, clock, network, lifecycle } = stage();
    client.connect();
    await clock.settle();
    network.onDial = (dial) => dial.fail();
    lifecycle.happen("offline");
    network.peer.cut();
    await clock.advance(59_000);
    expect(network.dials).toHaveLength(1);
    network.onDial = (dial) => dial.accept();
    lifecycle.happen("online");
    await clock.settle();
    expect([client.state.at, network.dials.length]).toEqual(["open", 2]);
  });

  test("stops after three refusals, keeps what is sent meanwhile, and starts again with connect()", async () => {
    const { client, clock, network } = stage();
    network.onDial = (dial) => dial.refuse(401);
    client.sendSay("a");
    await clock.advance(600_000);
    expect([client.state, network.dials.length]).toEqual([
      {
        at: "stopped",
        reason: { kind: "unauthorized", text: "the server answered HTTP 401", refusals: 3, status: 401 },
      },
      3,
    ]);
    client.sendSay("b");
    await clock.advance(600_000);
    expect([client.pending().length, network.dials.length]).toEqual([2, 3]);
    network.onDial = (dial) => dial.accept();
    client.connect();
    await clock.settle();
    expect(texts(network.peer.received)).toEqual(["a", "b"]);
  });

  test("stops after as many refusals as the option says, also where opening hides them", async () => {
    const { client, clock, network } = stage({ maxRefusals: 2 });
    network.onDial = (dial) => dial.accept().close(4403);
    client.connect();
    await clock.advance(60_000);
    expect([reasonOf(client), network.dials.length]).toEqual([
      { kind: "unauthorized", text: "the connection closed with 4403", refusals: 2, code: 4403 },
      2,
    ]);
  });

  test("stays away as long as the server asks", async () => {
    const { client, clock, network } = stage();
    network.onDial = (dial) => dial.refuse(503, "120");
    client.connect();
    await clock.advance(119_000);
    expect([client.state.at, network.dials.length]).toEqual(["waiting", 1]);
    await clock.advance(2_000);
    expect(network.dials).toHaveLength(2);
  });

  test("is judged by the application first, whose own failing changes nothing", async () => {
    const own = stage({ classify: ({ code }) => (code === 1006 ? "refused" : undefined), maxRefusals: 1 });
    own.network.onDial = (dial) => dial.fail();
    own.client.connect();
    await own.clock.settle();
    expect(own.client.state.at).toBe("stopped");
    const failing = stage({
      classify: () => {
        throw new Error("classify");
      },
    });
    failing.network.onDial = (dial) => dial.fail();
    failing.client.connect();
    await failing.clock.settle();
    expect([reasonOf(failing.client)?.kind, failing.told["onError"]]).toEqual([
      "unreachable",
      [[new Error("classify"), { during: "classify" }]],
    ]);
  });

  test("ends without another attempt where the server says it has finished", async () => {
    const { client, clock, network } = stage();
    client.connect();
    await clock.settle();
    network.peer.close(1000, "bye");
    await clock.advance(600_000);
    expect(client.state).toMatchObject({
      at: "stopped",
      reason: { kind: "finished", text: expect.stringContaining("bye") },
    });
  });
});

describe("close()", () => {
  test("says goodbye with its code, after what was sent", async () => {
    const { client, clock, network } = stage();
    client.connect();
    await clock.settle();
    client.sendSay("last");
    expect(client.close(4000)).toEqual([]);
    await clock.settle();
    expect([texts(network.peer.received), network.peer.closed]).toEqual([["last"], { code: 4000, reason: "" }]);
  });

  test("hands back what never left, and rejects who waits for a reply", async () => {
    const { client, clock, network } = stage();
    network.onDial = () => {};
    const id = client.sendSay("unsent");
    const answer = codeOf(() => client.requestAsk("x"));
    await clock.settle();
    expect(client.close()).toEqual([{ id, action: "say", payload: { action: "say", text: "unsent" } }]);
    expect([await answer, client.pending().length]).toEqual(["CLOSED", 0]);
  });

  test("leaves no timer, no listener and no way back, from wherever it is called", async () => {
    for (const ms of [-1, 0, 100, 6_000, 26_000]) {
      const { client, clock, network, lifecycle } = stage();
      if (ms === 100) network.onDial = (dial) => dial.fail();
      if (ms >= 0) client.connect();
      if (ms > 0) await clock.advance(ms);
      if (ms > 6_000) lifecycle.happen("wake");
      client.close();
      client.close();
      await clock.settle();
      expect([clock.timers, lifecycle.watchers, client.state]).toEqual([0, 0, { at: "closed" }]);
      for (const call of [() => client.sendSay("x"), () => client.connect()]) expect(await codeOf(call)).toBe("CLOSED");
    }
  });

  test("takes only codes that a browser may send", () => {
    const { client } = stage();
    for (const code of [1001, 1006, 2999, 5000]) expect(() => client.close(code)).toThrow(/BAD_OPTION/);
    expect(client.state.at).toBe("idle");
  });

  test("may be called from a handler, a watcher and a token function", async () => {
    const { client, clock, network } = stage({ token: () => "t" });
    client.onSaid(() => void client.close());
    client.connect();
    await clock.settle();
    network.peer.send({ action: "said", text: "x" });
    network.peer.send({ action: "said", text: "y" });
    await clock.settle();
    expect([client.state.at, clock.timers]).toEqual(["closed", 0]);
    const watched = stage();
    watched.client.watch(({ at }) => {
      if (at === "open") watched.client.close();
    });
    watched.client.sendSay("x");
    await watched.clock.settle();
    expect([watched.client.state.at, watched.clock.timers]).toEqual(["closed", 0]);
  });
});

describe("nothing but generated names", () => {
  test("has the form of one", () => {
    const names = Object.getOwnPropertyNames(Object.getPrototypeOf(TalkClient.prototype));
    expect(names.filter((name) => /^(?:send|request|on)[A-Z]/.test(name))).toEqual([]);
  });
});
