/**
 * The worst day of a network, the same in every run: attempts that are refused, that hang or come to nothing, and
 * connections that break or fall silent when it hurts. For tests that say what must hold all the same.
 *
 * ```ts
 * const clock = fakeClock();
 * const network = memoryNetwork();
 * const calm = adversary({ seed: 7, clock, network });
 * for (let n = 0; n < 100; n++) {
 *   client.sendSay({ room: "lobby", text: String(n) });
 *   await clock.advance(500);
 * }
 * calm(); // from here on everything is accepted and nothing breaks
 * await clock.advance(60_000);
 * ```
 */
import type { Clock } from "../clock.js";
import type { MemoryDial, MemoryNetwork } from "./network.js";
import { seededRandom } from "./random.js";

export interface AdversaryOptions {
  readonly seed: number;
  readonly clock: Clock;
  readonly network: MemoryNetwork;
  /** Milliseconds a connection lives at most; default 10,000. */
  readonly maxLife?: number;
  /** Of attempts, the share that fails one way or another; default 0.4. */
  readonly failures?: number;
  /** HTTP statuses it refuses with; default 503 and 429. */
  readonly statuses?: readonly number[];
}

/** Takes over a network; the answer gives it back, peaceful. */
export function adversary(options: AdversaryOptions): () => void {
  const { clock, network, maxLife = 10_000, failures = 0.4, statuses = [503, 429] } = options;
  const random = seededRandom(options.seed);
  let calm = false;
  const accept = (dial: MemoryDial): void => {
    const peer = dial.accept();
    clock.after(random() * maxLife, () => {
      const roll = random();
      if (calm) return;
      if (roll < 0.4) peer.cut();
      else if (roll < 0.7) peer.stall();
      else peer.close(1012);
    });
  };
  network.onDial = (dial) => {
    const roll = random() / failures;
    if (calm) dial.accept();
    else if (roll >= 1) clock.after(random() * 500, () => accept(dial));
    else if (roll < 0.4) dial.fail();
    else if (roll < 0.8) dial.refuse(statuses[Math.floor(random() * statuses.length)] ?? 503);
    // else it hangs
  };
  return () => {
    calm = true;
  };
}
