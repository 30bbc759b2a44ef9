import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { ClientKillResult } from "./faults/client-kill.js";
import type { HerdResult } from "./faults/herd.js";
import type { StreamResult } from "./faults/stream.js";
import { ROOT } from "./support/examples.js";

/** One fault, in separate processes over loopback; with peers beside ours it is `npm run faults`. */
async function suffered<T>(peer: string, fault: string): Promise<T> {
  const loader = `${ROOT}test/support/typescript.mjs`;
  const args = ["--import", loader, `${ROOT}test/faults/main.ts`, "--only", peer, "--faults", fault, "--json"];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1e8 });
  const { runs } = JSON.parse(stdout) as { runs: { result: T }[] };
  const [run] = runs;
  if (!run) throw new Error(`${peer} was not put through ${fault}`);
  return run.result;
}

const lossless = { lost: 0, silentlyLost: 0, acceptedAndLost: 0, outOfOrder: 0, failedButArrived: 0, uncaught: [] };

describe("separate processes, for real", { timeout: 240_000 }, () => {
  test("a server killed twice in a stream of 2,000 messages a second loses none and doubles none, if its record survives", async () => {
    const result = await suffered<StreamResult>("actionwire", "kill");
    expect(result).toMatchObject({ ...lossless, sent: 20_000, duplicated: 0 });
  });

  test("where its record dies with it, what comes twice carries the same id", async () => {
    const result = await suffered<StreamResult>("actionwire-memory", "kill");
    expect(result).toMatchObject({ ...lossless, sent: 20_000 });
    expect(result.duplicatedWithSameId).toBe(result.duplicated);
    expect(result.duplicated).toBeLessThan(1_000);
  });

  test("a link that stalls twice for two seconds loses none and doubles none", async () => {
    const result = await suffered<StreamResult>("actionwire", "stall");
    expect(result).toMatchObject({ ...lossless, sent: 20_000, duplicated: 0 });
  });

  test("of a client that is killed twice, everything arrives that its file store had confirmed", async () => {
    const result = await suffered<ClientKillResult>("actionwire-durable", "client-kill");
    expect(result).toMatchObject({ sent: 20_000, durableLost: 0, duplicated: 0, outOfOrder: 0, failedButArrived: 0 });
    expect(result.durable).toBeGreaterThan(15_000);
  });

  test("a thousand clients whose server restarts, once with care and once without, all come back and lose nothing", async () => {
    const result = await suffered<HerdResult>("actionwire", "herd");
    expect(result).toMatchObject({ ...lossless, clients: 1_000, duplicated: 0, clientsHurt: 0 });
  });
});
