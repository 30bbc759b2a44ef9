/**
 * What is told of broken inputs, by us and by others. README.md says what is counted.
 *
 *   ACTIONWIRE_PEERS=<folder> node --import ./test/support/typescript.mjs test/bench/diagnostics/main.ts [--tool name] [--each]
 */
import { parseArgs } from "node:util";
import { type Input, inputsFor } from "./inputs.js";
import { judge, type Verdict } from "./judge.js";
import { type Tool, toolsIn } from "./tools.js";

const { values } = parseArgs({ options: { tool: { type: "string", multiple: true }, each: { type: "boolean" } } });
const peers = process.env["ACTIONWIRE_PEERS"];
if (peers === undefined)
  console.error("Without ACTIONWIRE_PEERS=<folder> only ours is asked; README.md says how to install the others.");
const known = toolsIn(peers ?? "").filter(({ name }) => peers !== undefined || name === "actionwire");
const tools = known.filter(({ name }) => values.tool?.includes(name) ?? true);

console.log(row("tool", "inputs", "exit", "line", "frame", "hint", "findings", "lines", "stack"));
console.log(row(...Array.from({ length: 9 }, () => "---")));
for (const tool of tools) {
  const judged: [Input, Verdict][] = [];
  for (const input of inputsFor(tool.diet)) {
    const verdict = await judge(tool, input);
    judged.push([input, verdict]);
    if (values.each) console.error(eachLine(tool, input, verdict));
  }
  console.log(summary(tool, judged));
}

function summary(tool: Tool, judged: readonly [Input, Verdict][]): string {
  const verdicts = judged.map(([, verdict]) => verdict);
  const share = (of: (verdict: Verdict) => readonly [number, number]): string => {
    const [found, all] = verdicts.map(of).reduce(([a, b], [c, d]) => [a + c, b + d], [0, 0]);
    return `${found} of ${all}`;
  };
  const yes = (is: (verdict: Verdict) => boolean) => share((verdict) => [Number(is(verdict)), 1]);
  const printed = verdicts.map((verdict) => verdict.printed).sort((a, b) => a - b);
  const defects = judged.reduce((sum, [{ told }]) => sum + told.length, 0);
  const findings = verdicts.reduce((sum, verdict) => sum + (verdict.findings ?? 0), 0);
  return row(
    tool.name,
    String(judged.length),
    yes(({ exit }) => exit !== 0),
    share(({ lines }) => lines),
    yes(({ frame }) => frame),
    share(({ hints }) => hints),
    tool.findings ? (findings / defects).toFixed(2) : "",
    String(printed[Math.floor(printed.length / 2)] ?? 0),
    String(verdicts.filter(({ stack }) => stack).length),
  );
}

function eachLine(
  { name }: Tool,
  input: Input,
  { exit, lines, frame, hints, findings, printed, stack }: Verdict,
): string {
  const words = [`exit ${exit}`, `lines ${lines.join("/")}`, frame ? "frame" : "no frame", `hints ${hints.join("/")}`];
  return [name, input.name, ...words, `findings ${findings ?? "?"}`, `printed ${printed}`, stack ? "STACK" : ""].join(
    " | ",
  );
}

function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
