/**
 * What a cold `actionwire generate` of the chat costs, as a ratio to starting Node for nothing, in one run.
 * `node test/bench/cold.mjs [rounds]`, after `npm run build`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const rounds = Number(process.argv[2] ?? 15);

function time(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root });
  if (status !== 0) throw new Error(String(stderr));
  return Number(process.hrtime.bigint() - start) / 1e6;
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const out = mkdtempSync(join(tmpdir(), "actionwire-bench-"));
const generate = ["dist/generator/bin.js", "generate", "examples/chat/chat.yaml", "--out"];
const [nothing, cold] = [[], []];
for (let round = 0; round < rounds + 1; round++) {
  const [a, b] = [time(["-e", "0"]), time([...generate, join(out, String(round))])];
  if (round === 0) continue; // warms the disk
  nothing.push(a);
  cold.push(b);
}
rmSync(out, { recursive: true, force: true });
const ratios = cold.map((ms, round) => ms / nothing[round]);
console.log(
  `node -e 0: ${median(nothing).toFixed(0)} ms; generate: ${median(cold).toFixed(0)} ms; ratio ${median(ratios).toFixed(1)}`,
);
