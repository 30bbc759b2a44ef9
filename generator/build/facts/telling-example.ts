/**
 * What an author showed but did not say: a member whose `default` or only example differs from message to message.
 * That proves nothing of what comes over the wire, so it decides nothing; it makes a good hint.
 */
import type { Action, Json, Schema } from "../../contract.js";
import { type Keywords, list, object, resolve } from "./schema-words.js";
import type { Shapes } from "./shapes.js";

export function tellingExample(members: readonly Action[], shapes: Shapes): string | undefined {
  const shown = members.map(({ payload, doc }) => {
    const inSchema = shownBy({ $ref: `#/$defs/${payload}` }, shapes, 1);
    const inExamples = shownIn(doc?.examples ?? []);
    return new Map([...inExamples, ...inSchema]);
  });
  const places = [...new Set(shown.flatMap((values) => [...values.keys()]))];
  const told = places.map((place) => {
    const values = shown.flatMap((one) => one.get(place) ?? []);
    return { place, values: [...new Set(values)] };
  });
  const [best] = told.filter(({ values }) => values.length > 1).sort((a, b) => b.values.length - a.values.length);
  if (!best) return undefined;
  const values = best.values.slice(0, 3).map((value) => JSON.stringify(value));
  return `\`${best.place}\` differs in their examples (${values.join(", ")}${best.values.length > 3 ? ", …" : ""}); as a required \`const\` in each it would tell them apart.`;
}

/** Texts that a schema gives as default or only example, by member; one level further down too. Each part of it once. */
function shownBy(schema: Schema, shapes: Shapes, depth: number, seen: Set<Keywords> = new Set()): Map<string, string> {
  const { own } = resolve(schema, shapes.types);
  if (!own || seen.has(own)) return new Map();
  seen.add(own);
  const here = Object.entries(object(own["properties"])).flatMap(([key, value]): [string, string][] => {
    const member = value as Schema; // what stands in `properties` is one
    const { own: inner } = resolve(member, shapes.types);
    const said = inner && shownAs(inner);
    if (said !== undefined) return [[key, said]];
    return depth === 0 ? [] : [...shownBy(member, shapes, depth - 1)].map(([below, text]) => [`${key}.${below}`, text]);
  });
  return new Map([...list(own["allOf"]).flatMap((part) => [...shownBy(part, shapes, depth, seen)]), ...here]);
}

function shownAs(own: Keywords): string | undefined {
  if (own["const"] !== undefined || own["enum"] !== undefined) return undefined; // said, and was not enough
  const { default: standard, example, examples } = own;
  const all = [standard, example, ...(Array.isArray(examples) ? examples : [])].filter((value) => value !== undefined);
  const [only, ...others] = new Set(all);
  return typeof only === "string" && others.length === 0 ? only : undefined;
}

/** Texts that all examples of a message have in the same place. */
function shownIn(examples: readonly Json[]): Map<string, string> {
  const [first, ...others] = examples.map(object);
  const shared = Object.entries(first ?? {}).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" && others.every((other) => other[key] === value) ? [[key, value]] : [],
  );
  return new Map(shared);
}
