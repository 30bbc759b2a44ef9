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
