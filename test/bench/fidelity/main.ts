/**
 * How faithfully types and validators follow JSON Schema: ours, and others beside them. README.md says what is measured.
 *
 *   npm run fidelity -- [--set suite,fuzz,payloads,real] [--tool name] [--draft draft7] [--part types,validators,time]
 *                       [--seed 1] [--count 25] [--misses] [--gate]
 */
import { casesOf } from "./cases.js";
import { type Goal, typeGoals, validatorGoals } from "./gate.js";
import type { Labelled } from "./label.js";
import { measure } from "./measure.js";
import { options } from "./options.js";
import { INSTALLED } from "./packages.js";
import { INSTALLED as PEERS_INSTALLED } from "./peers/packages.js";
import { answerOf } from "./processes.js";
import { score } from "./score.js";
import { type Run, typesTables, validatorsTable } from "./tables.js";
import { timeTable } from "./time.js";
import { LETTER, listed, TOOLS } from "./tools.js";
import { agreement } from "./validators/agreement.js";
import { speedTable } from "./validators/speed.js";

const chosen = options(process.argv.slice(2));
const { sets, gate } = chosen;
const parts = gate ? (["types", "validators"] as const) : chosen.parts;
const wanted = chosen.tools.length > 0 ? chosen.tools.map(listed) : TOOLS;
const tools = wanted.filter(({ own, makes }) => (gate ? own : makes === "both" || parts.includes(makes)));
if (!INSTALLED || (!PEERS_INSTALLED && !tools.every(({ own }) => own))) {
  console.error("Install what it needs first: node .ci/setup.mjs --fidelity");
  process.exit(2);
}

const asked = casesOf(chosen);
console.log(`seed ${chosen.seed}, ${chosen.count} mutated values a schema`);
if (parts.includes("types") || parts.includes("validators")) await compare();
if (parts.includes("validators") && !gate) console.log(`\n${await speedTable()}`);
if (parts.includes("time")) console.log(`\n${await timeTable(asked)}`);

async function compare(): Promise<void> {
  const labelling = answerOf<Labelled>("labelling-process.ts", asked);
  labelling.catch(() => {}); // it is awaited below
  const runs: Run[] = [];
  for (const { name, own } of tools) {
    console.error(`${name} …`);
    runs.push({ tool: name, own, measured: await measure(name, asked) });
  }
  const labelled = await labelling;
  for (const line of labelled.contradictions) console.log(`The oracle contradicts itself: ${line}`);
  console.log(`${labelled.unjudged.length} schemas are none to the oracle, or it errs about them`);
  if (gate) decide(runs, labelled);
  else tell(runs, labelled);
  if (!chosen.misses) return;
  for (const line of labelled.unjudged) console.log(`not judged: ${line}`);
  for (const line of runs.filter(({ own }) => own).flatMap((run) => misses(run, labelled))) console.log(line);
}

function tell(runs: readonly Run[], { cases }: Labelled): void {
  const makers = (made: "types" | "validators"): Run[] =>
    runs.filter(({ tool }) => ["both", made].includes(listed(tool).makes));
  if (parts.includes("types")) for (const table of typesTables(makers("types"), cases)) console.log(`\n${table}`);
  if (parts.includes("validators")) console.log(`\n${validatorsTable(makers("validators"), cases)}`);
}

function decide(runs: readonly Run[], { cases }: Labelled): void {
  const goals = runs.flatMap(({ tool, measured }): Goal[] => {
    const letter = tool === LETTER;
    const types = sets.flatMap((set) => typeGoals(tool, measured, cases, set, letter));
    return letter ? [...types, ...validatorGoals(tool, measured, cases)] : types;
  });
  for (const { what, kept, figure } of goals) console.log(`${kept ? "ok  " : "MISS"}  ${what}: ${figure}`);
  process.exitCode = goals.length > 0 && goals.every(({ kept }) => kept) ? 0 : 1;
}

function misses({ tool, measured }: Run, { cases }: Labelled): string[] {
  return sets.flatMap((set) => [
    ...score(measured, cases, set).failures.map((line) => `${tool}, types: ${line}`),
    ...(tool === LETTER ? agreement(measured, cases, set).misses.map((line) => `${tool}, validator: ${line}`) : []),
  ]);
}
