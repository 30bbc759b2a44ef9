/**
 * How the hearing side tells messages apart, decided here once: by a constant if one separates them, then by the keys
 * that only one of them has; what is left looks alike and arrives together.
 */
import type { Dispatch, Schema } from "../contract.js";
import type { Scalar, Shapes, Tag } from "./tags.js";

/** A message and the schema of its payload. */
export interface Candidate {
  readonly id: string;
  readonly schema: Schema;
}

/** What to call candidates that nothing tells apart; the id of their union. */
export type Together = (ids: readonly string[]) => string;

interface Known extends Candidate {
  readonly tags: readonly Tag[];
  readonly required: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  /** It may have members that it does not declare by name. */
  readonly open: boolean;
  /** It is an object and nothing else. */
  readonly object: boolean;
}

export function dispatchOf(candidates: readonly Candidate[], shapes: Shapes, together: Together): Dispatch {
  const known = candidates.map(({ id, schema }) => ({
    id,
    schema,
    tags: shapes.tags(schema),
    ...shapes.keys(schema),
    open: shapes.isOpenMap(schema),
    object: shapes.isObject(schema),
  }));
  return alone(known) ?? new Decision(together).of(known);
}

/** A message that is the only one is asked for its constant all the same: what has another is something else. */
function alone(all: readonly Known[]): Dispatch | undefined {
  const [only, ...others] = all;
  const tag = only?.tags.find(({ at, required }) => required && at.length === 1);
  if (!only?.object || !tag || others.length > 0) return undefined;
  return { by: "value", at: tag.at, cases: tag.values.map((value) => [value, only.id] as const) };
}

/** So many constants that all may lack are asked for one after the other; more would make the tree explode. */
const ASKED = 2;

/** One question after the other; what was decided of a group is remembered, since groups come back in many ways. */
class Decision {
  readonly #together: Together;
  readonly #decided = new Map<string, Dispatch>();

  constructor(together: Together) {
    this.#together = together;
  }

  /** `asked`: places where there is known to be nothing. */
  of(all: readonly Known[], asked: readonly string[] = []): Dispatch {
    const [only, ...others] = all;
    if (!only) return null;
    if (others.length === 0) return only.id;
    const group = all.map(({ id }) => id);
    const question = JSON.stringify([group, asked]);
    const known = this.#decided.get(question);
    if (known !== undefined) return known;
    const decided = this.#byValue(all, asked) ?? this.#byKeys(all, asked) ?? this.#together(group);
    this.#decided.set(question, decided);
    return decided;
  }

  /** A constant: the place where most messages part. Those without it go on to the next question. */
  #byValue(all: readonly Known[], asked: readonly string[]): Dispatch | undefined {
    const places = new Map(all.flatMap(({ tags }) => tags).map((tag) => [JSON.stringify(tag.at), tag.at]));
    const best = [...places.values()]
      .filter((at) => asked.length < ASKED && !asked.includes(JSON.stringify(at)))
      .map((at) => ({ at, ...split(all, at) }))
      .filter(({ cases, free }) => [...cases.values(), free].every((group) => group.length < all.length))
      .reduce<Split | undefined>((best, next) => (best && cost(best) <= cost(next) ? best : next), undefined);
    if (!best) return undefined;
    // Only where nobody is ruled out need it be remembered that this was asked: else the smaller group is answer enough.
    const again = best.absent.length === all.length ? [...asked, JSON.stringify(best.at)] : asked;
    const absent = this.of(best.absent, again);
    const otherwise = this.of(best.free, asked);
    return {
      by: "value",
      at: best.at,
      cases: [...best.cases].map(([value, group]) => [value, this.of(group, asked)] as const),
      ...(absent !== null && absent !== otherwise && { absent }),
      ...(otherwise !== null && { otherwise }),
    };
  }

  /** Keys that a message always has and no other of the group may have. */
  #byKeys(all: readonly Known[], asked: readonly string[]): Dispatch | undefined {
    const cases: (readonly [string[], Dispatch])[] = [];
    let rest = all;
    for (const one of all) {
      const others = rest.filter((other) => other !== one);
      const own = [...one.required].find((key) => others.every(({ declared }) => !declared.has(key)));
      if (own === undefined || others.length === 0) continue;
      cases.push([[own], one.id]);
      rest = others;
    }
    if (cases.length === 0) return undefined;
    const otherwise = this.of(rest, asked);
    return { by: "keys", cases, ...(otherwise !== null && { otherwise }) };
  }
}

/** How messages part by the value at a place. */
interface Split {
  readonly at: readonly (string | number)[];
  readonly cases: ReadonlyMap<Scalar, readonly Known[]>;
  /** Those that may come without any value there. */
  readonly absent: readonly Known[];
  /** Those that may come with any value there. */
  readonly free: readonly Known[];
}

function split(all: readonly Known[], at: readonly (string | number)[]): Omit<Split, "at"> {
  const place = JSON.stringify(at);
  const cases = new Map<Scalar, Known[]>();
  const absent: Known[] = [];
  const free: Known[] = [];
  for (const one of all) {
    const tag = one.tags.find((candidate) => JSON.stringify(candidate.at) === place);
    for (const value of tag?.values ?? []) cases.set(value, [...(cases.get(value) ?? []), one]);
    const [key] = at;
    const saysNothing = one.declared.size === 0 && one.tags.length === 0;
    if (!tag && (saysNothing || one.open || one.declared.has(String(key)))) free.push(one);
    const surely = tag ? tag.required : at.length === 1 && one.required.has(String(key));
    if (!surely) absent.push(one);
  }
  return { cases, absent, free };
}

function groupsOf({ cases, absent, free }: Omit<Split, "at">): (readonly Known[])[] {
  return [...cases.values(), absent, free];
}

/** How many messages still look alike after a split; the first place in the document wins among equals. */
function cost(parted: Split): number {
  const alike = groupsOf(parted).reduce((sum, group) => sum + (group.length > 1 ? group.length ** 2 : 0), 0);
  return alike * 10 + parted.at.length;
}
