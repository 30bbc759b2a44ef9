/**
 * Emits what becomes of payloads for an application, by type: a part of `wire.ts`.
 */
import { type Code, code, id, join, key, raw } from "./code.js";
import { doc } from "./doc.js";
import { runtimeType, validator } from "./symbols.js";

/** So many characters stand on one line. */
const ROOM = 80;

/** What becomes of a payload, as the runtime is told: types and their validators by name. */
export type Plan =
  | "date"
  | "bytes"
  | { readonly type: string }
  | { readonly all: readonly Plan[] }
  | { readonly by: string; readonly cases: readonly (readonly [value: string, plan: Plan])[] }
  | { readonly fits: readonly (readonly [validator: string, plan: Plan | undefined])[] }
  | Inside;

export interface Inside {
  readonly members?: readonly (readonly [name: string, plan: Plan | undefined])[];
  readonly rest?: Plan;
  readonly places?: readonly (Plan | undefined)[];
  readonly items?: Plan;
}

export type Plans = ReadonlyMap<string, Plan>;

export function conversionTable(plans: Plans): Code | undefined {
  if (plans.size === 0) return undefined;
  return code`
    ${doc({}, "What an application has for text that says more: dates and bytes.")}
    const conversions = {
      ${[...plans].map(([name, plan]) => code`${id(name)}: ${written(plan)},`)}
    } satisfies Record<string, ${runtimeType("Conversion")}>;
  `;
}

function written(plan: Plan | undefined): Code {
  if (plan === undefined) return code`null`;
  if (typeof plan === "string") return code`${plan}`;
  // The result is named, or the table's type would depend on itself.
  if ("type" in plan) return code`(): ${runtimeType("Conversion")} => conversions.${id(plan.type)}`;
  if ("all" in plan) return group("{", "}", [code`all: ${listed(plan.all.map(written))}`]);
  if ("by" in plan) {
    const cases = plan.cases.map(([value, one]) => listed([code`${value}`, written(one)]));
    return group("{", "}", [code`by: ${plan.by}`, code`cases: ${listed(cases)}`]);
  }
  if ("fits" in plan) {
    const cases = plan.fits.map(([name, one]) => listed([validator(name), written(one)]));
    return group("{", "}", [code`fits: ${listed(cases)}`]);
  }
  return inside(plan);
}

function inside({ members, rest, places, items }: Inside): Code {
  return group("{", "}", [
    ...(members
      ? [
          code`members: ${group(
            "{",
            "}",
            members.map(([name, one]) => code`${key(name)}: ${written(one)}`),
          )}`,
        ]
      : []),
    ...(rest ? [code`rest: ${written(rest)}`] : []),
    ...(places ? [code`places: ${listed(places.map(written))}`] : []),
    ...(items ? [code`items: ${written(items)}`] : []),
  ]);
}

function listed(items: readonly Code[]): Code {
  return group("[", "]", items);
}

/** On one line where there is room, else an item a line. */
function group(open: "{" | "[", close: "}" | "]", items: readonly Code[]): Code {
  const line = join(items, ", ");
  if (line.text.length > ROOM || line.text.includes("\n")) {
    return code`
      ${raw(open)}
        ${items.map((item) => code`${item},`)}
      ${raw(close)}
    `;
  }
  return open === "{" ? code`{ ${line} }` : code`[${line}]`;
}
