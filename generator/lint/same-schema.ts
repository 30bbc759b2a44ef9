/**
 * The same object written out several times: each becomes a type of its own, and grows apart from the others.
 */
import type { Json } from "../contract.js";
import { isMembers, type Members, WORDS } from "../normalise/keywords.js";
import { listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { payloadsOf, type Spot, spotsOf } from "./spots.js";

/** An object of fewer members is no more to write than a reference. */
const MEMBERS = 4;

export const sameSchema: LintRule = {
  id: "same-schema",
  level: "note",
  check(contract, _root, report) {
    const names = [...payloadsOf(contract, "toServer"), ...payloadsOf(contract, "toClient")];
    const groups = new Map<string, Map<string, Spot>>();
    for (const spot of spotsOf(contract, names)) {
      if (!isLarge(spot.schema)) continue;
      const text = JSON.stringify(plain(spot.schema));
      groups.set(text, (groups.get(text) ?? new Map()).set(spot.at, spot));
    }
    const repeated = [...groups.values()].filter((spots) => spots.size > 1).map((spots) => [...spots.values()]);
    const places = new Set(repeated.flatMap((spots) => spots.map(({ at }) => at)));
    // What stands inside of a repeated one is repeated with it.
    const outer = repeated.filter((spots) => spots.some(({ at }) => !isInside(at, places)));
    const [largest] = outer.toSorted(([one], [other]) => sizeOf(other) - sizeOf(one));
    const [first] = largest ?? [];
    if (!largest || !first) return;
    const where = listed(largest.map(({ at }) => at.replace(/^.*?#/s, "#")));
    const which = outer.length === 1 ? "an object" : `${outer.length} objects are written more than once; the largest`;
    report(
      `${which} of ${sizeOf(first)} members is written ${largest.length} times: ${where}`,
      first.at,
      'write it once under "components/schemas" and refer to it: one type then, and one place to change',
    );
  },
};

function isLarge({ properties }: Members): boolean {
  return isMembers(properties) && Object.keys(properties).length >= MEMBERS;
}

function sizeOf(spot: Spot | undefined): number {
  return Object.keys(Object(spot?.schema["properties"])).length;
}

/** Whether a place stands inside of one of these. */
function isInside(at: string, places: ReadonlySet<string>): boolean {
  const ends = [...at.matchAll(/\//g)].map(({ index }) => index);
  return ends.some((end) => places.has(at.slice(0, end)));
}

/** Without words, and whatever the order of its keys. */
function plain(value: Json, isNames = false): Json {
  if (Array.isArray(value)) return value.map((item: Json) => plain(item));
  if (!isMembers(value)) return value;
  const kept = Object.entries(value).filter(([key]) => isNames || !WORDS.has(key));
  const sorted = kept.toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, inner]) => [key, plain(inner, !isNames && key === "properties")]));
}
