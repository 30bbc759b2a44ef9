/** The command line. */
import { parseArgs } from "node:util";
import { type CaseSet, SETS } from "./case.js";
import { type Draft, draftCalled } from "./drafts.js";
import { freshSeed } from "./random.js";

export const PARTS = ["types", "validators", "time"] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly sets: readonly CaseSet[];
  /** Names of tools; all when there is none. */
  readonly tools: readonly string[];
  /** One draft; all where it is absent. */
  readonly draft?: Draft;
  readonly parts: readonly Part[];
  readonly seed: number;
  /** Mutated instances a schema. */
  readonly count: number;
  readonly misses: boolean;
  readonly gate: boolean;
}

export function options(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      set: { type: "string", multiple: true, default: [] },
      tool: { type: "string", multiple: true, default: [] },
      draft: { type: "string" },
      part: { type: "string", multiple: true, default: [] },
      seed: { type: "string" },
      count: { type: "string", default: "25" },
      misses: { type: "boolean", default: false },
      gate: { type: "boolean", default: false },
    },
  });
  const draft = values.draft === undefined ? undefined : draftCalled(values.draft);
  if (values.draft !== undefined && !draft)
    throw new Error(`--draft: "${values.draft}" is none of the suite's folders`);
  return {
    sets: chosen("--set", SETS, values.set),
    tools: values.tool,
    ...(draft && { draft }),
    parts: chosen("--part", PARTS, values.part),
    seed: values.seed === undefined ? freshSeed() : whole("--seed", values.seed),
    count: whole("--count", values.count),
    misses: values.misses,
    gate: values.gate,
  };
}

function chosen<Name extends string>(flag: string, names: readonly Name[], given: readonly string[]): readonly Name[] {
  const asked = given.flatMap((one) => one.split(","));
  const unknown = asked.find((one) => !names.some((name) => name === one));
  if (unknown !== undefined) throw new Error(`${flag}: "${unknown}" is none of ${names.join(", ")}`);
  return asked.length === 0 ? names : names.filter((name) => asked.includes(name));
}

function whole(flag: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${flag}: "${text}" is no whole number`);
  return value;
}
