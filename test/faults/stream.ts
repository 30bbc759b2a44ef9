/** A stream of numbers from one client to its server, while something happens to them. */
import type { Child } from "./child.js";
import { now, sleep } from "./clock.js";
import { type Counts, counted, firstAgain } from "./counts.js";
import type { Report } from "./messages.js";
import { messages, type Plan, patience, STRIKES } from "./plan.js";
import { settle } from "./settle.js";
import type { Stage } from "./stage.js";

export interface StreamResult extends Counts {
  /** Milliseconds from the end of each fault to the next message that was handled. */
  readonly firstAgain: readonly (number | undefined)[];
  /** What the client's process took of memory at its largest. */
  readonly megabytes: number;
  readonly uncaught: readonly string[];
}

/** Strikes twice; a strike resolves to the moment from which messages can arrive again. */
export async function stream(
  stage: Stage,
  url: string,
  plan: Plan,
  strike: () => Promise<number>,
): Promise<StreamResult> {
  const count = messages(plan);
  const client = await stage.client({ url, rate: plan.rate, from: 0, to: count });
  client.tell("go");
  const moments = await strikes(now(), plan, strike);
  await client.heard("sent", patience(plan));
  await settle([client], stage.log, count);
  const report = await reportOf(client);
  const { handled } = stage.log.read();
  return {
    ...counted(report.sent, handled, report),
    firstAgain: firstAgain(moments, handled),
    megabytes: report.megabytes,
    uncaught: report.uncaught,
  };
}

/** Strikes at the planned times of a stream that started then. */
export async function strikes<Result>(start: number, plan: Plan, strike: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const part of STRIKES) {
    await sleep(Math.max(0, start + part * plan.seconds * 1_000 - now()));
    results.push(await strike());
  }
  return results;
}

export function reportOf(client: Child): Promise<Report> {
  client.tell("finish");
  return client.heard("report", 30_000);
}

export function address(port: number): string {
  return `ws://127.0.0.1:${port}/`;
}
