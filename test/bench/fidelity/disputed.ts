/** Where a tool's two answers contradict each other: values that its validator accepts and its type refuses. */
import type { Subject } from "./case.js";
import type { Measured } from "./measure.js";

export function disputed({ results, checked }: Measured, cases: readonly Subject[]): string[] {
  return cases.flatMap(({ id, instances }) => {
    const verdicts = results.get(id)?.verdicts ?? [];
    const types = checked.get(id);
    if (!types?.compiles) return [];
    return instances.flatMap(({ data, description }, index) =>
      verdicts[index] === true && types.assign[index] === false
        ? [`${id}: ${JSON.stringify(data).slice(0, 120)} (${description})`]
        : [],
    );
  });
}
