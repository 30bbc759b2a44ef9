import { describe, expect, test } from "vitest";
import { compile, VERSIONS } from "./support/compile.js";
import { EXAMPLES, filesIn, generatedOf } from "./support/examples.js";

const generated = EXAMPLES.flatMap((example) =>
  filesIn(generatedOf(example)).map((name) => `${generatedOf(example)}/${name}`),
);
const browser = EXAMPLES.map((example) => `${generatedOf(example)}/index.ts`);

const RESOLUTIONS = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
} as const;

describe.each(VERSIONS)("under TypeScript %s with the strictest flags", { timeout: 60_000 }, (version) => {
  test.each(Object.entries(RESOLUTIONS))("generated code compiles (%s)", async (_, resolution) => {
    expect(await compile(version, generated, resolution)).toBe("");
  });

  test("the client compiles with the language alone: no DOM, no types of Node, libraries checked too", async () => {
    const options = { ...RESOLUTIONS.bundler, types: [], skipLibCheck: false };
    expect(await compile(version, browser, options)).toBe("");
  });
});
