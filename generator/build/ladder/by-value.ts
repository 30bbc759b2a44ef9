/**
 * A constant at the place where most messages part. Messages without one go on to the next question.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.3 (`const`), 6.1.2 (`enum`)
 */
import type { Scalar, Tag, Way } from "../tags.js";
import type { Known } from "./known.js";

/** How messages part by the value at a place. */
export interface Split {
  readonly at: Way;
  readonly cases: ReadonlyMap<Scalar, readonly Known[]>;
  /** Those that may come without any value there. */
  readonly absent: readonly Known[];
  /** Those that may come with any value there. */
  readonly free: readonly Known[];
}

/** The place whose value tells most; undefined where none makes every group smaller. `barred`: not to be asked again. */
export function bestSplit(all: readonly Known[], barred: readonly string[]): Split | undefined {
  const places = new Map(all.flatMap(({ tags }) => [...tags]).filter(([place]) => !barred.includes(place)));
  let best: { readonly split: Split; readonly cost: number } | undefined;
  for (const [place, { at }] of places) {
    const split = splitAt(all, place, at);
    if ([...split.cases.values(), split.free].some((group) => group.length === all.length)) continue;
    if (tellsOnlyPresence(split)) continue;
    const cost = costOf(split);
    if (!best || cost < best.cost) best = { split, cost };
  }
  return best?.split;
}

/** A constant that every value of a message has at its top, where none of its constants was asked for yet. */
export function ownConstant({ tags }: Known, asked: readonly string[]): Tag | undefined {
  if (asked.some((place) => tags.has(place))) return undefined;
  return [...tags.values()].find(({ at, required }) => required && at.length === 1);
}

function splitAt(all: readonly Known[], place: string, at: Way): Split {
  const cases = new Map<Scalar, Known[]>();
  const absent: Known[] = [];
  const free: Known[] = [];
  const [key] = at;
  for (const one of all) {
    const tag = one.tags.get(place);
    for (const value of tag?.values ?? []) {
      const group = cases.get(value);
      if (group) group.push(one);
      else cases.set(value, [one]);
    }
    if (!tag && takesAny(one, key)) free.push(one);
    const surely = tag ? tag.required : at.length === 1 && one.required.has(String(key));
    if (!surely) absent.push(one);
  }
  return { at, cases, absent, free };
}

/** Whether a message without a constant there may have some other value there. */
function takesAny({ types, declared, tags, open }: Known, key: string | number | undefined): boolean {
  if (!types.has(typeof key === "number" ? "array" : "object")) return false;
  const saysNothing = declared.size === 0 && tags.size === 0;
  return saysNothing || open || declared.has(String(key));
}

/** Whichever of its values it is, the same messages are meant: that it is there says as much, and keys are asked later. */
function tellsOnlyPresence({ cases, free }: Split): boolean {
  const [first = [], ...others] = cases.values();
  const isSame = (group: readonly Known[]) =>
    group.length === first.length && group.every((one, i) => one === first[i]);
  return others.length > 0 && free.length === 0 && others.every(isSame);
}

/** How many messages still look alike after a split; the first place in the document wins among equals. */
function costOf({ at, cases, absent, free }: Split): number {
  const groups = [...cases.values(), absent, free];
  const alike = groups.reduce((sum, group) => sum + (group.length > 1 ? group.length ** 2 : 0), 0);
  return alike * 10 + at.length;
}
