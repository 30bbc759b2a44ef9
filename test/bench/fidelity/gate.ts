/** What ours promises, and whether it holds. */

import type { CaseSet, Subject } from "./case.js";
import { HEADLINE } from "./drafts.js";
import type { Measured } from "./measure.js";
import { percent } from "./print.js";
import { type Score, type Share, score } from "./score.js";
import { agreement } from "./validators/agreement.js";

export interface Goal {
  readonly what: string;
  readonly kept: boolean;
  readonly figure: string;
  /** The first of what breaks it. */
  readonly broken: readonly string[];
}

/** Core precision, at least; of what real schemas are made of, nothing is asked but soundness. */
export const PRECISE: Readonly<Record<CaseSet, number>> = { suite: 99, fuzz: 99.5, payloads: 99.5, real: 0 };
export const CONFORMANCE: Readonly<Record<string, number>> = {
  draft7: 99.8,
  "draft2019-09": 99.5,
  "draft2020-12": 98.9,
};

/** `letter`: types say what schemas do by the letter; else a valid value that has none of the implied types is not asked for. */
export function typeGoals(
  name: string,
  measured: Measured,
  cases: readonly Subject[],
  set: CaseSet,
  letter: boolean,
): Goal[] {
  const required = cases.filter(({ optional }) => !optional);
  const all = score(measured, required, set);
  const headline = score(
    measured,
    required.filter(({ draft }) => set !== "suite" || HEADLINE.includes(draft)),
    set,
  );
  const goal = goalOf(`${name}, ${set}`, all);
  return [
    goal("valid values accepted", letter ? all.sound : all.soundTyped, 100, letter ? /: rejects/ : /: rejects:/),
    goal("invalid ones told", headline.precise, PRECISE[set], /: accepts:/),
    goal("schemas without a crash", inverse(all.crashed), 100, /: crash:/),
    goal("schemas whose types compile", inverse(all.uncompiled), 100, /: not compiled:/),
  ].filter(({ figure }) => figure !== "-");
}

export function validatorGoals(name: string, measured: Measured, cases: readonly Subject[]): Goal[] {
  return HEADLINE.flatMap((draft) => {
    const own = cases.filter((one) => one.draft === draft && !one.optional);
    const { right, misses } = agreement(measured, own, "suite");
    if (right.all === 0) return [];
    return [kept(`${name}, validators: ${draft}`, right, CONFORMANCE[draft] ?? 100, misses)];
  });
}

function goalOf(
  name: string,
  { failures }: Score,
): (what: string, share: Share, least: number, broken: RegExp) => Goal {
  return (what, share, least, broken) =>
    kept(
      `${name}: ${what}`,
      share,
      least,
      failures.filter((failure) => broken.test(failure)),
    );
}

function kept(what: string, share: Share, least: number, broken: readonly string[]): Goal {
  const figure = percent(share, 2);
  return {
    what: `${what}, ${least === 100 ? "all" : `${least} %`}`,
    kept: share.of * 100 >= least * share.all,
    figure,
    broken,
  };
}

function inverse({ of, all }: Share): Share {
  return { of: all - of, all };
}
