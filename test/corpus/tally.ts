/**
 * What a survey says in numbers, and whether they are what is promised.
 */
import type { Attempt, Defect } from "./attempt.js";
import { GROUPS, type Group } from "./documents.js";
import type { Survey } from "./survey.js";

export interface Row {
  readonly name: string;
  readonly documents: number;
  readonly generate: number;
  /** Of those that generate. */
  readonly compile: number;
  /** Of those that generate. */
  readonly withWarnings: number;
  readonly refused: number;
  readonly crashed: number;
}

export interface Refusal {
  readonly id: string;
  readonly path: string;
  readonly group: Group;
  readonly errors: readonly Defect[];
}

/** Groups whose documents are not all meant to generate. */
const APART: readonly Group[] = ["invalid to the reference parser", "with remote references", "AsyncAPI 1.x"];

export function groupRows(survey: Survey): Row[] {
  return GROUPS.map((group) => row(group, survey, (attempt) => attempt.document.group === group));
}

/** Every document that AsyncAPI's own parser calls valid, those with remote references aside. */
export function validRow(survey: Survey): Row {
  return row(
    "valid to the reference parser",
    survey,
    ({ document }) => document.valid && !APART.includes(document.group),
  );
}

export function totalRow(survey: Survey): Row {
  return row("all", survey, () => true);
}

function row(name: string, { attempts, complaints }: Survey, belongs: (attempt: Attempt) => boolean): Row {
  const mine = attempts.filter(belongs);
  const generated = mine.filter(({ outcome }) => outcome.kind === "generated");
  return {
    name,
    documents: mine.length,
    generate: generated.length,
    compile: generated.filter(({ document }) => !complaints.has(document.id)).length,
    withWarnings: generated.filter(({ outcome }) => outcome.kind === "generated" && outcome.warnings.length > 0).length,
    refused: mine.filter(({ outcome }) => outcome.kind === "refused").length,
    crashed: mine.filter(({ outcome }) => outcome.kind === "crashed").length,
  };
}

export function refusals({ attempts }: Survey): Refusal[] {
  return attempts.flatMap(({ document: { id, path, root, group }, outcome }) =>
    outcome.kind === "refused" ? [{ id, path: path.slice(root.length + 1), group, errors: outcome.errors }] : [],
  );
}

/** How many documents are refused for a reason, by the rule that their first error broke; most frequent first. */
export function reasons(refused: readonly Refusal[]): { rule: string; expected: number; apart: number }[] {
  const rules = new Map<string, { expected: number; apart: number }>();
  for (const { group, errors } of refused) {
    const rule = errors[0]?.rule ?? "none";
    const count = rules.get(rule) ?? { expected: 0, apart: 0 };
    count[APART.includes(group) ? "apart" : "expected"]++;
    rules.set(rule, count);
  }
  return [...rules]
    .map(([rule, count]) => ({ rule, ...count }))
    .sort((one, other) => other.expected + other.apart - (one.expected + one.apart));
}

/** The promises that are broken, each as a sentence; none where all is well. */
export function broken(survey: Survey): string[] {
  const real = row("", survey, ({ document }) => document.group === "real-world WebSocket");
  const valid = validRow(survey);
  const all = totalRow(survey);
  const speechless = refusals(survey).filter(({ errors }) => !wellSaid(errors));
  const promises: readonly (readonly [kept: boolean, sentence: string])[] = [
    [all.documents > 0, "there are no documents"],
    [
      real.compile === real.documents,
      `${real.documents - real.compile} of ${real.documents} real-world WebSocket documents do not generate and compile`,
    ],
    [
      valid.compile >= valid.documents * 0.98,
      `${percent(valid.compile, valid.documents)} of the valid documents generate and compile; 98 % are promised`,
    ],
    [all.crashed === 0, `${all.crashed} documents end in a crash`],
    [
      speechless.length === 0,
      `refusals without a place or a reason: ${speechless.map(({ id, errors }) => `${id} (${errors[0]?.rule})`).join(", ")}`,
    ],
  ];
  return promises.filter(([kept]) => !kept).map(([, sentence]) => sentence);
}

/** Every error has its place and a sentence; none of them is a stack trace. */
function wellSaid(errors: readonly Defect[]): boolean {
  return (
    errors.length > 0 &&
    errors.every(({ place, message }) => place !== undefined && /\S/.test(message) && !/\n\s+at /.test(message))
  );
}

/** Rounded down: 100 % are all of them. */
export function percent(part: number, whole: number): string {
  return whole === 0 ? "–" : `${(Math.floor((part / whole) * 1000) / 10).toFixed(1)} %`;
}
