/** Everything CI runs, and a last line that counts it; what went wrong is said again just before it. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

let passed = 0;
let failed = 0;
const wrong = [];

function run(name, tool, args, stdio) {
  console.log(`\n▶ ${name}`);
  const [command, ...first] = tool === "node" ? [process.execPath] : ["npx", "--no-install", tool];
  return spawnSync(command, [...first, ...args], { stdio, encoding: "utf8", shell: process.platform === "win32" });
}

function step(name, tool, args) {
  const { status, signal, error, stdout, stderr } = run(name, tool, args, ["ignore", "pipe", "pipe"]);
  const said = `${stdout}${stderr}`.trim();
  console.log(said);
  if (status === 0) {
    passed++;
    return;
  }
  failed++;
  wrong.push(`✗ ${name}: ${error?.message ?? signal ?? `exit code ${status}`}\n${said.slice(-10_000)}`);
}

step("lint and format", "biome", ["ci", "."]);
step("types of tests and examples", "tsc", ["-b", "examples", "test"]);

const typescript = ["--import", "./test/support/typescript.mjs"];
step("ten thousand simulated lives, other ones every time", "node", [...typescript, "test/simulation/run.ts"]);

const folder = mkdtempSync(join(tmpdir(), "actionwire-"));
const report = join(folder, "report.json");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
const green = run("tests", "vitest", ["run", ...reporters], "inherit").status === 0;
const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, "utf8"));
rmSync(folder, { recursive: true, force: true });
passed += numPassedTests;
failed += numFailedTests;
if (!green && numFailedTests === 0) {
  failed++; // a file that cannot be run fails no test of its own
  wrong.push("✗ tests: none failed, but not all could be run");
}

for (const what of wrong) console.log(`\n${what}`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
