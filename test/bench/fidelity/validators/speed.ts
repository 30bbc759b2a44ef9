/** How fast and how large validators are beside ajv's standalone ones: ratios, in a process of their own. */
import { columns } from "../../../corpus/columns.js";
import { corpusFolder } from "../../../corpus/documents.js";
import type { Subject } from "../case.js";
import { label } from "../label.js";
import { answerOf } from "../processes.js";
import { realCases } from "../real.js";
import { PAYLOADS, type Payload } from "./payloads.js";

/** Nanoseconds a value, bytes minified and compressed; ours, then ajv's. */
export interface Speed {
  readonly name: string;
  readonly error?: string;
  readonly valid: readonly [number, number];
  readonly invalid: readonly [number, number];
  readonly size: readonly [number, number];
}

/** Real payloads, the largest of those with a value of each kind. */
const REAL = 6;

export async function speedTable(): Promise<string> {
  const speeds = await answerOf<readonly Speed[]>("validators/speed-process.ts", [
    ...PAYLOADS,
    ...(await realPayloads()),
  ]);
  const cells = speeds.map(({ name, error, valid, invalid, size }) =>
    error === undefined
      ? [name, ns(valid), ratio(valid), ns(invalid), ratio(invalid), size.join(" / "), ratio(size)]
      : [name, error.slice(0, 100)],
  );
  const head = ["", "valid ns", "ratio", "invalid ns", "ratio", "min+gzip bytes", "ratio"];
  return `Validators: ours / ajv standalone, one after the other in the same run\n${columns([head, [], ...cells])}`;
}

async function realPayloads(): Promise<Payload[]> {
  const folder = corpusFolder();
  if (folder === undefined) return [];
  const large = realCases(folder, "payloads", 20, 1).sort((a, b) => textOf(b).length - textOf(a).length);
  const { cases } = await label(large.slice(0, REAL * 4));
  return cases.flatMap(payloadOf).slice(0, REAL);
}

function textOf({ schema }: Subject<unknown>): string {
  return JSON.stringify(schema);
}

/** The largest valid value, and the largest that is not and has its type. */
function payloadOf({ id, schema, instances }: Subject): Payload[] {
  const bySize = [...instances].sort((a, b) => JSON.stringify(b.data).length - JSON.stringify(a.data).length);
  const valid = bySize.find((one) => one.valid)?.data;
  const invalid = bySize.find((one) => !one.valid && !one.unjudged)?.data;
  return valid === undefined || invalid === undefined ? [] : [{ name: id, schema, valid, invalid }];
}

function ns(times: readonly [number, number]): string {
  return times.map((time) => time.toFixed(0)).join(" / ");
}

function ratio([own, other]: readonly [number, number]): string {
  return (own / other).toFixed(2);
}
