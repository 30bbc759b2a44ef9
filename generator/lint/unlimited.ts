/**
 * Texts, lists and maps that a client may send as long as it likes: a server's limit of a frame bounds the message, not what
 * is made of it.
 */
import type { Json } from "../contract.js";
import type { Members } from "../normalise/keywords.js";
import { listed } from "./listed.js";
import type { LintRule } from "./rule.js";
import { type Spot, spotsOf } from "./spots.js";

export const unlimited: LintRule = {
  id: "unlimited",
  level: "note",
  check(contract, _root, report) {
    for (const { toServer } of contract.connections) {
      const actions = toServer.actions.filter(({ frame }) => frame !== "bytes");
      const titles = new Map(actions.map(({ payload, title }) => [payload, title]));
      const places = placesIn(spotsOf(contract, [...titles.keys()]));
      const [first] = places;
      if (!first) continue;
      const names = places.map(({ spot, word }) => `${[titles.get(spot.of), spot.name].join(" ").trim()} (${word})`);
      report(
        `${places.length} ${places.length === 1 ? "part" : "parts"} of what clients send may have any length: ${listed(names)}`,
        first.spot.at,
        "say how much there may be: what is more is refused before your code sees it",
      );
    }
  },
};

interface Limit {
  readonly word: string;
  concerns(schema: Members): boolean;
  isSaid(schema: Members): boolean;
}

/** Gravest first: of what a list or a map holds there may be any number. */
const LIMITS: readonly Limit[] = [
  {
    word: "maxItems",
    concerns: ({ type, items }) => isOf(type, "array") && !Array.isArray(items),
    isSaid: (schema) => has(schema, ["maxItems", "enum", "const", "prefixItems"]),
  },
  {
    word: "maxProperties",
    concerns: ({ additionalProperties: more, patternProperties }) =>
      patternProperties !== undefined || (typeof more === "object" && more !== null),
    isSaid: (schema) => has(schema, ["maxProperties", "enum", "const"]),
  },
  {
    word: "maxLength",
    concerns: ({ type }) => isOf(type, "string"),
    isSaid: (schema) => has(schema, ["maxLength", "enum", "const", "pattern", "format"]),
  },
];

/** Where a limit is missing; it may stand beside the type, in another part of the same value. */
function placesIn(spots: readonly Spot[]): readonly { readonly spot: Spot; readonly word: string }[] {
  const values = new Map<string, Spot[]>();
  for (const spot of spots) {
    const key = `${spot.of} ${spot.name}`;
    values.set(key, [...(values.get(key) ?? []), spot]);
  }
  return LIMITS.flatMap(({ word, concerns, isSaid }) =>
    [...values.values()].flatMap((all) => {
      const spot = all.find(({ schema }) => concerns(schema));
      return spot && !all.some(({ schema }) => isSaid(schema)) ? [{ spot, word }] : [];
    }),
  );
}

function isOf(type: Json | undefined, wanted: string): boolean {
  return [type].flat().includes(wanted);
}

function has(schema: Members, keywords: readonly string[]): boolean {
  return keywords.some((keyword) => schema[keyword] !== undefined);
}
