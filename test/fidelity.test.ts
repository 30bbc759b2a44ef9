/**
 * How faithfully what is generated follows JSON Schema: the bench's own figures, for ours, of what is built
 * (`npm run build`). `npm run fidelity` has all of them, and those of others.
 */
import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Subject } from "./bench/fidelity/case.js";
import { casesOf } from "./bench/fidelity/cases.js";
import { disputed } from "./bench/fidelity/disputed.js";
import { DRAFTS, type Draft, HEADLINE } from "./bench/fidelity/drafts.js";
import { CONFORMANCE, PRECISE } from "./bench/fidelity/gate.js";
import type { Labelled } from "./bench/fidelity/label.js";
import { type Measured, measure } from "./bench/fidelity/measure.js";
import { INSTALLED } from "./bench/fidelity/packages.js";
import { answerOf } from "./bench/fidelity/processes.js";
import { freshSeed } from "./bench/fidelity/random.js";
import { type Share, score } from "./bench/fidelity/score.js";
import { IMPLIED, LETTER } from "./bench/fidelity/tools.js";
import { agreement } from "./bench/fidelity/validators/agreement.js";

if (!INSTALLED) {
  const sentence = "Fidelity was NOT measured: the packages of test/bench/fidelity are not installed (npm ci there).";
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

/** Mutated values a schema. */
const COUNT = 5;
const seed = Number(process.env["FIDELITY_SEED"] ?? freshSeed());

interface Missed extends Readonly<Record<Draft, readonly string[]>> {
  /** Schemas of which chance, and no test of the suite, finds values that validators are wrong about. */
  readonly chance: readonly string[];
}

/** The suite's tests that validators get wrong, by draft: each is known, and none is new. */
const missed = JSON.parse(readFileSync(new URL("./bench/fidelity/missed.json", import.meta.url), "utf8")) as Missed;
const inexact = new Set([...DRAFTS.flatMap((draft) => missed[draft].map(schemaIn)), ...missed.chance]);

describe.skipIf(!INSTALLED)(`beside the suite and chance (FIDELITY_SEED=${seed} repeats this)`, () => {
  let cases: readonly Subject[] = [];
  let letter: Measured;
  let implied: Measured;
  beforeAll(async () => {
    const asked = casesOf({ sets: ["suite", "fuzz"], seed, count: COUNT }).filter(({ optional }) => !optional);
    const some = asked.filter((_, index) => index % 3 === seed % 3); // others in other runs
    const labelling = answerOf<Labelled>("labelling-process.ts", asked);
    const [labelled, ...measured] = await Promise.all([labelling, measure(LETTER, asked), measure(IMPLIED, some)]);
    expect(labelled.contradictions).toEqual([]);
    ({ cases } = labelled);
    [letter, implied] = measured;
  }, 600_000);

  const ofDraft = (draft: Draft): Subject[] => cases.filter((one) => one.draft === draft);

  test.each(DRAFTS)("types accept all that %s does, and tell what types can", (draft) => {
    const { sound, precise, failures } = score(letter, ofDraft(draft), "suite");
    expect(failures.filter(isUnsound)).toEqual([]);
    expect(sound.all).toBeGreaterThan(300);
    expect(percent(precise), failures.join("\n")).toBeGreaterThanOrEqual(PRECISE.suite);
  });

  test("types accept every valid value that chance made, and tell the others", () => {
    const { sound, failures } = score(letter, cases, "fuzz");
    expect(failures.filter(isUnsound)).toEqual([]);
    expect(sound.all).toBeGreaterThan(1_000);
    const read = cases.filter(({ id }) => !inexact.has(id)); // all values of the others may be told wrongly, or none
    const { precise, failures: accepted } = score(letter, read, "fuzz");
    expect(percent(precise), accepted.join("\n")).toBeGreaterThanOrEqual(PRECISE.fuzz);
  });

  test.each(HEADLINE)("validators are as conformant to %s as they say", (draft) => {
    expect(percent(agreement(letter, ofDraft(draft), "suite").right)).toBeGreaterThanOrEqual(CONFORMANCE[draft] ?? 100);
  });

  test.each(DRAFTS)("validators miss the tests of %s that they are known to miss", (draft) => {
    expect(agreement(letter, ofDraft(draft), "suite").misses).toEqual(missed[draft]);
  });

  test("validators are right about what chance made", () => {
    expect(newIn(agreement(letter, cases, "fuzz").misses)).toEqual([]);
  });

  test("no type refuses what its validator accepts, by the letter or with implied types", () => {
    expect(newIn(disputed(letter, cases))).toEqual([]);
    expect(newIn(disputed(implied, cases))).toEqual([]);
  });
});

function newIn(lines: readonly string[]): string[] {
  return lines.filter((line) => !inexact.has(schemaIn(line)));
}

/** A valid value that is refused, and whatever leaves no type to ask. */
function isUnsound(failure: string): boolean {
  return !/: accepts: /.test(failure);
}

function schemaIn(miss: string): string {
  return miss.replace(/: .*/s, "");
}

function percent({ of, all }: Share): number {
  return (100 * of) / all;
}
