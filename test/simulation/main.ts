/** `simulate a seed, or many: [from] [count]`. Prints the story of the first that goes wrong. */
import { simulate } from "./simulate.js";

const [from = "1", count = "1"] = process.argv.slice(2);
const started = Date.now();
let handled = 0;
let bad = 0;
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const life = await simulate(seed);
  handled += life.handled;
  if (life.problems.length === 0 && count !== "1") continue;
  if (life.problems.length > 0) bad++;
  if (bad <= 1) console.log(life.story.join("\n"));
  if (life.problems.length > 0) console.log(`seed ${seed}: ${life.problems.slice(0, 4).join("; ")}`);
  if (bad >= 8) break;
}
console.log(`${count} seeds, ${bad} of them wrong, ${handled} messages handled, ${Date.now() - started} ms`);
