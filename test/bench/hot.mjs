/**
 * Where CPU time went, by function: the self time of each in profiles that `node --cpu-prof` wrote, largest first.
 * `node test/bench/hot.mjs <file.cpuprofile> [count]`.
 */
import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";

const [file, count = "25"] = process.argv.slice(2);
const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, "utf8"));
const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]));

function placeOf({ functionName, url, lineNumber }) {
  const name = functionName || "(anonymous)";
  if (url === "") return name;
  return `${name} ${url.startsWith("file:") ? relative(".", fileURLToPath(url)) : url}:${lineNumber + 1}`;
}

const spent = new Map();
for (const [index, id] of samples.entries()) {
  const place = places.get(id);
  if (place !== "(idle)") spent.set(place, (spent.get(place) ?? 0) + timeDeltas[index]);
}
const total = [...spent.values()].reduce((sum, one) => sum + one, 0);
const hottest = [...spent].sort(([, a], [, b]) => b - a).slice(0, Number(count));
for (const [place, us] of hottest) console.log(`${((us / total) * 100).toFixed(1).padStart(5)} %  ${place}`);
