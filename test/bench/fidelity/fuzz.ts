/** Cases with more values than they came with: mutated ones, which no tool was made for. */
import type { Asked, Subject } from "./case.js";
import { HEADLINE } from "./drafts.js";
import { mutations } from "./mutate.js";
import { random } from "./random.js";

/** The required suite's schemas get values of the set "fuzz" besides their own; the same ones for the same seed. */
export function withFuzz(cases: readonly Subject<Asked>[], count: number, seed: number): Subject<Asked>[] {
  return cases.map((one, index) => {
    if (one.optional || !HEADLINE.includes(one.draft)) return one;
    const own = one.instances.map(({ data }) => data);
    const known = new Set(own.map((data) => JSON.stringify(data)));
    const values = mutations(own, one.schema, count, random(seed + index * 7919));
    const fresh = values.filter((data) => !known.has(JSON.stringify(data)));
    const instances = fresh.map((data, at): Asked => ({ set: "fuzz", description: `fuzz ${at}`, data }));
    return { ...one, instances: [...one.instances, ...instances] };
  });
}
