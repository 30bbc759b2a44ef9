/**
 * What the command line costs, beside starting Node for nothing and beside the libraries that it is made of, in turns in one
 * run; and what one edit costs a process that stays. `node test/bench/cold.mjs [rounds] [document to rebuild]`, after `npm run build`.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { documentOf } from "./documents.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = join(root, "dist/generator/bin.js");
const rounds = Number(process.argv[2] ?? 5);
const here = mkdtempSync(join(tmpdir(), "actionwire-bench-"));

/** Says at its end, on a fourth pipe, what a process has used. */
const meter = join(here, "meter.mjs");
writeFileSync(
  meter,
  `import { writeSync } from "node:fs";
process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeSync(3, JSON.stringify([(userCPUTime + systemCPUTime) / 1e3, maxRSS / 1024]));
});
`,
);

/** Wall and CPU in milliseconds, memory in megabytes. */
function run(args) {
  const start = performance.now();
  const child = spawn(process.execPath, ["--import", meter, ...args], {
    cwd: here,
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  const told = { 2: "", 3: "" };
  for (const pipe of [2, 3]) child.stdio[pipe].on("data", (text) => (told[pipe] += text));
  return new Promise((done, failed) => {
    child.once("close", (status) => {
      if (status !== 0) return failed(new Error(told[2]));
      const [cpu, memory] = JSON.parse(told[3]);
      done({ wall: performance.now() - start, cpu, memory });
    });
  });
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const files = (folder) => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
const linesIn = (texts) => texts.reduce((sum, text) => sum + text.split("\n").length - 1, 0);

function generate(name, text) {
  const [document, out] = [join(here, `${name}.yaml`), join(here, name)];
  writeFileSync(document, text);
  return { args: [bin, "generate", document, "--out", out], out };
}

const empty = join(here, "empty.mjs");
writeFileSync(empty, "");
const runs = {
  node: { args: [empty] },
  "--version": { args: [bin, "--version"] },
  "--help": { args: [bin, "--help"] },
  chat: generate("chat", readFileSync(join(root, "examples/chat/chat.yaml"), "utf8")),
  "100 messages": generate("100", documentOf(100)),
  "1,000 messages": generate("1000", documentOf(1000)),
};
/** The same documents, given to the libraries alone. */
const libraries = (name) => ({ args: [join(root, "test/bench/libraries.mjs"), runs[name].args[2]] });
runs["100: yaml, ajv alone"] = libraries("100 messages");
runs["1,000: yaml, ajv alone"] = libraries("1,000 messages");
const measured = Object.fromEntries(Object.keys(runs).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  for (const [name, { args, out }] of Object.entries(runs)) {
    if (out) rmSync(out, { recursive: true, force: true });
    const one = await run(args);
    if (round > 0) measured[name].push({ ...one, beyond: one.wall - (measured.node[round - 1]?.wall ?? one.wall) }); // the first warms the disk
  }
}
const table = Object.entries(measured).map(([name, all]) => {
  const of = (key) => Math.round(median(all.map((one) => one[key])));
  const out = runs[name].out;
  const texts = out ? files(out) : [];
  const written = out && { lines: linesIn(texts), KB: Math.round(texts.join("").length / 1000) };
  return [
    name,
    { "wall ms": of("wall"), "beyond Node": of("beyond"), "CPU ms": of("cpu"), MB: of("memory"), ...written },
  ];
});
console.table(Object.fromEntries(table));

const of = Object.fromEntries(table);
const node = of.node["CPU ms"];
const growth = (of["1,000 messages"]["CPU ms"] - node) / (of["100 messages"]["CPU ms"] - node);
console.log(`ten times the messages: ${growth.toFixed(1)} times the CPU time`);
const beside = (of["1,000 messages"]["CPU ms"] - node) / (of["1,000: yaml, ajv alone"]["CPU ms"] - node);
console.log(`1,000 messages: ${beside.toFixed(2)} times the CPU time of reading with yaml and printing with ajv alone`);

/** One edit in a process that stays: other words in the first place that has some on the same line. */
async function rebuilds(document) {
  const { generate } = await import("../../dist/generator/index.js");
  const copy = join(here, "warm.yaml");
  const text = readFileSync(document, "utf8");
  const times = [];
  for (let round = 0; round < 3 + 2 * rounds; round++) {
    writeFileSync(copy, text.replace(/^( *)description: \w[\w ,.]*$/m, `$1description: edit ${round}`));
    const start = performance.now();
    await generate(copy, { out: join(here, "warm") });
    if (round >= 3) times.push(performance.now() - start);
  }
  console.log(`a rebuild of ${document.replace(/^.*\//, "")} after an edit: ${median(times).toFixed(0)} ms`);
}

await rebuilds(resolve(process.argv[3] ?? runs["100 messages"].args[2]));
rmSync(here, { recursive: true, force: true });
