/**
 * `npm run corpus`: the table over the corpus that ACTIONWIRE_CORPUS names; `--json` for programs. Exit codes: 0 all as
 * promised, 1 something is not, 2 there is no corpus.
 */
import { corpusFolder, documentsIn } from "./documents.js";
import { printed } from "./print.js";
import { survey } from "./survey.js";
import { broken, groupRows, reasons, refusals, totalRow, validRow } from "./tally.js";

const folder = corpusFolder();
if (folder === undefined) {
  console.error("Say where real documents are: ACTIONWIRE_CORPUS=<folder with an INDEX.tsv> npm run corpus");
  process.exitCode = 2;
} else {
  const done = await survey(documentsIn(folder));
  const refused = refusals(done);
  const rows = [...groupRows(done), validRow(done), totalRow(done)];
  const facts = { rows, reasons: reasons(refused), refused, complaints: Object.fromEntries(done.complaints) };
  const promises = broken(done);
  console.log(
    process.argv.includes("--json") ? JSON.stringify({ ...facts, broken: promises }, undefined, 2) : printed(done),
  );
  process.exitCode = promises.length === 0 ? 0 : 1;
}
