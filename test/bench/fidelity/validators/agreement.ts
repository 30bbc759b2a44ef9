/** Validators against what is true: the suite's words, and the oracle's on everything else. */
import type { CaseSet, Subject } from "../case.js";
import type { Measured } from "../measure.js";
import type { Share } from "../score.js";

export interface Agreement {
  readonly right: Share;
  /** Schemas of which no validator was made. */
  readonly unmade: Share;
  /** What it gets wrong: `draft7/ref#3: …`. */
  readonly misses: readonly string[];
}

/** A validator that is not there, or fails at a value, is wrong about it. */
export function agreement({ results }: Measured, cases: readonly Subject[], set: CaseSet): Agreement {
  const right: Share = { of: 0, all: 0 };
  const unmade: Share = { of: 0, all: 0 };
  const misses: string[] = [];
  for (const { id, instances } of cases) {
    if (!instances.some((instance) => instance.set === set && !instance.unjudged)) continue;
    const result = results.get(id);
    unmade.all++;
    if (!result?.verdicts) unmade.of++;
    for (const [index, { data, description, valid, unjudged, set: own }] of instances.entries()) {
      if (own !== set || unjudged) continue;
      const said = result?.verdicts?.[index];
      right.all++;
      if (said === valid) right.of++;
      else
        misses.push(
          `${id}: ${description}: ${wrong(said, result?.error ?? result?.unusable)}: ${JSON.stringify(data).slice(0, 120)}`,
        );
    }
  }
  return { right, unmade, misses };
}

function wrong(said: boolean | null | undefined, why: string | undefined): string {
  if (why !== undefined) return `no validator (${why})`;
  if (said === true) return "accepts";
  return said === false ? "rejects" : "fails";
}
