import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bundle } from "./simulation/bundle.js";
import { mistakes } from "./simulation/mistakes.js";
import { simulate } from "./simulation/simulate.js";

/** Seeds that a mistake may hide from, and how many of them are tried where it was seen last. */
const SEEDS = 12_000;
const NEAR = 100;

describe("the simulation", () => {
  const folder = mkdtempSync(join(tmpdir(), "actionwire-mistakes-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What it says of some seeds; undefined where they all go well. */
  function wrongIn(program: string, from: number, count: number): Promise<string | undefined> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [program, String(from), String(count)], {
        stdio: ["ignore", "pipe", "pipe"],
      });
      let last = "";
      child.stdout.on("data", (text) => {
        last = `${last}${text}`.slice(-2_000);
      });
      child.stderr.on("data", (text) => {
        last = `${last}${text}`.slice(-2_000);
      });
      child.on("error", reject);
      child.on("close", (code) => resolve(code === 0 ? undefined : last));
    });
  }

  test("tells the same life for the same seed", async () => {
    const [one, other] = [await simulate(7), await simulate(7)];
    expect(one.story).toEqual(other.story);
    expect(one.story.length).toBeGreaterThan(20);
  });

  test.each(mistakes)("notices that $name", { timeout: 180_000 }, async (mistake) => {
    const program = join(folder, `${mistakes.indexOf(mistake)}.mjs`);
    await bundle(program, mistake);
    const wrong = (await wrongIn(program, mistake.near, NEAR)) ?? (await wrongIn(program, 1, SEEDS));
    expect(wrong).toMatch(/^seed \d+ went wrong: /m);
  });
});
