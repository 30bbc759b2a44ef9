/**
 * PROTOCOL.md, what it says of strangers, of time and of bounds: frames against the protocol, contracts, credentials,
 * readers that are slow, ends that are graceful, and what is remembered at most.
 */
import type { Api } from "@actionwire/runtime";
import { type Accepted, memoryBroker, memorySessions } from "@actionwire/runtime/server";
import { fakeClock } from "@actionwire/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ChatContext, plainChat } from "./support/chat-api.js";
import { COUNT, gate, helloFrame, type Line, SAME, STREAM, SUBPROTOCOL, say, serve } from "./support/session-talk.js";

const name = (length: number) => "n".repeat(length);
const hello = (changes: object) => JSON.stringify({ ...JSON.parse(helloFrame()), ...changes });
const streams = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ name: `stream-of-somebody-${n}`, written: 0 }));
const cursors = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`s${n}`, 1]));

/** Whoever is served beside the hostile one is answered as before. */
async function othersAreAnswered(connect: () => Line): Promise<void> {
  const other = connect();
  await other.hello({ session: "session-of-ben-0001", streams: [{ name: "stream-of-ben-00001", written: 0 }] });
  await other.write(`0.1 ${COUNT}`);
  expect(other.messages.at(-1)).toContain('"counted"');
  await other.cut();
}

describe("before welcome", () => {
  test.each([
    ["a message", `0.1 ${say("x")}`],
    ["a message of plain delivery", say("x").replace("{", " {")],
    ["nothing at all, in a frame", ""],
    ["half a control frame", "{"],
    ["a control frame that is no JSON", "{type}"],
    ["one without a type", "{}"],
    ["one whose type is no text", '{"type":["hello"]}'],
    ["one that nests too deeply", `{"type":"hello","x":${"[".repeat(100)}${"]".repeat(100)}}`],
    ["a plain frame", '{"action":"say","text":"x"}'],
    ["an ack that is none", '{"type":"ack"}'],
    ["an ack with a negative number", '{"type":"ack","to":{"x":-1}}'],
    ["an ack of 1,001 streams", JSON.stringify({ type: "ack", to: cursors(1_001) })],
    ["credentials that are none", '{"type":"credentials","token":1}'],
    ["a session of 15 characters", hello({ session: name(15) })],
    ["a session of 65 characters", hello({ session: name(65) })],
    ["a session with a space", hello({ session: `${name(16)} ` })],
    ["a session with a newline at its end", hello({ session: `${name(16)}\n` })],
    ["a stream of 15 characters", hello({ streams: [{ name: name(15), written: 0 }] })],
    ["257 streams", hello({ streams: streams(257) })],
    ["a stream named twice", hello({ streams: [...streams(1), ...streams(1)] })],
    ["a negative `written`", hello({ streams: [{ name: name(16), written: -1 }] })],
    ["a `written` of 2^53", hello({ streams: [{ name: name(16), written: 2 ** 53 }] })],
    ["a `written` that is none", hello({ streams: [{ name: name(16), written: "1" }] })],
    ["1,001 cursors", hello({ cursors: cursors(1_001) })],
    ["a cursor that is no number", hello({ cursors: { a: null } })],
    ["a cursor's name with a dot", hello({ cursors: { "a.b": 1 } })],
    ["no cursors", hello({ cursors: undefined })],
    ["no contract", hello({ contract: undefined })],
    ["a hash of 201 characters", hello({ contract: { version: "1", hash: name(201) } })],
  ])("%s: 4400, and no route is called?", async (_, frame) => {
    let routed = 0;
    const { connect } = serve({ say: () => void routed++ });
    const line = connect();
    await line.write(frame);
    await line.write(helloFrame());
    await line.write(`0.1 ${say("x")}`);
    expect([line.closed, line.welcome, routed]).toEqual([line.welcome ? undefined : 4400, undefined, 0]);
    await othersAreAnswered(connect);
  });

  test.each([
    ["256 streams", hello({ streams: streams(256) })],
    ["no stream", hello({ streams: [] })],
    ["1,000 cursors", hello({ cursors: cursors(1_000) })],
    ["members nobody knows", hello({ later: { than: "this" }, constructor: 1 })],
    ["names of 64 characters", hello({ session: name(64), streams: [{ name: name(64), written: 2 ** 53 - 1 }] })],
    ["cursors of the prototype's", helloFrame().replace('"cursors":{}', '"cursors":{"__proto__":7,"constructor":8}')],
    ["a stream of the prototype's name", hello({ streams: [{ name: "__defineGetter__", written: 0 }] })],
  ])("%s: welcome?", async (_, frame) => {
    const { connect } = serve();
    const line = connect();
    await line.write(frame);
    expect([line.closed, line.types]).toEqual([undefined, ["welcome"]]);
    expect(line.welcome).toMatchObject({ lost: false, cursors: { [line.welcome.own]: 0 } });
    expect(line.welcome.handled.every((number) => number === null)).toBe(true);
    expect(Object.prototype).not.toHaveProperty("7");
  });

  test("are frames of types it does not know ignored, those of the prototype's names and the server's own among them?", async () => {
    const { connect } = serve();
    const line = connect();
    for (const type of ["later", "constructor", "__proto__", "toString", "welcome", "goodbye"])
      await line.write({ type });
    await line.write({ type: "ping", later: true });
    await line.hello();
    expect([line.closed, line.types]).toEqual([undefined, ["pong", "welcome"]]);
  });

  test("no hello: closed after 10 s, pings or not, and not before?", async () => {
    const { clock, connect } = serve();
    const [silent, pinging, polite] = [connect(), connect(), connect()];
    await polite.hello();
    await clock.advance(9_999);
    await pinging.write({ type: "ping" });
    expect([silent.closed, pinging.closed]).toEqual([undefined, undefined]);
    await clock.advance(1);
    expect([silent.closed, pinging.closed, polite.closed]).toEqual([4400, 4400, undefined]);
  });

  test("a second hello, or a message while the first is looked into: 4400?", async () => {
    const { connect } = serve();
    const [twice, early] = [connect(), connect()];
    await twice.hello();
    await twice.hello();
    early.peer.receive(helloFrame({ session: "session-of-ben-0001", streams: [] }));
    await early.write(`0.1 ${say("x")}`);
    expect([twice.closed, early.closed, early.welcome]).toEqual([4400, 4400, undefined]);
  });
});

describe("message frames", () => {
  const longest = `0.1,kk.1${",k.1".repeat(254)}`;
  test.each([
    ["no space", "0.1"],
    ["only a space", " "],
    ["no header", ` ${say("x")}`],
    ["no number", `0 ${say("x")}`],
    ["no stream", `.1 ${say("x")}`],
    ["number 0", `0.0 ${say("x")}`],
    ["leading zeros", `0.01 ${say("x")}`],
    ["2^53", `0.9007199254740992 ${say("x")}`],
    ["a number of 40 digits", `0.${"9".repeat(40)} ${say("x")}`],
    ["a negative number", `0.-1 ${say("x")}`],
    ["a fraction", `0.1.5 ${say("x")}`],
    ["an exponent", `0.1e3 ${say("x")}`],
    ["digits that are not ASCII", `0.１ ${say("x")}`],
    ["a name that is not ASCII", `0.1,é.1 ${say("x")}`],
    ["an index out of range", `1.1 ${say("x")}`],
    ["a negative index", `-1.1 ${say("x")}`],
    ["a stream's name for its index", `${STREAM}.1 ${say("x")}`],
    ["an index of the prototype's", `length.1 ${say("x")}`],
    ["a comma at its end", `0.1, ${say("x")}`],
    ["two commas", `0.1,,k.1 ${say("x")}`],
    ["an answer to nothing", `0.1,= ${say("x")}`],
    ["an answer before an acknowledgement", `0.1,=k.1,k.1 ${say("x")}`],
    ["a tab", `0.1\t${say("x")}`],
    ["a header of 2 KB", `0.1${",k.1".repeat(512)} ${say("x")}`],
    ["a header of 1,025 bytes", `${"0.1,k.12"}${",k.1".repeat(254)}2 ${say("x")}`],
    ["a byte order mark", `\ufeff0.1 ${say("x")}`],
  ])("%s: 4400, and no route is called?", async (_, frame) => {
    let routed = 0;
    const { connect } = serve({ say: () => void routed++ });
    const line = connect();
    await line.hello();
    await line.write(frame);
    expect([line.closed, routed]).toEqual([4400, 0]);
    await othersAreAnswered(connect);
  });

  test("a header of 1,024 bytes, and acknowledgements of streams it does not know: read?", async () => {
    const { connect } = serve();
    const line = connect();
    const { own } = await line.hello();
    expect(longest).toHaveLength(1_024);
    await line.write(`${longest} ${say("x")}`);
    await line.write({ type: "ack", to: { nobody: 2 ** 53 - 1 } });
    expect([line.closed, line.messages]).toEqual([undefined, [`${own}.1 {"action":"said","text":"x"}`]]);
  });

  test.each([
    ["in a frame of its own", (own: string) => JSON.stringify({ type: "ack", to: { [own]: 2 } })],
    ["along with a message", (own: string) => `0.2,${own}.2 ${say("y")}`],
  ])("an acknowledgement of what its own stream has yet to say, %s: 4400; of what it said: none?", async (_, frame) => {
    const { connect } = serve();
    const line = connect();
    const { own } = await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.write({ type: "ack", to: { [own]: 1 } });
    expect(line.closed).toBeUndefined();
    await line.write(frame(own));
    expect(line.closed).toBe(4400);
  });

  test("nonsense in messages counts: the 101st within a minute is 1008, as on every connection?", async () => {
    const { connect } = serve();
    const line = connect();
    await line.hello();
    for (let n = 1; n <= 101; n++) await line.write(`0.${n} ?`);
    expect([line.of("rejected").length, line.closed]).toEqual([101, 1008]);
  });

  test("a flood of pings: is it read more slowly, and answered all the same?", async () => {
    const { clock, connect } = serve({ options: { rate: { perSecond: 10, burst: 20 } } });
    const line = connect();
    await line.hello();
    for (let n = 0; n < 40; n++) line.peer.receive('{"type":"ping"}');
    expect([line.socket.paused, line.of("pong").length, line.closed]).toEqual([true, 40, undefined]);
    await clock.advance(5_000);
    expect(line.socket.paused).toBe(false);
  });

  test("within the window, is everything read, and are pings answered, whatever the size of what waits?", async () => {
    const hold = gate();
    const { connect } = serve({ say: () => hold.promise });
    const line = connect();
    const { window, maxBytes } = await line.hello();
    const large = say("x".repeat(maxBytes - 100));
    for (let n = 1; n <= 10; n++) await line.write(`0.${n} ${large}`);
    expect([window, line.socket.paused]).toEqual([1_024, false]);
    hold.open();
  });
});

describe("whatever is written", () => {
  /** Texts, and bytes for what is no text. */
  const api: Api = {
    ...plainChat,
    toServer: {
      ...plainChat.toServer,
      actions: { ...plainChat.toServer.actions, blob: { frame: "bytes", validate: () => true } },
    },
  };

  async function bear(frames: readonly (string | Uint8Array)[], welcomed: boolean) {
    const called: string[] = [];
    const blob = () => void called.push("blob");
    const count = () => {
      called.push("count");
      return { number: 1 };
    };
    const routes = { say: () => void called.push("say"), count, blob };
    const { connect, errors } = serve({ ...routes, api });
    const line = connect();
    if (welcomed) await line.hello();
    for (const frame of frames) await line.write(frame);
    await othersAreAnswered(() => connect({ name: "ben" }));
    called.pop(); // the other's
    return { line, called, errors };
  }
  const anything = fc.oneof(fc.string({ unit: "binary" }), fc.json(), fc.uint8Array({ maxLength: 200 }));

  test("do random texts and bytes never throw, never call a route, and end in 4400 or nothing?", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anything, { maxLength: 4 }), fc.boolean(), async (frames, welcomed) => {
        const { line, called, errors } = await bear(frames, welcomed);
        expect([called, errors]).toEqual([[], []]);
        expect([undefined, 4400]).toContain(line.closed);
      }),
      { numRuns: 300 },
    );
  });

  test("do headers of all sorts never throw, and is of each number one message at most handled?", async () => {
    const part = fc.oneof(
      fc.constantFrom("0", "1", "00", "-1", "k", "=", "", "1e1", "__proto__"),
      fc.string({ maxLength: 4 }),
    );
    const number = fc.oneof(fc.nat({ max: 3 }).map(String), fc.constantFrom("01", "", "-1", "9007199254740993", "x"));
    const position = fc.tuple(part, number).map((parts) => parts.join("."));
    const header = fc.array(position, { minLength: 1, maxLength: 3 }).map((positions) => positions.join(","));
    const payload = fc.constantFrom(say("x"), "?", "");
    const frame = fc.tuple(header, fc.constantFrom(" ", "", "  "), payload).map((parts) => parts.join(""));
    await fc.assert(
      fc.asyncProperty(fc.array(frame, { maxLength: 6 }), async (frames) => {
        const { line, called, errors } = await bear(frames, true);
        expect(errors).toEqual([]);
        expect(called.length).toBeLessThanOrEqual(3);
        expect([undefined, 4400]).toContain(line.closed);
      }),
      { numRuns: 300 },
    );
  });

  test("do control frames of all sorts never throw, and get nothing but welcome, pong or 4400?", async () => {
    const type = fc.constantFrom("hello", "ack", "ping", "credentials", "end", "welcome", "x", "__proto__");
    const members = fc.record(
      {
        type,
        session: fc.oneof(fc.constant(name(16)), fc.jsonValue()),
        contract: fc.oneof(fc.constant(SAME), fc.jsonValue()),
        streams: fc.oneof(fc.constant(streams(2)), fc.jsonValue()),
        cursors: fc.oneof(fc.constant({}), fc.dictionary(fc.string(), fc.nat()), fc.jsonValue()),
        to: fc.oneof(fc.dictionary(fc.string(), fc.nat()), fc.jsonValue()),
        token: fc.jsonValue(),
        credentials: fc.jsonValue(),
      },
      { requiredKeys: ["type"] },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          members.map((said) => JSON.stringify(said)),
          { maxLength: 4 },
        ),
        async (frames) => {
          const { line, called, errors } = await bear(frames, false);
          expect([called, errors]).toEqual([[], []]);
          expect(new Set([...line.types, "welcome", "pong"]).size).toBe(2);
          expect([undefined, 4400, 4401]).toContain(line.closed);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("contracts", () => {
  test.each([
    ["the same hash", { version: "9.0.0", hash: "0" }, {}, undefined, []],
    ["another hash of the same major version", { version: "1.7.0", hash: "1" }, {}, undefined, [false]],
    ["a version that is none", { version: "soon", hash: "1" }, {}, undefined, [false]],
    ["another major version", { version: "v2.0.0", hash: "1" }, {}, 4426, [true]],
    [
      "a refused hash, whatever its version",
      { version: "1.0.0", hash: "bad" },
      { refusedContracts: ["bad"] },
      4426,
      [true],
    ],
  ])("%s: is it told and decided as it should be?", async (_, contract, sessions, code, told) => {
    const { connect, contracts } = serve({ options: { sessions } });
    const line = connect();
    await line.hello({ contract });
    expect([line.closed, line.types]).toEqual([code, code ? [] : ["welcome"]]);
    expect(contracts).toEqual(told.map((refused) => ({ mine: SAME, theirs: contract, refused })));
    if (code) expect(line.socket.closed[0]?.reason).toMatch(new RegExp(`${contract.version}.*1\\.0\\.0`));
  });

  test("does a client that is sent away leave an older connection of its session alone?", async () => {
    const { connect } = serve();
    const older = connect();
    await older.hello();
    await connect().hello({ contract: { version: "2", hash: "1" } });
    expect(older.closed).toBeUndefined();
  });
});

describe("credentials", () => {
  type Renew = NonNullable<Accepted<{ name: string }>["renew"]>;
  const named = (ends: number, who = "ann") => ({ name: `${who} ${ends}` });
  const START = 1_000_000;

  /** A user's name says until when: "ann 1060000". */
  function admitting(renew: Renew) {
    const served = serve({
      say: (_, { user, client }) => client.sendSaid({ text: user.name }),
      options: {
        expires: ({ name: text }) => Number(text.split(" ")[1]),
        sessions: { identity: ({ name: text }) => text.split(" ")[0] ?? "" },
      },
    });
    const connect = (how: Accepted<{ name: string }> = { subprotocol: SUBPROTOCOL, renew }) =>
      served.connect(named(START + 60_000), how);
    return { ...served, connect };
  }

  test("is it asked for 30 s before, renewed without an answer, and is `user` the new one from then on?", async () => {
    const given: unknown[] = [];
    const { clock, connect } = admitting(async (shown) => {
      given.push(shown);
      return { user: named(START + 200_000) };
    });
    const line = connect();
    await line.hello();
    await clock.advance(29_999);
    expect(line.of("refresh")).toEqual([]);
    await clock.advance(1);
    expect(line.of("refresh")).toEqual([{ type: "refresh", within: 30_000 }]);
    await line.write({ type: "credentials", token: "fresh", credentials: { key: "k" } });
    await line.write(`0.1 ${say("x")}`);
    await clock.advance(139_999);
    expect(given).toMatchObject([{ token: "fresh", credentials: { key: "k" } }]);
    expect([line.types, line.heard]).toEqual([["welcome", "refresh", "ack"], ["ann 1200000"]]);
    await clock.advance(1);
    expect(line.of("refresh")).toHaveLength(2);
    await clock.advance(30_000);
    expect(line.closed).toBe(4401);
  });

  test.each([
    ["that are not good", async () => undefined],
    ["of another user", async () => ({ user: named(START + 900_000, "ben") })],
  ])("credentials %s: 4401, at any time?", async (_, renew) => {
    const { connect } = admitting(renew);
    const line = connect();
    await line.hello();
    await line.write({ type: "credentials", token: "x" });
    expect([line.closed, line.types]).toEqual([4401, ["welcome"]]);
  });

  test("none, or a connection that is plain: 4401 when it ends, not before?", async () => {
    const { clock, connect } = admitting(async () => undefined);
    const lines = [connect(), connect({})];
    await lines[0]?.hello();
    await clock.advance(59_999);
    expect(lines.map(({ closed }) => closed)).toEqual([undefined, undefined]);
    await clock.advance(1);
    expect(lines.map(({ closed }) => closed)).toEqual([4401, 4401]);
    for (const line of lines) await line.cut();
    expect(clock.timers).toBe(0);
  });
});

describe("what an application's functions throw", () => {
  const fails = (why: string) => (): never => {
    throw new Error(why);
  };

  test("`expires`: the connection is closed, and `onError` is told?", async () => {
    const { connect, errors } = serve({ options: { expires: fails("no clock") } });
    for (const line of [connect(), connect({ name: "ben" }, {})]) {
      await line.settle();
      expect(line.closed).toBe(4401);
    }
    expect(errors.map(({ error }) => String(error))).toEqual(["Error: no clock", "Error: no clock"]);
  });

  test("`identity`: the session is nobody's, and begins anew each time?", async () => {
    const { connect, errors } = serve({ options: { sessions: { identity: fails("no name") } } });
    const first = connect();
    await first.hello();
    await first.cut();
    expect((await connect().hello()).resumed).toBe(false);
    expect(errors.length).toBeGreaterThan(0);
  });
});

describe("the server goes", () => {
  test("do handlers end, are they acknowledged, is a time named within the spread, and then 1012, with no timer left?", async () => {
    const hold = gate();
    const served = serve({ say: () => hold.promise, options: { random: () => 0.5 } });
    const { clock, endpoint, connect } = served;
    const line = connect();
    const waiting = connect({ name: "ben" });
    await line.hello();
    await line.write(`0.1 ${say("x")}`);
    await line.write(`0.2 ${COUNT}`);
    const done = endpoint.close({ spreadMs: 400 });
    await clock.advance(1_000);
    expect(line.types).toEqual(["welcome"]);
    hold.open();
    await line.settle();
    expect(line.controls.slice(1)).toEqual([
      { type: "ack", to: { "0": 2 } },
      { type: "goodbye", after: 200 },
    ]);
    expect(line.messages[0]).toMatch(/^\S+\.1,0\.1,=\S+\.2 /);
    expect([waiting.types, waiting.closed, line.closed]).toEqual([["goodbye"], 1012, 1012]); // also before welcome
    for (const one of [line, waiting]) await one.cut();
    await done;
    expect([clock.timers, endpoint.connections]).toEqual([0, 0]);
  });

  test("what does not end within the grace: is it not acknowledged, and nothing after it begun?", async () => {
    const seen: string[] = [];
    const { clock, endpoint, connect } = serve({
      say: ({ text }) => {
        seen.push(text);
        return new Promise<void>(() => {});
      },
    });
    const line = connect();
    await line.hello();
    await line.write(`0.1 ${say("a")}`);
    await line.write(`0.2 ${say("b")}`);
    const done = endpoint.close({ graceMs: 100 });
    await clock.advance(100);
    expect([line.types, line.closed, seen]).toEqual([["welcome", "goodbye"], 1012, ["a"]]);
    await line.cut();
    await clock.advance(2_000);
    await done;
    expect(endpoint.connections).toBe(0);
  });

  test("does the next server of this process know what this one knew, by the same store and broker?", async () => {
    const clock = fakeClock(1_000_000);
    const shared = { broker: memoryBroker({ clock }), sessions: { store: memorySessions({ clock }) } };
    const first = serve({ clock, options: shared });
    const line = first.connect();
    const { own } = await line.hello();
    await line.write(`0.1 ${say("x")}`);
    const done = first.endpoint.close();
    await line.settle();
    await line.cut();
    await done;
    const again = serve({ clock, options: shared }).connect();
    expect(await again.hello({ cursors: { [own]: 0 } })).toMatchObject({
      resumed: true,
      handled: [1],
      own,
      lost: false,
    });
    expect(again.heard).toEqual(["x"]);
  });
});

describe("bounds", () => {
  const clock = fakeClock(1_000_000);
  async function kept(options: Parameters<typeof memoryBroker>[0], frames: readonly string[], wait = 0) {
    const broker = memoryBroker({ clock, ...options });
    const { at } = await broker.read("a", undefined, 0);
    for (const frame of frames) await broker.publish("a", frame);
    await clock.advance(wait);
    const from = async (number: number) => {
      const page = await broker.read("a", { ...at, number }, 100);
      return page.lost ? "lost" : page.said.map(({ frame }) => frame);
    };
    return { broker, from, at };
  }

  test.each([
    ["messages", { maxMessages: 2 }, ["1", "2", "3"], 0],
    ["bytes, of UTF-8", { maxBytes: 4 }, ["1", "é", "é"], 0],
  ])("is a topic's window bounded by %s?", async (_, options, frames, wait) => {
    const { from } = await kept(options, frames, wait);
    expect([await from(0), await from(1), await from(3)]).toEqual(["lost", frames.slice(1), []]);
  });

  test("by age?", async () => {
    const young = await kept({ keepMs: 100 }, ["1"], 100);
    expect(await young.from(0)).toEqual(["1"]);
    await clock.advance(1);
    expect([await young.from(0), await young.from(1)]).toEqual(["lost", []]);
  });

  test("are all topics together, those longest unused let go first, and their numbers go on?", async () => {
    const { broker, from, at } = await kept({ maxTotalBytes: 10 }, ["12345"]);
    const other = await broker.read("b", undefined, 0);
    await broker.publish("b", "1234567");
    expect([await from(0), (await broker.read("b", other.at, 9)).said.length]).toEqual(["lost", 1]);
    await broker.publish("a", "6");
    expect(await from(1)).toEqual(["6"]);
    expect((await broker.read("a", undefined, 0)).at).toEqual({ ...at, number: 2 });
  });

  test("is a topic nobody reads not kept, one that is released let go, one from its future or another life lost?", async () => {
    const { broker, from, at } = await kept({}, ["1", "2"]);
    broker.release?.("a", { ...at, number: 1 });
    broker.release?.("a", { stream: "another", number: 2 });
    expect([await from(0), await from(1), await from(3)]).toEqual(["lost", ["2"], "lost"]);
    expect((await broker.read("a", { stream: "another", number: 0 }, 9)).lost).toBe(true);
    await broker.publish("b", "nobody");
    expect((await broker.read("b", undefined, 0)).at.number).toBe(0);
  });

  test("does a topic unused for long have another life after it, by another name?", async () => {
    const { broker, at } = await kept({ keepMs: 100 }, ["1"], 101);
    for (let n = 0; n < 256; n++) await broker.read(`t${n}`, undefined, 0);
    const page = await broker.read("a", at, 9);
    expect([page.lost, page.at.number, page.at.stream === at.stream]).toEqual([true, 0, false]);
  });

  test("are sessions and streams forgotten beyond `max`, those longest unused first, and after `keepMs` unused?", async () => {
    const time = fakeClock();
    const store = memorySessions({ max: 2, keepMs: 100, clock: time });
    for (const one of ["a", "b"]) {
      await store.record(one, 1);
      await store.begin(one, `own ${one}`);
    }
    await store.handled(["a"]);
    await store.recall("a");
    await store.record("c", 1);
    await store.begin("c", "own c");
    expect(await store.handled(["a", "b", "c"])).toEqual([1, undefined, 1]);
    expect([await store.recall("b"), (await store.recall("a"))?.own]).toEqual([undefined, "own a"]);
    await time.advance(60);
    await store.record("c", 3);
    await time.advance(60);
    expect(await store.handled(["a", "c"])).toEqual([undefined, 3]);
    expect(await store.recall("c")).toBeUndefined();
  });

  test("does a record never go backwards, when a handler of the server before ends late?", async () => {
    const [store, late] = [memorySessions(), gate()];
    const first = serve({ say: () => late.promise, options: { sessions: { store } } });
    const line = first.connect();
    await line.hello();
    await line.write(`0.1 ${say("x")}`); // the first server is at it still when the client comes to the second
    let stream = "";
    const route = (_: unknown, { delivery }: ChatContext) => {
      stream = delivery?.stream ?? "";
    };
    const second = serve({ say: route, options: { sessions: { store } } }).connect();
    await second.hello({ streams: [{ name: STREAM, written: 1 }] });
    for (const number of [1, 2, 3]) await second.write(`0.${number} ${say("x")}`);
    late.open();
    await line.settle();
    expect(await store.handled([stream])).toEqual([3]);
  });

  test("is a session in use while its client is connected, however long ago it joined?", async () => {
    const time = fakeClock(1_000_000);
    const store = memorySessions({ clock: time, keepMs: 7_200_000 });
    const { connect } = serve({ clock: time, options: { sessions: { store } } });
    const line = connect();
    await line.hello();
    for (let times = 0; times < 3; times++) {
      await time.advance(4_000_000);
      await line.write({ type: "ping" });
    }
    await line.cut();
    expect((await connect().hello()).resumed).toBe(true);
  });

  test("are a stream's refusals bounded, the latest kept?", async () => {
    const store = memorySessions();
    for (let number = 1; number <= 150; number++) await store.refused("s", { number, code: "NO", message: "" });
    const numbers = (await store.refusals(["s"]))[0]?.map(({ number }) => number) ?? [];
    expect([numbers.length, numbers[0], numbers.at(-1)]).toEqual([100, 51, 150]);
  });
});
