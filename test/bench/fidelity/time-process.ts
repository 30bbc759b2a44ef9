/** Times generators on every schema it is sent, in turns; the best of some rounds. */
import { typesText } from "../../../generator/types/types.js";
import { DIALECTS } from "./drafts.js";
import type { Task } from "./making.js";
import { tool as peer } from "./peers/json-schema-to-typescript.js";
import type { Times } from "./time.js";
import { Actionwire } from "./tools/actionwire.js";

const ROUNDS = 4;
const generator = new Actionwire({});
for (const method of ["log", "warn", "error", "info"] as const) console[method] = () => {};

process.once("message", async (tasks: readonly Task[]) => {
  const times: Times[] = [];
  for (const task of tasks) {
    try {
      times.push(await timesOf(task));
    } catch {} // it is not among those that both handle
  }
  process.send?.(times);
});

/** The best round of each; the whole walk is long enough to be timed once. */
async function timesOf({ schema, draft }: Task): Promise<Times> {
  const about = { draft, dialect: DIALECTS[draft], remote: () => undefined };
  const [{ contract }, whole] = await timed(async () => generator.emit(schema, draft));
  const declared = contract.types.filter(({ untyped }) => !untyped);
  let types = Infinity;
  let other = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const given = structuredClone(schema);
    types = Math.min(types, (await timed(async () => typesText(declared, contract)))[1]);
    other = Math.min(other, (await timed(() => peer.make(given, about)))[1]);
  }
  return { types, whole, peer: other };
}

async function timed<Value>(run: () => Promise<Value>): Promise<[Value, number]> {
  const start = performance.now();
  const value = await run();
  return [value, performance.now() - start];
}
