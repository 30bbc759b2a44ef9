/**
 * What contradicts itself, in words: "an object and an array".
 */
import type { Json } from "../../contract.js";
import { isMembers, type Members } from "../../normalise/keywords.js";
import { isImpossible, type Read } from "./impossible.js";

/** One thing that is said of a value. */
interface Said {
  readonly schema: Members;
  readonly words: string;
}

/** So many things are compared, each with each. */
const COMPARED = 12;

/** So many constants are named. */
const NAMED = 3;

const ARTICLES: ReadonlyMap<Json, string> = new Map([
  ["object", "an object"],
  ["array", "an array"],
  ["integer", "an integer"],
  ["number", "a number"],
  ["string", "a string"],
  ["boolean", "a boolean"],
  ["null", "null"],
]);

const LIMITS: ReadonlyMap<string, string> = new Map([
  ["minLength", "a string whose length is at least"],
  ["maxLength", "a string whose length is at most"],
  ["pattern", "a string that matches"],
  ["minimum", "a number that is at least"],
  ["maximum", "a number that is at most"],
  ["exclusiveMinimum", "a number above"],
  ["exclusiveMaximum", "a number below"],
  ["minItems", "a list whose length is at least"],
  ["maxItems", "a list whose length is at most"],
]);

/** Two things said that exclude each other; undefined where that takes more words than there are here. */
export function bothWords(parts: readonly Members[], read: Read): string | undefined {
  const all = parts.flatMap((part) => saidBy(part, read)).slice(0, COMPARED);
  for (const [index, one] of all.entries()) {
    const other = all.slice(index + 1).find(({ schema }) => isImpossible([one.schema, schema], read));
    if (other && other.words !== one.words) return `${one.words} and ${other.words}`;
  }
  return undefined;
}

function saidBy(part: Members, read: Read): Said[] {
  const { type, const: constant, enum: choice } = part;
  const said: Said[] = [];
  if (type !== undefined) said.push({ schema: { type }, words: typeWords(type) });
  if (constant !== undefined) said.push({ schema: { const: constant }, words: JSON.stringify(constant) });
  if (Array.isArray(choice)) said.push({ schema: { enum: choice }, words: constantWords(choice) });
  for (const [keyword, words] of LIMITS) {
    const limit = part[keyword];
    if (limit !== undefined)
      said.push({
        schema: { ...(type !== undefined && { type }), [keyword]: limit },
        words: `${words} ${String(limit)}`,
      });
  }
  const choices = ["anyOf", "oneOf"].flatMap((keyword) => (Array.isArray(part[keyword]) ? [part[keyword]] : []));
  for (const branches of choices) {
    const words = branches.map((branch: Json) => branchWords(branch, read));
    if (!words.includes(undefined)) said.push({ schema: { anyOf: branches }, words: [...new Set(words)].join(" or ") });
  }
  return said;
}

/** What a branch says first; a choice of objects is one of objects. */
function branchWords(branch: Json, read: Read): string | undefined {
  const name = isMembers(branch) && typeof branch["$ref"] === "string" ? branch["$ref"].replace("#/$defs/", "") : "";
  const target = read.get(name) ?? branch;
  if (!isMembers(target) || target["$ref"] !== undefined) return undefined;
  return target["type"] === undefined ? undefined : typeWords(target["type"]);
}

function typeWords(type: Json): string {
  return [type]
    .flat()
    .map((one) => ARTICLES.get(one) ?? JSON.stringify(one))
    .join(" or ");
}

function constantWords(values: readonly Json[]): string {
  const named = values.slice(0, NAMED).map((value) => JSON.stringify(value));
  return [...named, ...(values.length > NAMED ? ["…"] : [])].join(" or ");
}
