import type { UncertainMessages } from "@actionwire/runtime";
import { adversary, seededRandom } from "@actionwire/runtime/testing";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stage, type Text } from "./support/talk.js";

const textOf = (payload: unknown): number => Number((payload as Text).text);

describe("on the worst day of a network", () => {
  test("what was sent arrives in order and once, or is told to be uncertain: nothing vanishes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const { client, clock, network, told } = stage({
          random: seededRandom(seed + 1),
          outbox: { maxMessages: 5_000 },
        });
        const calm = adversary({ seed, clock, network });
        const random = seededRandom(seed + 2);
        const count = 60;
        for (let n = 0; n < count; n++) {
          client.sendSay(String(n));
          await clock.advance(random() * 2_000);
        }
        calm();
        await clock.advance(400_000);

        const arrived = network.peers.flatMap(({ messages }) => messages.map(textOf));
        const uncertain = (told["onUncertain"] ?? []).flatMap((what) =>
          (what as UncertainMessages).messages.map(({ payload }) => textOf(payload)),
        );
        expect(client.state.at).toBe("open");
        expect(client.pending().length).toBe(0);
        expect(arrived).toEqual([...new Set(arrived)].sort((a, b) => a - b));
        expect(uncertain).toEqual([...new Set(uncertain)]);
        const accounted = new Set([...arrived, ...uncertain]);
        expect(Array.from({ length: count }, (_, n) => n).filter((n) => !accounted.has(n))).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  test("there is never more than one connection that lives", async () => {
    const { client, clock, network } = stage({ random: seededRandom(3) });
    const calm = adversary({ seed: 3, clock, network });
    client.connect();
    await clock.advance(600_000);
    calm();
    await clock.advance(120_000);
    client.sendSay("who hears me?");
    await clock.settle();
    expect(network.peers.filter(({ received }) => received.length > 0)).toHaveLength(1);
    expect(network.peers.length).toBeGreaterThan(10);
  });
});
