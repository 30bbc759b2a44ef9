/**
 * Lives through seeds: `from count`, one after the other, until one goes wrong, whose story it prints. A single seed's
 * story is printed whatever comes of it. Exit code 1 where something went wrong.
 */
import { simulate } from "./simulate.js";

const [from = "1", count = "1"] = process.argv.slice(2);
const last = Number(from) + Number(count) - 1;
let handled = 0;
for (let seed = Number(from); seed <= last; seed++) {
  const life = await simulate(seed);
  handled += life.handled;
  if (life.problems.length > 0 || count === "1") console.log(life.story.join("\n"));
  if (life.problems.length === 0) continue;
  console.log(`\nseed ${seed} went wrong: ${life.problems[0]}`);
  process.exit(1);
}
console.log(`${count} seeds, ${handled} messages handled`);
