import { confirmed } from "@actionwire/runtime";
import { adversary, seededRandom } from "@actionwire/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plain, type Stage, stage, wrapped } from "./support/talk.js";

interface Confirmed extends Stage {
  readonly acknowledged: string[];
  readonly rejected: string[];
}

function confirming(options: Parameters<typeof stage>[0] = {}): Confirmed {
  const acknowledged: string[] = [];
  const rejected: string[] = [];
  const delivery = confirmed({
    onAcknowledged: (id) => acknowledged.push(id),
    onRejected: ({ message, error }) => rejected.push(`${message.action}: ${String(error)}`),
  });
  return { ...stage({ delivery, ...options }), acknowledged, rejected };
}

const told = { action: "told", answer: "yes" };

describe("plain delivery with replies that confirm", () => {
  test("a message whose action declares a reply is acknowledged by it, and pending until then", async () => {
    const { client, clock, network, acknowledged } = confirming();
    const id = client.sendAsk("it");
    await clock.settle();
    expect(client.pending()).toMatchObject([{ id, action: "ask", at: "in flight" }]);
    network.peer.send(told);
    await clock.settle();
    expect([acknowledged, client.pending()]).toEqual([[id], []]);
    await client.drained();
  });

  test("frames stay the document's: an id travels only where frames or payloads have a place for one", async () => {
    const bare = confirming();
    bare.client.sendAsk("it");
    bare.client.sendSay("hello");
    await bare.clock.settle();
    expect(bare.network.peer.messages).toEqual([
      { action: "ask", about: "it" },
      { action: "say", text: "hello" },
    ]);
    const enveloped = confirming({ api: wrapped });
    enveloped.client.sendAsk("it");
    enveloped.client.sendSay("hello");
    await enveloped.clock.settle();
    expect(enveloped.network.peer.messages).toEqual([
      { action: "ask", id: expect.any(String), payload: { about: "it" } },
      { action: "say", payload: { text: "hello" } },
    ]);
  });

  test("what a connection took with it unanswered is written again, in order, before the rest", async () => {
    const { client, clock, network, told: heard } = confirming();
    for (const about of ["a", "b", "c"]) client.sendAsk(about);
    await clock.advance(6_000);
    network.peer.send(told); // of a
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    client.sendAsk("d");
    await clock.advance(2_000);
    expect(network.peer.messages.map((message) => (message as { about: string }).about)).toEqual(["b", "c", "d"]);
    expect(heard["onUncertain"]).toBeUndefined();
  });

  test("what has no reply is uncertain, as ever", async () => {
    const { client, clock, network, told: heard } = confirming();
    client.sendAsk("it");
    client.sendSay("hello");
    await clock.advance(6_000);
    network.peer.cut();
    await clock.settle();
    expect(heard["onUncertain"]).toMatchObject([{ messages: [{ action: "say" }], more: 0 }]);
  });

  test("a request outlives the break and gets its answer", async () => {
    const { client, clock, network } = confirming({ api: wrapped });
    const answer = client.requestAsk("it", { timeout: 60_000 });
    await clock.settle();
    network.peer.cut();
    await clock.advance(2_000);
    const [{ id }] = network.peer.messages as [{ id: string }];
    network.peer.send({ action: "ask", id, payload: { answer: "yes" } });
    expect(await answer).toEqual({ answer: "yes" });
  });

  test("a request that was given up is not written again", async () => {
    const { client, clock, network } = confirming();
    const answer = client.requestAsk("it", { timeout: 1_000 }).catch(({ code }: { code: string }) => code);
    await clock.advance(1_500);
    expect(await answer).toBe("TIMEOUT");
    network.peer.cut();
    await clock.advance(3_000);
    expect([network.peers.length, network.peer.received]).toEqual([2, []]);
  });

  test("a refusal of a message that was only sent is reported", async () => {
    const { client, clock, network, rejected } = confirming({ api: wrapped });
    client.sendAsk("it");
    await clock.settle();
    const [{ id }] = network.peer.messages as [{ id: string }];
    network.peer.send({ action: "error", id, payload: { code: "NO", message: "not that" } });
    await clock.settle();
    expect(rejected).toEqual([expect.stringMatching(/^ask: .*REFUSED.*not that/)]);
    expect(client.pending()).toEqual([]);
  });

  test("what waits for an answer counts against the outbox, and a full one says so", async () => {
    const { client, clock } = confirming({ outbox: { maxMessages: 3 } });
    for (const about of ["a", "b", "c"]) client.sendAsk(about);
    await clock.settle();
    expect(client.pending()).toHaveLength(3);
    expect(() => client.sendAsk("d")).toThrow(/OUTBOX_FULL.*3 of 3 messages/);
  });

  test("closing tells what may have arrived and hands out what never left", async () => {
    const { client, clock, network, told: heard } = confirming();
    client.sendAsk("a");
    await clock.settle();
    network.peer.cut();
    await clock.settle();
    network.onDial = () => {};
    client.sendAsk("b");
    await clock.settle();
    const unsent = client.close();
    expect(unsent.map(({ payload }) => payload)).toEqual([{ action: "ask", about: "b" }]);
    expect(heard["onUncertain"]).toMatchObject([{ messages: [{ payload: { about: "a" } }], more: 0 }]);
    expect([client.pending(), clock.timers]).toEqual([[], 0]);
  });

  test("on the worst day of a network each message is answered at least once, in order, or still pending", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { client, clock, network, acknowledged } = confirming({
          api: plain,
          random: seededRandom(seed + 1),
          outbox: { maxMessages: 5_000 },
        });
        network.onFrame = (_, peer) => peer.send(told);
        const calm = adversary({ seed, clock, network });
        const random = seededRandom(seed + 2);
        const ids: string[] = [];
        for (let n = 0; n < 40; n++) {
          ids.push(client.sendAsk(String(n)));
          await clock.advance(random() * 2_000);
        }
        calm();
        await clock.advance(400_000);
        expect(acknowledged).toEqual(ids);
        const arrived = network.peers.map(({ messages }) =>
          messages.map((message) => Number((message as { about: string }).about)),
        );
        for (const each of arrived) expect(each).toEqual([...each].sort((a, b) => a - b));
        expect(new Set(arrived.flat()).size).toBe(ids.length);
      }),
      { numRuns: 25 },
    );
  });
});
