/**
 * One question after the other, by the rung that is lowest: JSON types, constants, required keys, optional keys,
 * validators; what none of them parts looks alike.
 *
 * What was decided of a group is remembered, since groups come back in many ways. Questions make the groups they lead
 * to smaller, keys and validators part a group without overlap, and of constants that rule nobody out no more than
 * `ASKED` are asked in a row: the tree grows with the messages and their constants, not with their powers. Time is dominated
 * by choosing the place to ask about, places × messages for each group, and by comparing the schemas of those that
 * reach the last rung in pairs.
 */
import type { Dispatch } from "../../contract.js";
import { placeOf, type Way } from "../facts/shapes.js";
import { components, type Excludes } from "./by-fit.js";
import { byInnerKey, byOptionalInnerKeys, byOptionalKeys, byRequiredKeys } from "./by-keys.js";
import { byType } from "./by-type.js";
import { bestSplit, ownConstant, type Telling } from "./by-value.js";
import type { Known } from "./known.js";

/** So many constants that all may lack, or that all may have, are asked for one after the other. */
const ASKED = 2;

/** Questions about members of members stand inside each other; more than so many would be no small tree. */
const CHAINED = 6;

/** What is settled on the way to a group. */
interface Settled {
  /** Places where there is known to be nothing. */
  readonly empty: readonly string[];
  /** Places whose value is known. */
  readonly known: readonly string[];
  /** So many questions ruled nobody out, where there was no value or one that all name. */
  readonly doubts: number;
  /** Nothing but the JSON type was asked yet. */
  readonly first: boolean;
}

const START: Settled = { empty: [], known: [], doubts: 0, first: true };

export class Decision {
  readonly #excludes: Excludes;
  readonly #alike: (group: readonly Known[]) => string;
  readonly #decided = new Map<string, Dispatch>();

  /** `alike`: the door of messages that nothing tells apart. */
  constructor(excludes: Excludes, alike: (group: readonly Known[]) => string) {
    this.#excludes = excludes;
    this.#alike = alike;
  }

  of(all: readonly Known[], settled: Settled = START): Dispatch {
    const [only, ...others] = all;
    if (!only) return null;
    if (others.length === 0) return asked(all, only.id, settled);
    const known = settled.known.filter((place) => all.some(({ tags }) => tags.has(place)));
    const empty = settled.empty.filter((place) => all.some((one) => names(one, place)));
    const question = JSON.stringify([all.map(({ id }) => id), empty, known, settled.doubts]);
    const before = this.#decided.get(question);
    if (before !== undefined) return before;
    const decided =
      byType(all, (group) => this.of(group, settled)) ??
      this.#byValue(all, settled, "clear") ??
      this.#byRequiredKeys(all, settled) ??
      this.#byInnerKey(all, settled) ??
      this.#byValue(all, settled, "anything") ??
      this.#byValue(all, settled, "some values") ??
      this.#byTheRest(all, settled);
    this.#decided.set(question, decided);
    return decided;
  }

  #byValue(all: readonly Known[], settled: Settled, telling: Telling): Dispatch | undefined {
    const best = settled.doubts < ASKED ? bestSplit(all, settled.empty, settled.known, telling) : undefined;
    if (!best) return undefined;
    const place = placeOf(best.at);
    const known = [...settled.known, place];
    const empty = [...settled.empty, place];
    const doubtsOf = (group: readonly Known[]) => settled.doubts + (group.length === all.length ? 1 : 0);
    const doubts = doubtsOf(best.absent);
    const next = { ...settled, first: false };
    const absent = this.of(best.absent, { ...next, empty, doubts });
    const otherwise = this.of(best.free, { ...next, known });
    return {
      by: "value",
      at: best.at,
      cases: [...best.cases].map(
        ([value, group]) => [value, this.of(group, { ...next, known, doubts: doubtsOf(group) })] as const,
      ),
      ...(absent !== null && !isSame(absent, otherwise) && { absent }),
      ...(otherwise !== null && { otherwise }),
    };
  }

  #byRequiredKeys(all: readonly Known[], settled: Settled): Dispatch | undefined {
    const split = byRequiredKeys(all);
    if (!split) return undefined;
    const next = { ...settled, first: false };
    const cases = split.cases.map(({ key, group }) => [[key], this.of(group, next)] as const);
    return keys(cases, this.of(split.rest, next));
  }

  /** Whether there is anything at a place below the top: a question for a value, without caring which. */
  #byInnerKey(all: readonly Known[], settled: Settled): Dispatch | undefined {
    const split = byInnerKey(all);
    if (!split) return undefined;
    const { at, group, rest } = split;
    const next = { ...settled, first: false };
    return { by: "value", at, cases: [], absent: this.of(rest, next), otherwise: this.of(group, next) };
  }

  /** Optional keys where validators alone would not do, then validators, then whatever looks alike. */
  #byTheRest(all: readonly Known[], settled: Settled): Dispatch {
    const groups = components(all, this.#excludes);
    const doubtful = groups.filter((group) => group.length > 1).flat();
    const cases = byOptionalKeys(all, doubtful, settled.empty).map(({ key, group }) => [[key], doorOf(group)] as const);
    const keyed = new Set(cases.map(([, id]) => id));
    const otherwise = byOptionalInnerKeys(
      all,
      doubtful.filter(({ id }) => !keyed.has(id)),
      settled.empty,
    )
      .slice(0, CHAINED)
      .reduceRight<Dispatch>(
        (absent, { at, one }) => ({ by: "value", at, cases: [], absent, otherwise: one.id }),
        this.#byFit(groups),
      );
    if (typeof otherwise === "string" && cases.length === 0) return asked(all, otherwise, settled);
    return cases.length > 0 ? keys(cases, otherwise) : otherwise;
  }

  #byFit(groups: readonly (readonly Known[])[]): Dispatch {
    const doors = groups.map((group) => (group.length > 1 ? this.#alike(group) : doorOf(group)));
    const [first = null, ...others] = doors;
    if (others.length === 0) return first;
    return {
      by: "fit",
      cases: groups.map((group, index) => [group.map(({ id }) => id), doors[index] ?? null] as const),
    };
  }
}

/**
 * What is left is asked for its constant all the same, one message or several that look alike: what has another value is
 * something else. After other questions only for a single value, so that the tree stays small.
 */
function asked([first, ...others]: readonly Known[], door: string, settled: Settled): Dispatch {
  const tag = first && ownConstant(first, settled.known);
  if (!tag || (tag.values.length > 1 && !settled.first)) return door;
  const isShared = others.every(({ tags }) => {
    const same = tags.get(placeOf(tag.at));
    return same?.required === true && same.values.join() === tag.values.join();
  });
  return isShared ? { by: "value", at: tag.at, cases: tag.values.map((value) => [value, door] as const) } : door;
}

/** A question for keys; where another would follow it, they are one. */
function keys(cases: readonly (readonly [readonly string[], Dispatch])[], otherwise: Dispatch): Dispatch {
  if (typeof otherwise === "object" && otherwise?.by === "keys") {
    return { ...otherwise, cases: [...cases, ...otherwise.cases] };
  }
  return { by: "keys", cases, ...(otherwise !== null && { otherwise }) };
}

/** Whether a message says anything of a place. */
function names({ tags, declared, inner }: Known, place: string): boolean {
  const [key, ...deeper] = JSON.parse(place) as Way; // as `placeOf` writes it
  return tags.has(place) || inner.has(place) || (deeper.length === 0 && declared.has(String(key)));
}

function isSame(one: Dispatch, other: Dispatch): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}

function doorOf([only]: readonly Known[]): Dispatch {
  return only?.id ?? null;
}
