/** Watching, in a process of its own, on real files. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { asyncapi3, folder, message } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const api = (name: string) =>
  asyncapi3({ receive: { [name]: message({ action: { const: name }, of: { $ref: "./shared.yaml#/Of" } }) } });
const CONFIG = { document: "api.json", out: "g", routes: "routes.ts" };
const FILES = {
  "api.json": api("say"),
  "shared.yaml": "Of: { type: string }\n",
  "actionwire.config.json": JSON.stringify(CONFIG),
};

/** A watching process, once it watches. */
async function watching(
  here: string,
  until = "watching",
): Promise<{ readonly words: () => string; readonly child: ChildProcess }> {
  const argv = ["--import", `${ROOT}test/support/typescript.mjs`, `${ROOT}generator/bin.ts`, "generate", "--watch"];
  const child = spawn(process.execPath, argv, { cwd: here, stdio: ["ignore", "ignore", "pipe"] });
  onTestFinished(() => void child.kill());
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    words += text;
  });
  await vi.waitFor(() => expect(words).toContain(until), { timeout: 40_000 });
  return { words: () => words, child };
}

const soon = { timeout: 20_000, interval: 50 };

describe("generate --watch", () => {
  test("follows the document, what it refers to, and the configuration, a line for each time", async () => {
    const here = folder(FILES);
    const { words, child } = await watching(here);
    expect(words()).toContain("watching 3 files");

    writeFileSync(join(here, "api.json"), api("shout"));
    await vi.waitFor(() => expect(readFileSync(join(here, "g/client.ts"), "utf8")).toContain("sendShout("), soon);
    await vi.waitFor(
      () => expect(words()).toMatch(/^\d\d:\d\d:\d\d api\.json: .*client\.ts.* written; .*\d+ ms$/m),
      soon,
    );

    writeFileSync(join(here, "shared.yaml.new"), "Of: { type: integer }\n");
    renameSync(join(here, "shared.yaml.new"), join(here, "shared.yaml")); // as editors save
    await vi.waitFor(() => expect(readFileSync(join(here, "g/types.ts"), "utf8")).toContain("Of = number"), soon);

    writeFileSync(join(here, "actionwire.config.json"), JSON.stringify({ ...CONFIG, out: "elsewhere" }));
    await vi.waitFor(() => expect(existsSync(join(here, "elsewhere/client.ts"))).toBe(true), soon);
    await vi.waitFor(() => expect(words()).toMatch(/index\.ts written; .*\d+ ms\n$/), soon);

    const before = words().length;
    writeFileSync(join(here, "api.json"), `${api("shout")}\n`);
    await vi.waitFor(() => expect(words()).toMatch(/api\.json: nothing to change; .*\d+ ms\n$/), soon);
    for (const line of words().slice(before).trim().split("\n"))
      expect(line).toMatch(/^(\d\d:\d\d:\d\d )?api\.json: .* ms$/);
    expect(child.exitCode).toBeNull();
  });

  test.each([
    "ts",
    "mjs",
  ])("follows a configuration that is a program (%s) into what it imports, again and again", async (kind) => {
    const imports = ['import { out } from "./shared.mjs";', 'import document from "./document.cjs";'];
    const config = `${imports.join("\n")}\nexport default { document, out, routes: "routes.ts" };\n`;
    const program = { [`actionwire.config.${kind}`]: config, "shared.mjs": 'export * from "./deep.mjs";\n' };
    const { "actionwire.config.json": _, ...documents } = FILES;
    const modules = { "deep.mjs": 'export const out = "a";\n', "document.cjs": 'module.exports = "api.json";\n' };
    const here = folder({ ...documents, "other.json": api("shout"), ...program, ...modules });
    const { words, child } = await watching(here);
    expect(words()).toContain("watching 6 files");

    for (const out of ["b", "c"]) {
      writeFileSync(join(here, "deep.mjs"), `export const out = "${out}";\n`);
      await vi.waitFor(() => expect(existsSync(join(here, out, "client.ts"))).toBe(true), soon);
    }
    writeFileSync(join(here, "document.cjs"), 'module.exports = "other.json";\n');
    await vi.waitFor(() => expect(readFileSync(join(here, "c/client.ts"), "utf8")).toContain("sendShout("), soon);
    writeFileSync(join(here, "deep.mjs"), "export const out = ;\n");
    await vi.waitFor(() => expect(words()).toMatch(/error bad-config .*cannot be run: .*(Syntax|Parse)Error/), soon);
    writeFileSync(join(here, "deep.mjs"), "export const out = 'd'; process.exit(0);\n");
    await vi.waitFor(() => expect(words()).toMatch(/cannot be run: Error: it ended the process/), soon);
    writeFileSync(join(here, `actionwire.config.${kind}`), config.replace(", out,", ', out: "e",'));
    writeFileSync(join(here, "deep.mjs"), "export const out = 'd';\n");
    await vi.waitFor(() => expect(existsSync(join(here, "e/client.ts"))).toBe(true), soon);
    expect(child.exitCode).toBeNull();
  });

  test("gives up a configuration that is never done, and goes on when it is mended", async () => {
    const { "actionwire.config.json": _, ...documents } = FILES;
    const config = (out: string) => `export default ${JSON.stringify({ ...CONFIG, out })};\n`;
    const here = folder({ ...documents, "actionwire.config.mjs": config("a") });
    const { words, child } = await watching(here);
    const path = join(here, "actionwire.config.mjs");
    writeFileSync(path, `await new Promise((done) => setTimeout(done, 1e9));\n${config("b")}`);
    await vi.waitFor(() => expect(words()).toMatch(/mjs:1:1 error bad-config .*Error: it is not done after/), soon);
    writeFileSync(path, config("c"));
    await vi.waitFor(() => expect(existsSync(join(here, "c/client.ts"))).toBe(true), soon);
    expect(existsSync(join(here, "b"))).toBe(false);
    expect(child.exitCode).toBeNull();
  });

  test("waits for a configuration that is mended, and goes on where it then is none of use", async () => {
    const here = folder({ ...FILES, "actionwire.config.json": '{ "document": "api.json",' });
    const { words, child } = await watching(here, "nothing written");
    writeFileSync(join(here, "actionwire.config.json"), JSON.stringify({ out: "g" }));
    await vi.waitFor(() => expect(words()).toContain("Name a document"), soon);
    writeFileSync(join(here, "actionwire.config.json"), JSON.stringify(CONFIG));
    await vi.waitFor(() => expect(existsSync(join(here, "g/client.ts"))).toBe(true), soon);
    expect(words()).not.toMatch(/^\s+at /m);
    expect(child.exitCode).toBeNull();
  });

  test("says what is wrong, keeps what was generated last, and goes on when it is mended", async () => {
    const here = folder(FILES);
    const { words } = await watching(here);
    const before = readFileSync(join(here, "g/client.ts"), "utf8");

    writeFileSync(join(here, "shared.yaml"), "Of: { type: strin }\n");
    await vi.waitFor(() => expect(words()).toMatch(/shared\.yaml:1:\d+ error unknown-type/), soon);
    await vi.waitFor(() => expect(words()).toContain("nothing written"), soon);
    expect(readFileSync(join(here, "g/client.ts"), "utf8")).toBe(before);

    writeFileSync(join(here, "api.json"), "{");
    await vi.waitFor(() => expect(words()).toMatch(/api\.json:1:\d+ error syntax/), soon);
    writeFileSync(join(here, "api.json"), api("say"));
    writeFileSync(join(here, "shared.yaml"), "Of: { type: boolean }\n");
    await vi.waitFor(() => expect(readFileSync(join(here, "g/types.ts"), "utf8")).toContain("Of = boolean"), soon);
  });
});
