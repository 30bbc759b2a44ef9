/** Every table about types and validators, from one run of each tool over all cases. */
import { columns } from "../../corpus/columns.js";
import { type CaseSet, SETS, type Subject } from "./case.js";
import { DRAFTS, HEADLINE } from "./drafts.js";
import type { Measured } from "./measure.js";
import { percent, type Row, typesTable } from "./print.js";
import { score } from "./score.js";
import { agreement } from "./validators/agreement.js";

export type Run = { readonly tool: string; readonly own: boolean; readonly measured: Measured };

const TITLES: Readonly<Record<CaseSet, string>> = {
  suite: "Types: the suite's required tests",
  fuzz: "Types: mutated values",
  payloads: "Types: payloads of AsyncAPI documents",
  real: "Types: schemas of others",
};

/** A table for each set that has values; for ours the older drafts, too. */
export function typesTables(runs: readonly Run[], cases: readonly Subject[]): string[] {
  const required = cases.filter(({ optional }) => !optional);
  return SETS.flatMap((set) => {
    const headline = required.filter(({ draft }) => set !== "suite" || HEADLINE.includes(draft));
    const asked = headline.flatMap(({ instances }) => instances.filter((instance) => instance.set === set));
    const rows = runs.map(({ tool, measured }): Row => ({ tool, score: score(measured, headline, set) }));
    const older = runs
      .filter(({ own }) => own && set === "suite")
      .flatMap(({ tool, measured }) =>
        DRAFTS.filter((draft) => !HEADLINE.includes(draft)).map((draft): Row => {
          const own = required.filter((one) => one.draft === draft);
          return { tool: `${tool}, ${draft}`, score: score(measured, own, set) };
        }),
      );
    const all = [...rows, ...older].filter((row) => row.score.crashed.all > 0);
    if (all.length === 0) return [];
    const schemas = headline.filter(({ instances }) =>
      instances.some((one) => one.set === set && !one.unjudged),
    ).length;
    const counts = `${schemas} schemas, ${asked.filter(({ valid }) => valid).length} valid values, ${asked.filter(({ core }) => core).length} invalid ones a type could tell`;
    return [typesTable(`${TITLES[set]} (${counts})`, all)];
  });
}

export function validatorsTable(runs: readonly Run[], cases: readonly Subject[]): string {
  const required = cases.filter(({ optional }) => !optional);
  const optional = cases.filter((one) => one.optional);
  const other = SETS.filter(
    (set) => set !== "suite" && cases.some(({ instances }) => instances.some((one) => one.set === set)),
  );
  const lines = runs.map(({ tool, measured }) => [
    tool,
    ...DRAFTS.map((draft) =>
      figure(
        measured,
        required.filter((one) => one.draft === draft),
        "suite",
      ),
    ),
    figure(measured, optional, "suite"),
    ...other.map((set) => figure(measured, cases, set)),
  ]);
  const head = ["", ...DRAFTS.map((draft) => draft.replace("draft", "")), "optional", ...other];
  return `Validators: % right (wrong) of the suite's required tests by draft, and as the oracle has it on all else\n${columns([head, [], ...lines])}`;
}

function figure(measured: Measured, cases: readonly Subject[], set: CaseSet): string {
  const { right } = agreement(measured, cases, set);
  return right.all === 0 ? "-" : `${percent(right, 2)} (${right.all - right.of})`;
}
