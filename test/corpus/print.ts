/**
 * A survey as its reader wants it in a terminal: the table, why documents are refused, and each refusal with its place.
 */
import { columns } from "./columns.js";
import type { Survey } from "./survey.js";
import { broken, groupRows, percent, type Row, reasons, refusals, totalRow, validRow } from "./tally.js";

export function printed(survey: Survey): string {
  return [table(survey), refused(survey), failures(survey), verdict(survey)].filter((part) => part !== "").join("\n\n");
}

const HEAD = ["", "documents", "generate", "compile", "", "with warnings", "refused", "crashed"];

/** The groups and their sums; what is counted apart below them. */
export function table(survey: Survey): string {
  const rows = groupRows(survey).map(cells);
  const [expected, apart] = [rows.slice(0, -3), rows.slice(-3)];
  return columns([HEAD, [], ...expected, [], cells(validRow(survey)), [], ...apart, [], cells(totalRow(survey))]);
}

function cells({ name, documents, generate, compile, withWarnings, refused, crashed }: Row): (string | number)[] {
  return [name, documents, generate, compile, percent(compile, documents), withWarnings, refused, crashed];
}

function refused(survey: Survey): string {
  const all = refusals(survey);
  const why = columns([
    ["refused for", "meant to generate", "counted apart"],
    [],
    ...reasons(all).map(({ rule, expected, apart }) => [rule, expected, apart]),
  ]);
  const each = all.flatMap(({ id, path, group, errors }) => [
    `${id} ${path} (${group})`,
    ...errors.map(({ rule, message, place }) => `  ${rule}  ${message}\n    at ${place ?? "no place"}`),
  ]);
  return `${why}\n\nRefused documents\n\n${each.join("\n")}`;
}

/** What must not be: code that does not compile, and crashes. */
function failures({ attempts, complaints }: Survey): string {
  const crashed = attempts.flatMap(({ document, outcome }) =>
    outcome.kind === "crashed" ? [`${document.id} crashes: ${outcome.stack}`] : [],
  );
  const rejected = [...complaints].map(([id, lines]) => `${id} does not compile:\n  ${lines.join("\n  ")}`);
  return [...crashed, ...rejected].join("\n");
}

function verdict(survey: Survey): string {
  const slowest = [...survey.attempts].sort((one, other) => other.milliseconds - one.milliseconds).slice(0, 3);
  const times = slowest.map(({ document, milliseconds }) => `${document.id} ${seconds(milliseconds)}`);
  const sentences = broken(survey);
  return [
    `${survey.attempts.length} documents in ${seconds(survey.milliseconds)}; the slowest: ${times.join(", ")}`,
    ...(sentences.length === 0 ? ["Everything promised holds."] : sentences.map((text) => `NOT as promised: ${text}.`)),
  ].join("\n");
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
