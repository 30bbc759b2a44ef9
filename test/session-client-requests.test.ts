import { describe, expect, test } from "vitest";
import { outcome, reasonOf, sessionStage } from "./support/session-stage.js";
import { wrapped } from "./support/talk.js";

type Made = ReturnType<typeof sessionStage>;

/** The id of the n-th message that came over a connection, as its stream is named there. */
function idOf(line: ReturnType<Made["line"]>, n: number): string {
  const [index = "", number] = (line.said[n]?.at ?? "").split(".");
  return `${line.hello.streams[Number(index)]?.name}.${number}`;
}

/** A request that was written, and a place for what is heard of its kind beside it. */
async function asked(options: Parameters<typeof sessionStage>[0] = {}) {
  const made = sessionStage(options);
  const line = await made.open();
  const answers: string[] = [];
  made.client.handle({ onTold: ({ answer }) => void answers.push(answer) });
  const reply = outcome(made.client.requestAsk("a"));
  await made.clock.settle();
  return { ...made, line, answers, reply, id: idOf(line, 0) };
}

const told = (header: string, answer: string): string => `${header} ${JSON.stringify({ action: "told", answer })}`;

describe("a reply without an id", () => {
  test("finds its request by what its header says, whatever order replies come in", async () => {
    const { client, clock, line, answers, reply } = await asked();
    const other = outcome(client.requestAsk("b"));
    await clock.settle();
    line.peer.send(told(`own.1,=${idOf(line, 1)}`, "B"));
    line.peer.send(told(`own.2,0.2,=${idOf(line, 0)}`, "A"));
    expect([await reply, await other, answers]).toEqual([
      { action: "told", answer: "A" },
      { action: "told", answer: "B" },
      [],
    ]);
  });

  test("and without a word in its header is a message like any other, never the next request's by its order", async () => {
    const { clock, line, answers, reply, id } = await asked();
    line.peer.send(told("room.1", "for all"));
    await clock.settle();
    expect(answers).toEqual(["for all"]);
    line.peer.send(told(`own.1,=${id}`, "A"));
    expect([await reply, answers]).toEqual([{ action: "told", answer: "A" }, ["for all"]]);
  });

  test("to a message that was only sent is a message like any other", async () => {
    const { client, clock, line, answers, reply, id } = await asked();
    client.sendAsk("unasked");
    await clock.settle();
    line.peer.send(told(`own.1,=${idOf(line, 1)}`, "unasked"));
    line.peer.send(told(`own.2,=${id}`, "A"));
    expect([await reply, answers]).toEqual([{ action: "told", answer: "A" }, ["unasked"]]);
  });

  test("that comes too late is dropped, once for each request", async () => {
    const { client, clock, line, answers, reply, id } = await asked();
    line.ack(1);
    await clock.advance(10_000);
    const next = outcome(client.requestAsk("b"));
    await clock.settle();
    line.peer.send(told(`own.1,=${id}`, "late"));
    line.peer.send(told(`own.2,=${idOf(line, 1)}`, "B"));
    expect([await reply, await next, answers]).toEqual(["TIMEOUT", { action: "told", answer: "B" }, []]);
    expect(client.state.at).toBe("open");
  });

  test("that comes again, as its message does, is not delivered again", async () => {
    const { clock, line, answers, reply, id } = await asked();
    for (let n = 0; n < 3; n++) line.peer.send(told(`own.1,=${id}`, "A"));
    await clock.settle();
    expect([await reply, answers]).toEqual([{ action: "told", answer: "A" }, []]);
  });
});

describe("a reply with its request's id", () => {
  test("goes by it, and its header says nothing more", async () => {
    const { client, clock, ...stage } = sessionStage({ api: wrapped });
    const line = await stage.open();
    const reply = client.requestAsk("a");
    await clock.settle();
    const { id } = JSON.parse(line.said[0]?.frame ?? "") as { id: string };
    expect(id).toBe(idOf(line, 0));
    line.peer.send(`own.1 ${JSON.stringify({ id, payload: { answer: "A" } })}`);
    expect(await reply).toEqual({ answer: "A" });
  });

  test("that comes too late is dropped without a word", async () => {
    const { client, clock, told, ...stage } = sessionStage({ api: wrapped });
    const line = await stage.open();
    const reply = outcome(client.requestAsk("a", { timeout: 100 }));
    await clock.advance(100);
    line.peer.send(`own.1 ${JSON.stringify({ id: idOf(line, 0), payload: { answer: "A" } })}`);
    await clock.settle();
    expect([await reply, told]).toEqual(["TIMEOUT", {}]);
  });
});

describe("a request over a break", () => {
  test("that was not handled is written again under the same id, and answered", async () => {
    const { clock, answers, reply, id, ...rest } = await asked();
    const line = await rest.again();
    line.welcome({ handled: [0] });
    await clock.settle();
    expect(idOf(line, 0)).toBe(id);
    line.peer.send(told(`own.1,=${id}`, "A"));
    expect([await reply, line.said.length]).toEqual([{ action: "told", answer: "A" }, 1]);
  });

  test("that was handled is answered by what the server says again", async () => {
    const { clock, reply, id, ...rest } = await asked();
    const line = await rest.again();
    line.welcome({ handled: [1], newest: 2 });
    line.say("own.1", "something else");
    line.peer.send(told(`own.2,=${id}`, "A"));
    expect([await reply, line.said]).toEqual([{ action: "told", answer: "A" }, []]);
  });

  test("that is handled and not answered up to the newest message is CONNECTION_LOST there, and not before", async () => {
    const { clock, reply, ...rest } = await asked();
    let known: unknown;
    void reply.then((what) => {
      known = what;
    });
    const line = await rest.again();
    line.welcome({ handled: [1], newest: 2 });
    line.say("own.1", "x");
    await clock.settle();
    expect(known).toBeUndefined();
    line.say("own.2", "y");
    await clock.settle();
    expect(known).toBe("CONNECTION_LOST");
  });

  test("that is handled and where nothing is left to hear is CONNECTION_LOST at once", async () => {
    const { clock, reply, line, ...rest } = await asked();
    line.ack(1);
    line.say("own.1", "x");
    await clock.settle();
    (await rest.again()).welcome({ handled: [1], cursors: { own: 1 }, newest: 1 });
    await clock.settle();
    expect(await Promise.race([reply, "open"])).toBe("CONNECTION_LOST");
  });

  test("leaves a request that was not handled waiting, where another one is lost", async () => {
    const { client, clock, reply, line, ...rest } = await asked();
    line.ack(1);
    const other = outcome(client.requestAsk("b"));
    await clock.settle();
    const next = await rest.again();
    next.welcome({ handled: [1] });
    await clock.settle();
    expect(await reply).toBe("CONNECTION_LOST");
    next.peer.send(told(`own.1,=${idOf(next, 0)}`, "B"));
    expect(await other).toEqual({ action: "told", answer: "B" });
  });

  test.each([
    ["the session is forgotten", { resumed: false }],
    ["the own stream is another", { own: "new", cursors: { new: 0 } }],
  ])("that was handled is CONNECTION_LOST where %s", async (_, more) => {
    const { clock, reply, line, ...rest } = await asked();
    line.ack(1);
    await clock.settle();
    (await rest.again()).welcome({ handled: [1], ...more });
    await clock.settle();
    expect(await Promise.race([reply, "open"])).toBe("CONNECTION_LOST");
  });

  test("that nobody has a record of is carried out again, also where the session is forgotten", async () => {
    const { clock, reply, ...rest } = await asked();
    const line = await rest.again();
    line.welcome({ handled: [null], resumed: false, own: "new", cursors: { new: 0 } });
    await clock.settle();
    line.peer.send(told(`new.1,=${idOf(line, 0)}`, "A"));
    expect([await reply, line.said.length]).toEqual([{ action: "told", answer: "A" }, 1]);
  });

  test("is CONNECTION_LOST where something of the own stream is out of reach, and no other request", async () => {
    const { client, clock, reply, line, ...rest } = await asked();
    line.ack(1);
    const other = outcome(client.requestAsk("b"));
    line.peer.send({ type: "resync", stream: "own", at: 9 });
    await clock.settle();
    expect([await reply, rest.told["onResync"]]).toEqual(["CONNECTION_LOST", [{ why: "missed" }]]);
    line.peer.send(told(`own.10,=${idOf(line, 1)}`, "B"));
    expect(await other).toEqual({ action: "told", answer: "B" });
  });

  test("is answered although the frame that answers comes behind a gap", async () => {
    const { reply, line, id } = await asked();
    line.ack(1);
    line.peer.send(told(`own.5,=${id}`, "A"));
    expect(await reply).toEqual({ action: "told", answer: "A" });
  });
});

describe("a request that nobody waits for any more", () => {
  test.each(["TIMEOUT", "ABORTED"])("(%s) never leaves where it was queued", async (code) => {
    const { client, clock, ...stage } = sessionStage();
    const stop = new AbortController();
    const reply = outcome(client.requestAsk("a", { timeout: 1_000, signal: stop.signal }));
    client.sendSay("b");
    if (code === "ABORTED") stop.abort(new Error("left"));
    else await clock.advance(1_000);
    expect(await reply).toBe(code);
    expect(client.pending()).toMatchObject([{ action: "say" }]);
    const line = await stage.open();
    expect(line.heard).toEqual(["0.2 b"]);
    expect(clock.timers).toBeGreaterThan(0);
  });

  test("is not written again after a break", async () => {
    const { client, clock, reply, ...rest } = await asked();
    client.sendSay("b");
    await clock.advance(10_000);
    expect(await reply).toBe("TIMEOUT");
    const line = await rest.again();
    line.welcome({ handled: [0] });
    await clock.settle();
    expect([line.heard, client.pending().length]).toEqual([["0.2 b"], 1]);
  });

  test("is acknowledged, or refused, without a second answer to its asker", async () => {
    const { client, clock, reply, line } = await asked();
    const other = outcome(client.requestAsk("b"));
    await clock.advance(10_000);
    line.reject(1);
    line.ack(2);
    await clock.settle();
    expect([await reply, await other, client.pending()]).toEqual(["TIMEOUT", "TIMEOUT", []]);
  });

  test("never began where its signal had fired already", async () => {
    const { client, network } = sessionStage();
    expect(await outcome(client.requestAsk("a", { signal: AbortSignal.abort() }))).toBe("ABORTED");
    expect([client.pending(), network.dials.length]).toEqual([[], 0]);
  });
});

describe("a request that ends", () => {
  test("by the server's refusal is REFUSED, with its code and words, and told to nobody else", async () => {
    const { client, clock, told, ...stage } = sessionStage();
    const line = await stage.open();
    const reply = client.requestAsk("a");
    const failed = expect(reply).rejects.toMatchObject({
      code: "REFUSED",
      action: "ask",
      details: { code: "FORBIDDEN", message: "not here" },
    });
    await clock.settle();
    line.reject(1);
    await failed;
    expect(told["onRejected"]).toBeUndefined();
  });

  test("by a refusal told with welcome is REFUSED, and not CONNECTION_LOST", async () => {
    const { clock, reply, ...rest } = await asked();
    const line = await rest.again();
    line.welcome({ handled: [1], rejected: [{ stream: 0, number: 1, code: "C", message: "m" }] });
    await clock.settle();
    expect(await reply).toBe("REFUSED");
  });

  test("by its time to live is EXPIRED, and told to nobody else", async () => {
    const { client, clock, network, told } = sessionStage({ actions: { ask: { ttl: 500 } } });
    network.onDial = () => {};
    const reply = outcome(client.requestAsk("a"));
    await clock.advance(500);
    expect([await Promise.race([reply, "open"]), told]).toEqual(["EXPIRED", {}]);
  });

  test("by close() is CLOSED, and leaves no timer", async () => {
    const { client, clock, reply, told } = await asked();
    expect(client.close()).toEqual([]);
    await clock.settle();
    expect([await reply, clock.timers, told["onUncertain"]]).toEqual(["CLOSED", 0, undefined]);
  });

  test("by none of these while the server is away for hours, if its caller waits that long", async () => {
    const { client, clock, network, ...stage } = sessionStage();
    await stage.open();
    const reply = outcome(client.requestAsk("a", { timeout: 86_400_000 }));
    await clock.settle();
    network.onDial = (dial) => dial.fail();
    network.peer.cut();
    await clock.advance(7_200_000);
    expect(reasonOf(client)?.kind).toBe("unreachable");
    network.onDial = (dial) => void dial.accept("actionwire.1");
    const line = await stage.open({ handled: [0] });
    line.peer.send(told(`own.1,=${idOf(line, 0)}`, "A"));
    expect(await reply).toEqual({ action: "told", answer: "A" });
  });
});
