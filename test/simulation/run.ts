/**
 * `npm run simulate [-- <from> <count>]`: lives through seeds, 10,000 by default and other ones every time, a process for
 * each core. A seed that goes wrong prints itself and its story; `npm run simulate -- <seed> 1` tells it again.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "./bundle.js";

const [from = String(Math.floor(Math.random() * 1e9)), count = "10000"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "actionwire-simulation-"));
const program = join(folder, "main.mjs");
await bundle(program);

/** Whether all of these seeds went well. */
function live(first: number, seeds: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, String(first), String(seeds)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.on("data", (text) => {
    said += text;
  });
  return new Promise((resolve) =>
    child.on("close", (code) => {
      if (code !== 0 || count === "1") console.log(said);
      resolve(code === 0);
    }),
  );
}

const started = Date.now();
const processes = Math.min(availableParallelism(), Number(count));
const each = Math.ceil(Number(count) / processes);
const lives = Array.from({ length: processes }, (_, index) => live(Number(from) + index * each, each));
const well = (await Promise.all(lives)).every((good) => good);
rmSync(folder, { recursive: true });
const seconds = ((Date.now() - started) / 1_000).toFixed(1);
console.log(`${processes * each} seeds from ${from} in ${seconds} s: ${well ? "all went well" : "NOT all went well"}`);
process.exitCode = well ? 0 : 1;
