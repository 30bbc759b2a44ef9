/** Waits, after a stream's end, until nothing more is to be expected. */
import type { Child } from "./child.js";
import { now, sleep } from "./clock.js";
import type { ServerLog } from "./server-log.js";

/** Whatever is not there by then is lost. */
const LIMIT = 30_000;
/** For a late duplicate, when all have come. */
const GRACE = 1_500;
/** Silence of the log that ends the wait when the library says that nothing is pending. */
const SILENCE = 3_000;

/** Returns early when so many numbers have come, or when every client says that nothing is pending. */
export async function settle(clients: readonly Child[], log: ServerLog, expected: number): Promise<void> {
  const start = now();
  while (now() - start < LIMIT) {
    await sleep(250);
    const { handled } = log.read();
    const last = Math.max(start, handled.at(-1)?.at ?? 0);
    const quiet = now() - last;
    if (quiet >= GRACE && new Set(handled.map(({ n }) => n)).size >= expected) return;
    if (quiet >= SILENCE && (await allSettled(clients))) return;
  }
}

async function allSettled(clients: readonly Child[]): Promise<boolean> {
  const settled = await Promise.all(clients.map((client) => client.hears("settled", 0)));
  return settled.every((said) => said !== undefined && now() - said.at >= SILENCE);
}
