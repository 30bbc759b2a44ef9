import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { generate } from "../generator/index.js";
import { columns } from "./corpus/columns.js";
import { corpusFolder, documentsIn } from "./corpus/documents.js";
import { type Report, talk } from "./smoke/talk.js";
import { documentOf, EXAMPLES, ROOT } from "./support/examples.js";

const folder = corpusFolder();
if (folder === undefined)
  process.stderr.write("\nNothing was said over real documents: there is no ACTIONWIRE_CORPUS.\n");

const reports: [name: string, Report][] = [];
const work = mkdtempSync(join(ROOT, "test/.compile-smoke-")); // below the root, so that packages are found
afterAll(() => {
  rmSync(work, { recursive: true, force: true });
  process.stdout.write(`\n${table()}\n`);
});

/** Generates a document's code and lets it talk to itself. */
async function heard(name: string, document: string, root?: string): Promise<Report> {
  const out = join(work, name);
  mkdirSync(out);
  const { contract } = await generate(document, { out, ...(root !== undefined && { root }) });
  const report = await talk(contract, out);
  reports.push([name, report]);
  return report;
}

function table(): string {
  const head = ["", "messages", "own doors", "unions", "sent", "arrived", "requests", "answered", "no sample"];
  const lines = reports.map(([name, { messages, own, unions, sent, arrived, requests, answered, unsampled }]) => [
    name,
    ...[messages, own, unions, sent, arrived, requests, answered, unsampled.length],
  ]);
  const sums = head.slice(1).map((_, index) => lines.reduce((sum, line) => sum + Number(line[index + 1]), 0));
  const nameless = reports.flatMap(([name, { unsampled }]) => unsampled.map((one) => `${name}: no sample of ${one}`));
  return [columns([head, [], ...lines, [], ["all", ...sums]]), ...nameless].join("\n");
}

const real = folder === undefined ? [] : documentsIn(folder).filter(({ group }) => group === "real-world WebSocket");

describe("generated client and server, over loopback: every message arrives at its door as it was sent", () => {
  test.each(EXAMPLES)("of the example %s", async (example) => {
    const { failures, sent, arrived, answered, requests } = await heard(example, documentOf(example));
    expect(failures).toEqual([]);
    expect(sent).toBeGreaterThan(0);
    expect([arrived, answered]).toEqual([sent, requests]);
  });

  test.skipIf(folder === undefined).each(real.map((document) => [document.id, basename(document.path), document]))(
    "of %s, %s",
    { timeout: 120_000 },
    async (id, _, { path, root }) => {
      const { failures, sent, arrived } = await heard(id, path, root);
      expect(failures).toEqual([]);
      expect([sent > 0, arrived]).toEqual([true, sent]);
    },
  );

  test.skipIf(folder === undefined)("of all but the few whose schemas no value fits", () => {
    const messages = reports.reduce((sum, [, report]) => sum + report.messages, 0);
    const unsampled = reports.reduce((sum, [, report]) => sum + report.unsampled.length, 0);
    expect(unsampled / messages).toBeLessThan(0.02);
  });
});
