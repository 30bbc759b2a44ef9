/**
 * The last rung: validators, where schemas provably exclude each other at a place that no question can ask about.
 * https://json-schema.org/draft-07/json-schema-core#rfc.section.4.3.1 (a value fits a schema or it does not)
 */
import type { Known } from "./known.js";

export type Excludes = (one: Known, other: Known) => boolean;

/** Groups of messages of which none fits a schema of another group, in document order. */
export function components(all: readonly Known[], excludes: Excludes): readonly (readonly Known[])[] {
  let found: (readonly Known[])[] = [];
  for (const one of all) {
    const touched = found.filter((group) => group.some((other) => !excludes(one, other)));
    const joined = [...touched.flat(), one];
    found = [...found.filter((group) => !touched.includes(group)), joined];
  }
  const order = new Map(all.map((one, index) => [one, index]));
  const place = (one: Known | undefined) => (one ? (order.get(one) ?? 0) : 0);
  return found
    .map((group) => group.toSorted((a, b) => place(a) - place(b)))
    .toSorted(([a], [b]) => place(a) - place(b));
}
