/**
 * Client libraries and their servers, in processes of their own, put through faults; `--json` for programs.
 *
 *   npm run faults -- [--only name,name] [--faults kill,stall,client-kill,herd,half-open] [--seconds 10] [--rate 2000] [--clients 1000]
 *
 * In a stream shorter than about 8 s the second fault follows the first too closely to tell them apart.
 */
import { existsSync } from "node:fs";
import { allPeers } from "./all-peers.js";
import { type Run, run } from "./faults.js";
import { options } from "./options.js";
import { printed } from "./print.js";

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1)); // ends the children

const { only, faults, json, ...plan } = options(process.argv.slice(2));
const all = await allPeers();
const unknown = only.filter((name) => !all.some(({ peer }) => peer.name === name));
if (unknown.length > 0) {
  console.error(`No such peer: ${unknown.join(", ")}. There are: ${all.map(({ peer }) => peer.name).join(", ")}`);
  process.exit(2);
}

const chosen = all.filter(({ peer }) => only.length === 0 || only.includes(peer.name));
if (chosen.some(({ peer }) => !peer.own) && !existsSync(new URL("./node_modules/", import.meta.url))) {
  console.error("Install the peers first: npm ci --prefix test/faults");
  process.exit(2);
}

const runs: Run[] = [];
for (const fault of faults) {
  for (const found of chosen) {
    console.error(`${fault}: ${found.peer.name} …`);
    const done = await run(found, fault, plan);
    if (done) runs.push(done);
  }
}
console.log(json ? JSON.stringify({ plan, runs }, undefined, 2) : printed(runs, plan));
process.exitCode = runs.some((done) => "error" in done) ? 1 : 0;
