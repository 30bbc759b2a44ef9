/**
 * A constant at the place where the most messages have one. The constants that are named there are their namers' alone;
 * any other value is of the messages that name none, whether they name the member or not. These are asked on.
 * https://json-schema.org/draft-07/json-schema-validation#rfc.section.6.1.3 (`const`), 6.1.2 (`enum`)
 */
import type { Scalar, Tag, Way } from "../facts/shapes.js";
import type { Known } from "./known.js";

/** How messages part by the value at a place. */
export interface Split {
  readonly at: Way;
  readonly cases: ReadonlyMap<Scalar, readonly Known[]>;
  /** Those that may come without any value there. */
  readonly absent: readonly Known[];
  /** Those that may come with any value there. */
  readonly free: readonly Known[];
  /** Whether some of these name the member, or mean any. */
  readonly isNamed: boolean;
  /** So many surely have one of the constants there. */
  readonly sure: number;
}

/**
 * How much a question must tell. One that is `clear` leads each value to a group of its own, and leaves fewer messages
 * where there is no value. The others are asked only where keys tell nothing: those that make every group smaller, then
 * those with values that all name beside values that few do.
 */
export type Telling = "clear" | "anything" | "some values";

/**
 * The place that most surely have a constant at, and among those the one whose value tells most; undefined where none
 * tells so much. `empty`: places where there is nothing; `known`: places whose value is known.
 */
export function bestSplit(
  all: readonly Known[],
  empty: readonly string[],
  known: readonly string[],
  telling: Telling,
): Split | undefined {
  const isOpen = (place: string) => !isEmpty(place, empty) && !known.includes(place);
  const places = placesIn(all).filter(({ place }) => isOpen(place));
  let best: { readonly split: Split; readonly cost: number } | undefined;
  for (const { place, at, sure } of places.sort((a, b) => b.sure - a.sure)) {
    if (best && best.split.sure > sure) break;
    const split = splitAt(all, place, at, sure);
    const groups = [...split.cases.values()];
    if (split.free.length === all.length || groups.every((group) => group.length === all.length)) continue;
    if (telling !== "some values" && groups.some((group) => group.length === all.length)) continue;
    if (split.free.length > 0 && all.some(({ tags }) => tags.get(place)?.unsure)) continue; // only validators can count
    const same = leadsToOne(split);
    if (same && !split.isNamed) continue; // that it is there says as much, and keys tell that
    if (telling === "clear" && (same || split.absent.length === all.length)) continue;
    const cost = costOf(split);
    if (!best || cost < best.cost) best = { split, cost };
  }
  return best?.split;
}

/** Whether there is nothing at a place, since there is nothing there or above. */
export function isEmpty(place: string, empty: readonly string[]): boolean {
  return empty.some((none) => place === none || place.startsWith(`${none.slice(0, -1)},`));
}

/** A constant that every value of a message has at its top, where none of its constants was asked for yet. */
export function ownConstant({ tags }: Known, asked: readonly string[]): Tag | undefined {
  if (asked.some((place) => tags.has(place))) return undefined;
  return [...tags.values()].find(({ at, required }) => required && at.length === 1);
}

/** Where messages have constants, in document order, and how many surely have one there. */
function placesIn(all: readonly Known[]): { readonly place: string; readonly at: Way; readonly sure: number }[] {
  const found = new Map<string, { readonly place: string; readonly at: Way; sure: number }>();
  for (const { tags } of all) {
    for (const [place, { at, required }] of tags) {
      const known = found.get(place) ?? { place, at, sure: 0 };
      if (required) known.sure += 1;
      found.set(place, known);
    }
  }
  return [...found.values()];
}

function splitAt(all: readonly Known[], place: string, at: Way, sure: number): Split {
  const cases = new Map<Scalar, Known[]>();
  const absent: Known[] = [];
  const free: Known[] = [];
  for (const one of all) {
    const tag = one.tags.get(place);
    for (const value of tag?.values ?? []) {
      const group = cases.get(value);
      if (group) group.push(one);
      else cases.set(value, [one]);
    }
    if (!tag && one.holding(at, place) !== "never") free.push(one);
    if (!(tag ? tag.required : surelyHas(one, place, at))) absent.push(one);
  }
  const meant = free.filter((one) => one.holding(at, place) === "meant");
  // Null is nobody's own: a text that may be null names it as much as a constant does.
  const named = cases.get(null);
  const none = named && all.filter((one) => named.includes(one) || meant.includes(one));
  if (none) cases.set(null, none);
  return { at, cases, absent, free, isNamed: meant.length > 0, sure };
}

/** Whether a message without a constant there always has some value there. */
function surelyHas({ required, inner }: Known, place: string, at: Way): boolean {
  return at.length === 0 || (at.length === 1 && required.has(String(at[0]))) || inner.get(place)?.required === true;
}

/** Whether the same messages are meant whichever of several values it is. */
function leadsToOne({ cases }: Split): boolean {
  const [first = [], ...others] = cases.values();
  const isSame = (group: readonly Known[]) =>
    group.length === first.length && group.every((one, i) => one === first[i]);
  return others.length > 0 && others.every(isSame);
}

/** How many messages still look alike after a split; the first place in the document wins among equals. */
function costOf({ at, cases, absent, free }: Split): number {
  const groups = [...cases.values(), absent, free];
  const alike = groups.reduce((sum, group) => sum + (group.length > 1 ? group.length ** 2 : 0), 0);
  return alike * 10 + at.length;
}
