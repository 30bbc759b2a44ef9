/** How long generating takes beside json-schema-to-typescript: a ratio, in a process of its own. */
import { columns } from "../../corpus/columns.js";
import type { Asked, Subject } from "./case.js";
import type { Task } from "./making.js";
import { answerOf } from "./processes.js";

/** Milliseconds for one schema; absent where a tool fails at it. */
export interface Times {
  /** Ours, of what has been read: the types' text. */
  readonly types: number;
  /** Ours, from the document to every file. */
  readonly whole: number;
  readonly peer: number;
}

const MOST = 500;

/** Over payloads and schemas of draft-07 without remote references, at most so many, those that both handle. */
export async function timeTable(cases: readonly Subject<Asked>[]): Promise<string> {
  const plain = cases.filter((one) => one.draft === "draft7" && !one.optional && one.file !== "refRemote");
  const step = Math.ceil(plain.length / MOST);
  const some = plain.filter((_, index) => index % step === 0);
  const tasks = some.map(({ id, draft, schema }): Task => ({ id, draft, schema, values: [] }));
  const times = await answerOf<readonly Times[]>("time-process.ts", tasks);
  const row = (name: string, of: (times: Times) => number): (string | number)[] => {
    const own = median(times.map(of));
    const peer = median(times.map((one) => one.peer));
    const ratio = times.reduce((sum, one) => sum + of(one), 0) / times.reduce((sum, one) => sum + one.peer, 0);
    return [name, own.toFixed(3), (own / peer).toFixed(2), ratio.toFixed(2)];
  };
  const rows = [
    row("actionwire, types", (one) => one.types),
    row("actionwire, document to files", (one) => one.whole),
    row("json-schema-to-typescript", (one) => one.peer),
  ];
  const head = ["", "median ms", "ratio", "ratio of sums"];
  return `Generating types (${times.length} schemas that both handle)\n${columns([head, [], ...rows])}`;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
}
