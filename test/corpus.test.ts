import { beforeAll, describe, expect, test } from "vitest";
import { corpusFolder, documentsIn } from "./corpus/documents.js";
import { table } from "./corpus/print.js";
import { type Survey, survey } from "./corpus/survey.js";
import { broken, refusals } from "./corpus/tally.js";

const folder = corpusFolder();
if (folder === undefined) {
  const sentence = "Real documents were NOT tried: ACTIONWIRE_CORPUS names no folder with an INDEX.tsv.";
  if (process.env["CI"] && process.env["ACTIONWIRE_CORPUS"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

describe.skipIf(folder === undefined)("of the documents that others wrote", () => {
  let done: Survey = { attempts: [], complaints: new Map(), milliseconds: 0 };
  beforeAll(async () => {
    done = await survey(documentsIn(folder ?? ""));
    process.stdout.write(`\n${table(done)}\n`);
  }, 300_000);

  test("none ends in a crash", () => {
    const stacks = done.attempts.flatMap(({ document, outcome }) =>
      outcome.kind === "crashed" ? [`${document.id}: ${outcome.stack}`] : [],
    );
    expect(stacks).toEqual([]);
  });

  test("what is generated compiles under the strictest flags, whatever it was generated from", () => {
    expect(Object.fromEntries(done.complaints)).toEqual({});
  });

  test("every real WebSocket document generates", () => {
    const refused = refusals(done).filter(({ group }) => group === "real-world WebSocket");
    expect(refused.map(({ id, errors }) => `${id}: ${errors[0]?.message}`)).toEqual([]);
  });

  test("every promise is kept: 98 % of the valid ones work, and each refusal has its place and its reason", () => {
    expect(broken(done)).toEqual([]);
  });
});
