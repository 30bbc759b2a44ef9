/**
 * Members that some messages always have and no other of the group means; then members that one may have and no other
 * means. A member that a message does not name counts as absent from it where it names others; one that is free-form
 * means all (`facts/places.ts`). A frame with keys of several goes to the first case, in document order.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.5.3 (`required`), 6.5.4 (`properties`)
 */
import { placeOf } from "../facts/shapes.js";
import { isEmpty } from "./by-value.js";
import type { Known } from "./known.js";

/** A key and the messages that have it. */
export interface KeyCase {
  readonly key: string;
  readonly group: readonly Known[];
}

export interface KeySplit {
  readonly cases: readonly KeyCase[];
  readonly rest: readonly Known[];
}

/** Required keys: first those of a single message, then those that part the group most evenly. */
export function byRequiredKeys(all: readonly Known[]): KeySplit | undefined {
  const cases: KeyCase[] = [];
  let rest = all;
  for (const one of all) {
    if (rest.length === 1) break;
    const owners = ownersIn(rest);
    const key = [...one.required].find((key) => owners.get(key)?.length === 1);
    if (key === undefined) continue;
    cases.push({ key, group: [one] });
    rest = rest.filter((other) => other !== one);
  }
  if (cases.length > 0) return { cases, rest };
  return evenSplit(all);
}

function evenSplit(all: readonly Known[]): KeySplit | undefined {
  const parting = [...ownersIn(all)]
    .filter(([key, group]) => group.length < all.length && group.every(({ required }) => required.has(key)))
    .map(([key, group]) => ({ key, group, uneven: Math.abs(all.length - 2 * group.length) }));
  const [best] = parting.sort((a, b) => a.uneven - b.uneven); // stable: the first in the document among equals
  return best && { cases: [best], rest: all.filter((one) => !best.group.includes(one)) };
}

/** A place below the top that some messages always have and the others do not mean. */
export function byInnerKey(
  all: readonly Known[],
): { at: readonly string[]; group: readonly Known[]; rest: readonly Known[] } | undefined {
  const places = new Map(all.flatMap(({ inner }) => [...inner]).filter(([, { required }]) => required));
  const parting = [...places].flatMap(([place, { at }]) => {
    const group = all.filter(({ inner }) => inner.has(place));
    if (group.length === all.length || !group.every(({ inner }) => inner.get(place)?.required)) return [];
    if (all.some((one) => !group.includes(one) && one.holding(at) === "meant")) return [];
    return [{ at, group, uneven: Math.abs(all.length - 2 * group.length) }];
  });
  const [best] = parting.sort((a, b) => a.uneven - b.uneven);
  return best && { at: best.at, group: best.group, rest: all.filter((one) => !best.group.includes(one)) };
}

/** Optional keys of those in `wanted` that no other of the group means. `empty`: places where there is nothing. */
export function byOptionalKeys(
  all: readonly Known[],
  wanted: readonly Known[],
  empty: readonly string[],
): readonly KeyCase[] {
  const owners = ownersIn(all);
  return wanted.flatMap((one) =>
    [...one.declared]
      .filter((key) => owners.get(key)?.length === 1 && !isEmpty(placeOf([key]), empty))
      .map((key) => ({ key, group: [one] })),
  );
}

/** A place below the top that one message names and no other means; its own top-level key would have been asked for. */
export function byOptionalInnerKeys(
  all: readonly Known[],
  wanted: readonly Known[],
  empty: readonly string[],
): readonly { at: readonly string[]; one: Known }[] {
  return wanted.flatMap((one) => {
    const own = [...one.inner].find(
      ([place, { at }]) =>
        !isEmpty(place, empty) &&
        all.every((other) => other === one || (!other.inner.has(place) && other.holding(at) !== "meant")),
    );
    return own ? [{ at: own[1].at, one }] : [];
  });
}

/** Who names which key, or means any. */
function ownersIn(all: readonly Known[]): Map<string, Known[]> {
  const owners = new Map<string, Known[]>();
  for (const one of all) {
    for (const key of one.declared) {
      const known = owners.get(key);
      if (known) known.push(one);
      else owners.set(key, [one]);
    }
  }
  const open = all.filter((one) => one.open);
  for (const [key, named] of owners) named.push(...open.filter(({ declared }) => !declared.has(key)));
  return owners;
}
