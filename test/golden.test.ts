import { readFileSync } from "node:fs";
import { Project, ts } from "ts-morph";
import { describe, expect, test } from "vitest";
import { sessionFrames } from "../.ci/session-frames.mjs";
import { plan } from "../generator/generate.js";
import { emit, readContract } from "../generator/index.js";
import { documentOf, EXAMPLES, filesIn, generatedOf, optionsOf, ROOT } from "./support/examples.js";

describe.each(EXAMPLES)("what is checked in for examples/%s", (example) => {
  const folder = generatedOf(example);
  const text = (name: string) => readFileSync(`${folder}/${name}`, "utf8");

  test("is what the generator writes today, byte for byte", async () => {
    const { contract } = await readContract(documentOf(example), await optionsOf(example));
    const files = await emit(contract);
    expect(filesIn(folder)).toEqual([...files.keys()].sort());
    for (const [name, wanted] of files) expect(text(name), name).toBe(wanted);
  });

  test("has a manifest that knows all of it", async () => {
    const { folder: planned } = await plan(documentOf(example), { ...(await optionsOf(example)), out: folder });
    expect(planned.files.filter(({ change }) => change !== "keep")).toEqual([]);
  });

  test("is what TypeScript's own formatter and import organizer would leave alone", () => {
    const project = new Project({
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext },
    });
    for (const name of filesIn(folder)) {
      if (name === "validators.ts") continue; // ajv's own print, not meant to be read for pleasure
      const file = project.createSourceFile(`/formatted/${name}`, text(name));
      file.formatText({ indentSize: 2 });
      expect(file.getFullText(), `${name}, formatted`).toBe(text(name));
      file.organizeImports();
      expect(file.getFullText(), `${name}, imports organized`).toBe(text(name));
    }
  });

  test("mentions neither a date nor a path of the machine it was made on", () => {
    for (const name of filesIn(folder)) expect(text(name)).not.toMatch(/20\d\d-\d\d-\d\dT|\/home\/|\/work\/|[A-Z]:\\/);
  });

  test("needs no any", () => {
    for (const name of filesIn(folder)) expect(text(name)).not.toMatch(/:\s*any\b|\bas any\b|<any>/);
  });
});

test("the control frames of a session in the runtime are what the generator makes of their document today", async () => {
  for (const [name, wanted] of await sessionFrames({ emit, readContract })) {
    expect(readFileSync(`${ROOT}runtime/session/generated/${name}`, "utf8"), name).toBe(wanted);
  }
});
