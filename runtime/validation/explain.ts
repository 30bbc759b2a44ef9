/**
 * One error of a validator in words: `must be a number`. The words are ours where ajv's own (`must NOT have fewer than 1
 * characters`) are hard to read, or say too little; they are its own for the rest, `multipleOf` among them.
 */
import type { ValidateError } from "../api.js";
import type { Problem } from "../errors.js";
import { cut, found, kindWord, literal, step } from "./found.js";

/** Why a value does not fit, before anything is said of the value. */
export interface Reason {
  readonly path: string;
  /** What it could have been: `must be … or …`. Reasons that all have this can be told as one. */
  readonly be?: readonly string[];
  /** What it must, in other words. */
  readonly must?: string;
  /** The whole sentence, where `must …` is not how people would say it. */
  readonly text?: string;
  /** What is wrong is the kind of value; a value is told with its kind then. */
  readonly kind?: boolean;
  /** What was found, where that is not simply the value. */
  readonly but?: string;
}

/** Of longer choices only so many are told. */
const MANY = 8;
/** Paths and words that are longer are cut: a stranger may choose the names in a path. */
const LONGEST = 500;

const LIMIT = /^(min|)[a-z]*(Length|tems|Properties)$/i;
const UNITS: Readonly<Record<string, string>> = { Length: "character", tems: "item", Properties: "member" };
const SIDES: Readonly<Record<string, string>> = {
  ">=": "at least",
  "<=": "at most",
  ">": "more than",
  "<": "less than",
};
export const FIT_ONE = "fit one of its alternatives";
const TOO_LARGE = '; a number holds integers up to 2^53 exactly, for larger ones generate with int64: "bigint"';

/** Keywords whose errors say which values could have been. */
export function isChoice(keyword: string): boolean {
  return /^(?:type|const|enum|bigint|number)$/.test(keyword);
}

export function reason({ instancePath: path, keyword, params, message }: ValidateError): Reason {
  const { limit, comparison, missingProperty, property, i, j, passingSchemas, allowedValue, allowedValues } = params;
  const { type, additionalProperty, unevaluatedProperty = additionalProperty } = params;
  const own = params[keyword];
  if (keyword === "const") return { path, be: [choice(allowedValue)] };
  if (Array.isArray(allowedValues)) return { path, be: allowedValues.slice(0, MANY + 1).map(choice) };
  if (type !== undefined) return { path, kind: true, be: [type].flat().map(kindWord) };
  if (missingProperty !== undefined) {
    const why = property === undefined ? "" : `, as it has ${literal(property)}`;
    return { path, must: `have the member ${literal(missingProperty)}${why}`, but: "" };
  }
  if (unevaluatedProperty !== undefined)
    return { path: path + step(String(unevaluatedProperty)), must: "be absent", text: "is a member nobody expects" };
  if (keyword === "uniqueItems")
    return { path, must: "have no equal items", ...(i !== undefined && { but: `items ${j} and ${i} are equal` }) };
  if (Array.isArray(passingSchemas)) {
    const which = passingSchemas.map((index) => Number(index) + 1).join(" and ");
    return { path, must: "fit exactly one", text: `fits alternatives ${which}, but must fit exactly one` };
  }
  if (comparison !== undefined) return { path, must: `be ${SIDES[String(comparison)]} ${limit}` };
  const [, least, unit = ""] = LIMIT.exec(keyword) ?? [];
  if (unit) {
    return { path, must: `have at ${least ? "least" : "most"} ${limit} ${UNITS[unit]}${limit === 1 ? "" : "s"}` };
  }
  if (typeof own === "string")
    return { path, must: `match the ${keyword} ${cut(own)}${/^u?int64$/.test(own) ? TOO_LARGE : ""}` };
  if (keyword === "not") return { path, must: "be something else" };
  if (keyword === "false schema") return { path, must: "be absent" };
  if (/^(?:any|one)Of$/.test(keyword)) return { path, must: FIT_ONE };
  const [, must] = /^must (.*)/s.exec(message ?? `must fit ${keyword}`) ?? [];
  if (must === undefined) return { path, must: `fit ${keyword}`, text: String(message) };
  return isChoice(keyword) ? { path, kind: true, be: [must.replace("be ", "")] } : { path, must };
}

/** `must …`, or the sentence, without what was found. */
export function sentence(reason: Reason): string {
  return cut(reason.text ?? `must ${musts(reason)}`, LONGEST);
}

/** The same with what was found, as everybody is told it. */
export function problem(reason: Reason, value: unknown): Problem {
  const { path, text, kind, but } = reason;
  const is = text === undefined ? (but ?? found(value, path, kind)) : "";
  return {
    path: cut(path, LONGEST),
    message: sentence(reason) + (is && `, but ${but ? is : `is ${is}`}`),
    expected: musts(reason).replace(/^(?:be|have|match) /, ""),
    ...(is && { found: is }),
  };
}

function musts({ be, must = "" }: Reason): string {
  return be ? `be ${or(be)}` : must;
}

function or(choices: readonly string[]): string {
  if (choices.length > MANY) return `one of ${choices.slice(0, MANY).join(", ")}, …`;
  const last = choices.at(-1) ?? "";
  return choices.length > 1 ? `${choices.slice(0, -1).join(", ")} or ${last}` : last;
}

function choice(value: unknown): string {
  return literal(value) ?? `a certain ${Array.isArray(value) ? "list" : "object"}`;
}
