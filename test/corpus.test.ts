import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { emit, InputError, readContract } from "../generator/index.js";
import { compile } from "./support/compile.js";
import { ROOT } from "./support/examples.js";

const corpus = process.env["ACTIONWIRE_CORPUS"];
const present = corpus !== undefined && existsSync(join(corpus, "INDEX.tsv"));
if (!present) {
  const sentence = "Real documents were NOT tried: ACTIONWIRE_CORPUS names no folder with an INDEX.tsv.";
  if (process.env["CI"] && corpus) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

/** WebSocket documents of vendors and projects, AsyncAPI 2.x and 3.x. */
function realDocuments(folder: string): { id: string; path: string }[] {
  const [head = "", ...rows] = readFileSync(join(folder, "INDEX.tsv"), "utf8").trimEnd().split("\n");
  const column = (name: string) => head.split("\t").indexOf(name);
  return rows
    .map((row) => row.split("\t"))
    .filter((cells) => cells[column("group")] === "real-world" && cells[column("ws")] !== "no")
    .filter((cells) => /^[23]\./.test(cells[column("asyncapi_version")] ?? ""))
    .map((cells) => ({ id: cells[column("id")] ?? "", path: join(folder, cells[column("path")] ?? "") }));
}

test.skipIf(!present)(
  "real WebSocket documents generate, and what they generate compiles strictly",
  { timeout: 300_000 },
  async () => {
    const work = join(ROOT, "test/.corpus");
    rmSync(work, { recursive: true, force: true });
    const rows: string[] = [];
    const files: string[] = [];
    const generated: string[] = [];
    for (const { id, path } of realDocuments(corpus ?? "")) {
      try {
        const { contract, warnings } = await readContract(path);
        mkdirSync(join(work, id), { recursive: true });
        for (const [name, text] of await emit(contract)) {
          writeFileSync(join(work, id, name), text);
          files.push(join(work, id, name));
        }
        generated.push(id);
        rows.push(`${id} ${basename(path)}: generates, ${warnings.length} warnings`);
      } catch (error) {
        if (!(error instanceof InputError)) throw error; // a crash is no refusal
        rows.push(
          `${id} ${basename(path)}: refused, ${error.problems.find(({ severity }) => severity === "error")?.message}`,
        );
      }
    }
    const said = await compile("5.9", files, {
      module: "nodenext",
      moduleResolution: "nodenext",
      isolatedDeclarations: false,
      declaration: false,
    });
    const compiles = generated.filter((id) => !said.includes(`/${id}/`));
    process.stdout.write(
      `\n${rows.join("\n")}\n${rows.length} documents, ${generated.length} generate, ${compiles.length} of those compile\n`,
    );
    if (process.env["ACTIONWIRE_KEEP"] === undefined) rmSync(work, { recursive: true, force: true });
    expect(said).toBe("");
    expect(generated.length).toBe(rows.length);
  },
);
