/** Everything CI runs, and a last line that counts it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let passed = 0;
let failed = 0;

function run(name, tool, args) {
  console.log(`\n▶ ${name}`);
  const [command, ...first] = tool === "node" ? [process.execPath] : ["npx", "--no-install", tool];
  const { status } = spawnSync(command, [...first, ...args], {
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  return status === 0;
}

function step(name, tool, args) {
  if (run(name, tool, args)) passed++;
  else failed++;
}

step("lint and format", "biome", ["ci", "."]);
step("types of tests and examples", "tsc", ["-b", "examples", "test"]);

const typescript = ["--import", "./test/support/typescript.mjs"];
step("ten thousand simulated lives, other ones every time", "node", [...typescript, "test/simulation/run.ts"]);

const folder = mkdtempSync(join(tmpdir(), "actionwire-"));
const report = join(folder, "report.json");
const green = run("tests", "vitest", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]);
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
rmSync(folder, { recursive: true, force: true });
passed += numPassedTests;
failed += numFailedTests + (green || numFailedTests > 0 ? 0 : 1); // a file that cannot be run fails no test of its own

console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
