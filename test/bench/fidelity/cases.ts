/** The cases of a run, with what is true of their values. */
import { corpusFolder } from "../../corpus/documents.js";
import type { Asked, CaseSet, Subject } from "./case.js";
import { DRAFTS, type Draft } from "./drafts.js";
import { withFuzz } from "./fuzz.js";
import { realCases } from "./real.js";
import { suiteCases } from "./suite.js";

export interface Choice {
  readonly sets: readonly CaseSet[];
  readonly draft?: Draft;
  readonly seed: number;
  /** Mutated values a schema. */
  readonly count: number;
}

/** Without a corpus there is nothing real. */
export function casesOf({ sets, draft, seed, count }: Choice): Subject<Asked>[] {
  const drafts = draft === undefined ? DRAFTS : [draft];
  const suite = drafts.flatMap((one) => suiteCases(one, sets.includes("suite")));
  const some = sets.includes("suite") || sets.includes("fuzz") ? suite : [];
  const fuzzed = sets.includes("fuzz") ? withFuzz(some, count, seed) : some;
  const folder = corpusFolder();
  const real = folder === undefined ? [] : sets.filter((set) => set === "payloads" || set === "real");
  const others = real.flatMap((set) => realCases(folder ?? "", set, count, seed));
  return [...fuzzed, ...others.filter((one) => draft === undefined || one.draft === draft)];
}
