import type { Api } from "@actionwire/runtime";
import { fakeClock, memoryNetwork } from "@actionwire/runtime/testing";
import { describe, expect, test } from "vitest";
import { codeOf, Line, reasonOf, sessionStage, unseeded } from "./support/session-stage.js";
import { stage, wrapped } from "./support/talk.js";

describe("the subprotocol", () => {
  test("is offered first, before the client's own and its bearer token", async () => {
    const network = memoryNetwork({ headers: false, pings: false });
    const { client, clock } = sessionStage({ network, client: { protocols: ["mine"], token: () => "t" } });
    client.connect();
    await clock.settle();
    expect(network.dials[0]?.protocols).toEqual(["actionwire.1", "mine", "actionwire", "actionwire.bearer.dA"]);
  });

  test.each([
    ["none", undefined],
    ["another", "mine"],
    ["a later version", "actionwire.2"],
  ])("is insisted on: where the server chooses %s, the client says nothing, closes with 1000 and says why", async (_, protocol) => {
    const { client, clock, network } = sessionStage({ client: { protocols: ["mine"] } });
    network.onDial = (dial) => void dial.accept(protocol);
    client.sendSay("a");
    await clock.advance(60_000);
    expect(client.state).toMatchObject({ at: "stopped", reason: { kind: "rejected" } });
    expect(reasonOf(client)?.text).toMatch(/does not speak actionwire\.1.*plain/);
    expect(network.dials).toHaveLength(1);
    expect(network.peer.received).toEqual([]);
    expect(network.peer.closed?.code).toBe(1000);
    expect(client.pending()).toMatchObject([{ at: "queued" }]);
  });
});

describe("hello", () => {
  test("is the first frame and for now the only one: nothing leaves, and the client is not open, before welcome", async () => {
    const { client, clock, states, ...stage } = sessionStage();
    client.sendSay("a");
    await clock.advance(9_000);
    expect([client.state.at, stage.line().peer.received.length]).toEqual(["connecting", 1]);
    expect(stage.line().hello).toMatchObject({ type: "hello", contract: { version: "1.0.0", hash: "0" }, cursors: {} });
    expect(stage.line().hello.streams).toEqual([{ name: expect.any(String), written: 0 }]);
    stage.line().welcome();
    await clock.settle();
    expect([client.state.at, stage.line().heard]).toEqual(["open", ["0.1 a"]]);
    expect([...new Set(states)]).toEqual(["connecting", "open"]);
    expect(client.state).toMatchObject({ heartbeat: "session" });
  });

  test("that is not answered within the time to connect is given up, and said again on the next connection", async () => {
    const { client, clock, network } = sessionStage({ client: { dialTimeout: 3_000 } });
    client.connect();
    await clock.advance(3_000);
    expect(client.state).toMatchObject({ at: "waiting", reason: { kind: "timeout" } });
    await clock.advance(1_000);
    expect(network.peers.map((peer) => peer.received.length)).toEqual([1, 1]);
  });

  test("names session and stream at random, at length, and neither twice", async () => {
    const names = new Set<string>();
    for (let n = 0; n < 20; n++) {
      const [clock, network] = [fakeClock(), memoryNetwork()];
      unseeded(clock, network).connect();
      await clock.settle();
      const { hello } = new Line(network.peer);
      for (const name of [hello.session, ...hello.streams.map(({ name }) => name)]) {
        expect(name).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
        expect(new Set(name).size).toBeGreaterThan(4);
        names.add(name);
      }
    }
    expect(names.size).toBe(40);
  });

  test("names the same session and stream after a break, and what was written and heard till then", async () => {
    const { client, clock, ...stage } = sessionStage();
    const first = await stage.open({ cursors: { own: 4, room: 7 } });
    for (const text of ["a", "b", "c"]) client.sendSay(text);
    await clock.settle();
    first.ack(1);
    first.say("room.8", "x");
    first.say("room.9", "y");
    await clock.settle();
    const { hello } = await stage.again();
    expect(hello.session).toBe(first.hello.session);
    expect(hello.streams).toEqual([{ name: first.hello.streams[0]?.name, written: 3 }]);
    expect(hello.cursors).toEqual({ own: 4, room: 9 });
  });

  test("counts as written what was written, not what waits behind the window", async () => {
    const { client, clock, ...stage } = sessionStage();
    await stage.open({ window: 2 });
    for (const text of ["a", "b", "c"]) client.sendSay(text);
    await clock.settle();
    expect((await stage.again()).hello.streams[0]?.written).toBe(2);
  });

  test("names the stream that ids begin with", async () => {
    const { client, ...stage } = sessionStage();
    const ids = [client.sendSay("a"), client.sendSay("b")];
    const { hello } = await stage.open();
    expect(ids).toEqual([`${hello.streams[0]?.name}.1`, `${hello.streams[0]?.name}.2`]);
  });
});

describe("welcome", () => {
  /** Three messages written, two of them acknowledged by nobody, then a break; the next hello. */
  async function broken(options: Parameters<typeof sessionStage>[0] = {}) {
    const made = sessionStage(options);
    await made.open();
    for (const text of ["a", "b", "c"]) made.client.sendSay(text);
    await made.clock.settle();
    const line = await made.again();
    return { ...made, line };
  }

  test("forgets what is handled, and the rest is written again in order, what was said since behind it", async () => {
    const { client, clock, line, told } = await broken();
    client.sendSay("d");
    line.welcome({ handled: [1] });
    await clock.settle();
    expect(line.heard).toEqual(["0.2 b", "0.3 c", "0.4 d"]);
    expect(told["onUncertain"]).toBeUndefined();
  });

  test("tells of what was handled before the break, once", async () => {
    const { clock, client, line, ...rest } = await broken();
    line.welcome({ handled: [3] });
    await clock.settle();
    line.ack(3);
    await clock.settle();
    expect(rest.told["onAcknowledged"]).toHaveLength(3);
    expect([line.said, client.pending()]).toEqual([[], []]);
  });

  test("without a record of the stream has all of it written again", async () => {
    const { clock, line } = await broken();
    line.welcome({ handled: [null], resumed: false });
    await clock.settle();
    expect(line.heard).toEqual(["0.1 a", "0.2 b", "0.3 c"]);
  });

  test("that says a message is handled which was never accepted stops the client with 4400", async () => {
    const { client, clock, line, network } = await broken();
    line.welcome({ handled: [4] });
    await clock.advance(60_000);
    expect(client.state).toMatchObject({ at: "stopped", reason: { kind: "rejected", code: 4400 } });
    expect([line.peer.closed?.code, network.peers.length]).toEqual([4400, 2]);
    expect(reasonOf(client)?.text).toMatch(/broke the protocol.*never said/);
  });

  test("that says a message is handled which was accepted and never written stops it too", async () => {
    const { client, clock, ...stage } = sessionStage();
    await stage.open({ window: 1 });
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.settle();
    const line = await stage.again();
    line.welcome({ handled: [2] });
    await clock.settle();
    expect(stage.told["onAcknowledged"]).toBeUndefined();
    expect(line.peer.closed?.code).toBe(4400);
  });

  test.each([
    ["for more streams than hello named", { handled: [0, 0] }],
    ["for fewer", { handled: [] }],
    ["without a member", { window: undefined }],
    ["with a window of none", { window: 0 }],
    ["with a number below none", { handled: [-1] }],
    ["of a stream without a name", { own: "" }],
  ])("%s stops the client with 4400", async (_, more) => {
    const { client, ...stage } = sessionStage();
    const line = await stage.open(more);
    expect([client.state.at, line.peer.closed?.code]).toEqual(["stopped", 4400]);
  });

  test("comes once: a second one is against the protocol", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open();
    line.welcome();
    await clock.settle();
    expect([client.state.at, line.peer.closed?.code]).toEqual(["stopped", 4400]);
  });

  test("may hold members that this version does not know, and control frames of unknown types may come any time", async () => {
    const { client, clock, ...stage } = sessionStage();
    client.connect();
    await clock.settle();
    stage.line().peer.send({ type: "news", from: "a later version" });
    stage.line().welcome({ colour: "red" });
    stage.line().peer.send({ type: "constructor" });
    await clock.settle();
    expect([client.state.at, stage.told]).toEqual(["open", {}]);
  });

  test("is told of to nobody the first time, whatever it says was lost", async () => {
    const { told, ...stage } = sessionStage();
    await stage.open({ resumed: false });
    expect(stage.line().peer.closed).toBeUndefined();
    expect(told["onResync"]).toBeUndefined();
  });

  test.each([
    ["resumed with the same own stream: nothing", {}, undefined],
    ["not resumed: forgotten", { resumed: false }, [{ why: "forgotten" }]],
    ["resumed under another own stream: forgotten", { own: "new", cursors: { new: 0 } }, [{ why: "forgotten" }]],
    ["lost: missed", { lost: true }, [{ why: "missed" }]],
    ["forgotten and lost: forgotten, once", { resumed: false, lost: true }, [{ why: "forgotten" }]],
  ])("after a break tells the application whether to load anew; %s", async (_, more, expected) => {
    const { clock, line, ...rest } = await broken();
    line.welcome({ handled: [3], ...more });
    await clock.settle();
    expect(rest.told["onResync"]).toEqual(expected);
  });

  test("says from where each stream goes on: what is older is dropped, and streams that it does not name are over", async () => {
    const { client, clock, ...stage } = sessionStage();
    const first = await stage.open({ cursors: { own: 0, room: 5, old: 1 } });
    const heard: string[] = [];
    client.onSaid(({ text }) => void heard.push(text));
    first.say("room.6", "six");
    await clock.settle();
    const line = await stage.again();
    line.welcome({ cursors: { own: 0, room: 6 } });
    line.say("room.6", "six");
    line.say("room.7", "seven");
    await clock.settle();
    expect(heard).toEqual(["six", "seven"]);
    expect((await stage.again()).hello.cursors).toEqual({ own: 0, room: 7 });
  });
});

describe("before welcome", () => {
  test.each([
    ["a message", "room.1 {}"],
    ["an ack", { type: "ack", to: {} }],
    ["a refusal", { type: "rejected", refused: { stream: 0, number: 1, code: "C", message: "m" } }],
    ["joined", { type: "joined", stream: "room", at: 0 }],
  ])("%s is against the protocol", async (_, frame) => {
    const { client, clock, ...stage } = sessionStage();
    client.sendSay("a");
    await clock.settle();
    stage.line().peer.send(frame);
    await clock.settle();
    expect([client.state.at, stage.line().peer.closed?.code]).toEqual(["stopped", 4400]);
    expect(client.pending()).toHaveLength(1);
  });

  test("goodbye may come, and is obeyed", async () => {
    const { client, clock, network } = sessionStage();
    client.connect();
    await clock.settle();
    network.peer.send({ type: "goodbye", after: 60_000 });
    network.peer.close(1012);
    await clock.advance(59_000);
    expect(network.dials).toHaveLength(1);
    await clock.advance(2_000);
    expect(network.dials).toHaveLength(2);
  });
});

describe("what is said", () => {
  test("is numbered from 1, in order, behind a header in the document's own words", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open();
    client.sendSay("a b");
    client.sendSay("c");
    await clock.settle();
    expect(line.after).toEqual(['0.1 {"action":"say","text":"a b"}', '0.2 {"action":"say","text":"c"}']);
  });

  test("is never more than the window, and goes on as it is acknowledged", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open({ window: 3 });
    for (let n = 1; n <= 8; n++) client.sendSay(`t${n}`);
    await clock.settle();
    expect(line.said).toHaveLength(3);
    line.ack(1);
    await clock.settle();
    expect(line.said).toHaveLength(4);
    line.ack(4);
    await clock.settle();
    expect(line.said).toHaveLength(7);
    line.ack(7);
    await clock.settle();
    expect(line.heard.at(-1)).toBe("0.8 t8");
  });

  test("goes on behind a refusal, where the window was full", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open({ window: 1 });
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.settle();
    line.reject(1);
    line.ack(1);
    await clock.advance(30);
    expect(line.heard).toEqual(["0.1 a", "0.2 b"]);
  });

  test("is acknowledged up to a number, by a frame or along with a message, and told of once and in order", async () => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open();
    const ids = ["a", "b", "c", "d"].map((text) => client.sendSay(text));
    await clock.settle();
    line.ack(2);
    line.ack(1);
    line.say("room.1,0.3", "x");
    await clock.settle();
    expect(stage.told["onAcknowledged"]).toEqual(ids.slice(0, 3));
    expect(client.pending()).toMatchObject([{ id: ids[3], at: "in flight" }]);
  });

  test.each([
    ["a frame", { type: "ack", to: { 0: 2 } }],
    ["a message", 'room.1,0.2 {"action":"said","text":"x"}'],
    ["a frame, of a stream that hello did not name", { type: "ack", to: { 1: 1 } }],
    ["a frame, of a stream that has a name and no index", { type: "ack", to: { own: 1 } }],
    ["a frame, of an index that is not written as one", { type: "ack", to: { "00": 1 } }],
  ])("closes with 4400 where what was never sent is acknowledged by %s", async (_, frame) => {
    const { client, clock, ...stage } = sessionStage();
    const line = await stage.open({ window: 1 });
    for (const text of ["a", "b"]) client.sendSay(text);
    await clock.settle();
    line.peer.send(frame);
    await clock.settle();
    expect([client.state.at, line.peer.closed?.code]).toEqual(["stopped", 4400]);
  });
});

describe("what is heard", () => {
  async function listening() {
    const made = sessionStage();
    const line = await made.open({ cursors: { own: 0, room: 0 } });
    const heard: string[] = [];
    made.client.onSaid(({ text }) => void heard.push(text));
    return { ...made, line, heard };
  }

  test("is acknowledged 20 ms after the first of it", async () => {
    const { clock, line } = await listening();
    line.say("room.1", "a");
    await clock.advance(10);
    line.say("room.2", "b");
    await clock.advance(9);
    expect(line.controls).toEqual([]);
    await clock.advance(1);
    expect(line.controls).toEqual([{ type: "ack", to: { room: 2 } }]);
    await clock.advance(1_000);
    expect(line.controls).toHaveLength(1);
  });

  test("is acknowledged with the 32nd message, at once", async () => {
    const { clock, line } = await listening();
    for (let n = 1; n <= 31; n++) line.say(`room.${n}`, "x");
    await clock.settle();
    expect(line.controls).toEqual([]);
    line.say("own.1", "x");
    await clock.settle();
    expect(line.controls).toEqual([{ type: "ack", to: { room: 31, own: 1 } }]);
  });

  test("is acknowledged along with a message that leaves meanwhile, and then not again", async () => {
    const { client, clock, line } = await listening();
    line.say("room.1", "a");
    line.say("own.1", "b");
    await clock.settle();
    client.sendSay("hi");
    await clock.advance(1_000);
    expect(line.said).toMatchObject([{ at: "0.1", acks: ["room.1", "own.1"], text: "hi" }]);
    expect(line.controls).toEqual([]);
  });

  test("is acknowledged in a frame of its own where too many streams were heard for one header", async () => {
    const { client, clock, line } = await listening();
    for (let n = 0; n < 20; n++) line.say(`${"r".repeat(62)}${n}.1`, "x");
    await clock.settle();
    client.sendSay("hi");
    await clock.advance(20);
    expect(line.said[0]?.acks.length).toBeLessThanOrEqual(12);
    for (const frame of line.after) expect(String(frame).indexOf(" ")).toBeLessThanOrEqual(1_024);
    const acked = [...(line.said[0]?.acks ?? []), ...Object.keys((line.controls[0]?.["to"] as object) ?? {})];
    expect(acked).toHaveLength(20);
  });

  test("is delivered once, however often it comes, and acknowledged again", async () => {
    const { clock, line, heard } = await listening();
    for (const number of [1, 1, 2, 1, 2]) line.say(`room.${number}`, `m${number}`);
    await clock.advance(20);
    line.say("room.2", "m2");
    await clock.advance(20);
    expect(heard).toEqual(["m1", "m2"]);
    expect(line.controls).toEqual([
      { type: "ack", to: { room: 2 } },
      { type: "ack", to: { room: 2 } },
    ]);
  });

  test("with a gap is delivered, and the application told that something was missed", async () => {
    const { clock, line, heard, ...rest } = await listening();
    line.say("room.1", "a");
    line.say("room.4", "d");
    line.say("room.5", "e");
    await clock.settle();
    expect(heard).toEqual(["a", "d", "e"]);
    expect(rest.told["onResync"]).toEqual([{ why: "missed" }]);
  });

  test("of a stream joined in mid-connection begins after the number that joined says", async () => {
    const { clock, line, heard, ...rest } = await listening();
    line.peer.send({ type: "joined", stream: "k3f9", at: 40 });
    line.say("k3f9.40", "before");
    line.say("k3f9.41", "first");
    await clock.settle();
    expect([heard, rest.told["onResync"]]).toEqual([["first"], undefined]);
    expect((await rest.again()).hello.cursors).toEqual({ own: 0, room: 0, k3f9: 41 });
  });

  test("of a stream joined and not heard yet is in the next hello, where it begins", async () => {
    const { line, clock, ...rest } = await listening();
    line.peer.send({ type: "joined", stream: "k3f9", at: 40 });
    await clock.settle();
    expect((await rest.again()).hello.cursors).toMatchObject({ k3f9: 40 });
  });

  test("of a stream that was left is in no later hello, nor acknowledged", async () => {
    const { clock, line, ...rest } = await listening();
    line.say("room.1", "a");
    line.peer.send({ type: "left", stream: "room" });
    await clock.advance(20);
    expect(JSON.stringify(line.controls)).not.toContain("room");
    expect((await rest.again()).hello.cursors).toEqual({ own: 0 });
  });

  test("goes on after a resync, and the application is told", async () => {
    const { clock, line, heard, ...rest } = await listening();
    line.peer.send({ type: "resync", stream: "room", at: 9 });
    line.say("room.10", "ten");
    await clock.settle();
    expect([heard, rest.told["onResync"]]).toEqual([["ten"], [{ why: "missed" }]]);
  });

  test("goes on in another stream where a resync puts one in the place of the old", async () => {
    const { clock, line, heard, ...rest } = await listening();
    line.peer.send({ type: "resync", stream: "room2", at: 3, instead: "room" });
    line.say("room2.4", "four");
    await clock.settle();
    expect([heard, rest.told["onResync"]]).toEqual([["four"], [{ why: "missed" }]]);
    expect((await rest.again()).hello.cursors).toEqual({ own: 0, room2: 4 });
  });

  test.each([
    ["is no header", "hello world"],
    ["has no space", "room.1"],
    ["has a number with a leading zero", "room.01 {}"],
    ["has the number 0", "room.0 {}"],
    ["has a number past 2^53 - 1", "room.9007199254740992 {}"],
    ["has a name of 65 characters", `${"r".repeat(65)}.1 {}`],
    ["has an acknowledgement that is none", "room.1,x {}"],
    ["answers no message", "room.1,=x {}"],
    ["has a header of 1,025 bytes", `${`room.1,${Array(200).fill("0.1").join(",")}`.padEnd(1_025, "0")} {}`],
    ["is JSON and no object of the protocol's", "{}"],
    ["is a broken control frame", '{"type":"ack"'],
    ["is a control frame that does not fit", '{"type":"ack","to":{"0":-1}}'],
    ["is empty", ""],
  ])("closes with 4400 where a frame %s", async (_, frame) => {
    const { client, clock, line } = await listening();
    line.peer.send(frame);
    await clock.settle();
    expect([client.state.at, line.peer.closed?.code]).toEqual(["stopped", 4400]);
    expect(reasonOf(client)?.text).toMatch(/^the server broke the protocol: /);
  });
});

describe("the contracts", () => {
  test.each([
    ["the same", {}, 0],
    ["of another hash and the same major version", { version: "1.9.0", hash: "1" }, 1],
    ["of another major version, where the server goes on", { version: "2.0.0", hash: "1" }, 1],
  ])("%s: the client goes on, and tells where they differ", async (_, other, times) => {
    const { client, told, ...stage } = sessionStage();
    await stage.open({ contract: { version: "1.0.0", hash: "0", ...other } });
    expect(client.state.at).toBe("open");
    expect(stage.line().said).toEqual([]);
    const expected = { mine: { version: "1.0.0", hash: "0" }, theirs: { version: "1.0.0", hash: "0", ...other } };
    expect(told["onOtherContract"]).toEqual(times === 0 ? undefined : [expected]);
  });
});

describe("the end", () => {
  test.each([
    [4400, "rejected"],
    [4409, "rejected"],
    [4426, "rejected"],
  ])("with %d from the server stops the client, with the server's words", async (code, kind) => {
    const { client, clock, network, ...stage } = sessionStage();
    const line = await stage.open();
    client.sendSay("kept");
    await clock.settle();
    line.peer.close(code, "these are the words");
    await clock.advance(600_000);
    expect(client.state).toMatchObject({ at: "stopped", reason: { kind, code } });
    expect(reasonOf(client)?.text).toContain(`${code}: these are the words`);
    expect(network.dials).toHaveLength(1);
    expect(client.pending()).toMatchObject([{ at: "queued" }]);
  });

  test.each([1009, 1011, 1012, 4408, 1006])("with %d has it come back and go on", async (code) => {
    const { client, clock, network, ...stage } = sessionStage();
    const line = await stage.open();
    client.sendSay("again");
    await clock.settle();
    line.peer.close(code);
    await clock.advance(2_000);
    expect(network.peers).toHaveLength(2);
    stage.line().welcome({ handled: [0] });
    await clock.settle();
    expect(stage.line().heard).toEqual(["0.1 again"]);
  });

  test("with 4401 has it come back with a new token, and stop after three refusals", async () => {
    let count = 0;
    const { client, clock, network } = sessionStage({ client: { token: () => `t${++count}` } });
    network.onDial = (dial) => dial.accept("actionwire.1").close(4401);
    client.connect();
    await clock.advance(600_000);
    expect(network.dials.map(({ headers }) => headers["Authorization"])).toEqual([
      "Bearer t1",
      "Bearer t2",
      "Bearer t3",
    ]);
    expect(client.state).toMatchObject({ at: "stopped", reason: { kind: "unauthorized", refusals: 3 } });
  });

  test("comes after a goodbye for as long as it says, whatever wakes the client meanwhile, and no longer", async () => {
    const { client, clock, network, ...stage } = sessionStage();
    const line = await stage.open();
    client.sendSay("a");
    await clock.settle();
    line.peer.send({ type: "goodbye", after: 90_000 });
    line.peer.close(1012);
    await clock.advance(89_000);
    expect([client.state.at, network.dials.length]).toEqual(["waiting", 1]);
    await clock.advance(2_500);
    expect(network.dials).toHaveLength(2);
    // The next loss owes nothing to that goodbye.
    stage.line().welcome();
    await clock.settle();
    await stage.again();
    expect(network.dials).toHaveLength(3);
  });
});

describe("credentials", () => {
  test("are fetched anew and shown on the connection there is, by refresh() and when the server asks", async () => {
    let count = 0;
    const { client, clock, ...stage } = sessionStage({ client: { token: async () => `t${++count}` } });
    const line = await stage.open();
    client.refresh();
    await clock.settle();
    line.peer.send({ type: "refresh", within: 30_000 });
    await clock.settle();
    expect(line.controls).toEqual([
      { type: "credentials", token: "t2" },
      { type: "credentials", token: "t3" },
    ]);
    expect(stage.network.dials).toHaveLength(1);
  });

  test("go by the document's names where it has them", async () => {
    const api: Api = { ...wrapped, security: { key: { in: "query", name: "key" } } };
    const { client, clock, ...stage } = sessionStage({ api, client: { credentials: () => ({ key: "k" }) } });
    const line = await stage.open();
    client.refresh();
    await clock.settle();
    expect(line.controls).toEqual([{ type: "credentials", credentials: { key: "k" } }]);
  });

  test("leave with the opening request where there is no connection, and nothing else does", async () => {
    const { client, clock, ...stage } = sessionStage({ client: { token: () => "t" } });
    client.refresh();
    const line = await stage.open();
    await clock.settle();
    expect([line.controls, stage.told]).toEqual([[], {}]);
  });

  test("that cannot be had are told of, and the connection goes on", async () => {
    let count = 0;
    const token = (): string => {
      if (++count > 1) throw new Error("endpoint");
      return "t";
    };
    const { client, clock, ...stage } = sessionStage({ client: { token } });
    const line = await stage.open();
    client.refresh();
    await clock.settle();
    expect([client.state.at, line.controls]).toEqual(["open", []]);
    expect(stage.told["onError"]).toEqual([[new Error("endpoint"), { during: "credentials" }]]);
  });

  test("are nothing that plain delivery could show", () => {
    const { client } = stage({ token: () => "t" });
    expect(codeOf(() => client.refresh())).toBe("BAD_OPTION");
  });

  test("after close() are refused", async () => {
    const { client } = sessionStage();
    client.close();
    expect(codeOf(() => client.refresh())).toBe("CLOSED");
  });
});
