/**
 * What becomes of the payloads of each type for an application, as far as anything does: what the runtime's
 * `conversions` are told, with types and their validators by name.
 */
import type { Inside, Plan } from "../../templates/index.js";
import type { Contract, Json } from "../contract.js";
import { isMembers, type Members, schemasIn } from "../normalise/keywords.js";
import { normalise } from "../normalise/normalise.js";
import { list, refName, type Schemas } from "../types/kinds.js";
import { Settled } from "./settled.js";

/** By the names of types; those of which nothing becomes anything else have none. */
export function plansOf(contract: Contract): ReadonlyMap<string, Plan> {
  if (!contract.dates && !contract.binary) return new Map();
  const planner = new Planner(contract);
  return new Map(
    contract.types.flatMap(({ name, untyped, bytes }) => {
      const plan = untyped || bytes ? undefined : planner.ofType(name);
      return plan === undefined ? [] : [[name, plan] as const];
    }),
  );
}

/** Types whose validators tell which is meant. */
export function askedIn(plans: ReadonlyMap<string, Plan>): readonly string[] {
  return [...new Set([...plans.values()].flatMap(asked))];
}

const BECOMES: ReadonlyMap<Json | undefined, Plan> = new Map([
  ["Date", "date"],
  ["Uint8Array", "bytes"],
]);

class Planner {
  readonly #schemas: Schemas;
  readonly #settled: Settled;
  /** Types of which something becomes something else. */
  readonly #converted: ReadonlySet<string>;
  /** What a client accepts of a type is what its twin says. */
  readonly #twins: ReadonlyMap<string, string>;

  constructor(contract: Contract) {
    const { types } = normalise(contract.types, contract);
    this.#schemas = new Map(types.map(({ name, schema }) => [name, schema]));
    this.#settled = new Settled(this.#schemas);
    this.#converted = converted(this.#schemas);
    this.#twins = new Map(types.flatMap(({ name, twinOf }) => (twinOf === undefined ? [] : [[twinOf, name] as const])));
  }

  ofType(name: string): Plan | undefined {
    return this.#converted.has(name) ? this.#of(this.#schemas.get(name) ?? true) : undefined;
  }

  #of(schema: Json | undefined): Plan | undefined {
    if (!isMembers(schema)) return undefined;
    const name = refName(schema);
    const plans = [
      BECOMES.get(schema["becomes"]),
      name !== undefined && this.#converted.has(name) ? { type: name } : undefined,
      ...list(schema["allOf"]).map((part) => this.#of(part)),
      ...this.#choice(list(schema["anyOf"])),
      ...this.#choice(list(schema["oneOf"])),
      this.#inside(schema),
    ].filter((plan) => plan !== undefined);
    return plans.length > 1 ? { all: plans } : plans[0];
  }

  #choice(branches: readonly Json[]): readonly (Plan | undefined)[] {
    if (branches.length === 0) return [];
    const { alone, tagged, fits } = this.#settled.choice(branches);
    const cases = (tagged?.branches ?? []).flatMap((branch, index) => {
      const plan = this.#of(branch);
      return plan === undefined ? [] : (tagged?.tag.values[index] ?? []).map((value) => [value, plan] as const);
    });
    const tried = fits.map((branch) => [this.#validator(refName(branch) ?? ""), this.#of(branch)] as const);
    return [
      ...[...alone].map((branch) => this.#of(branch)),
      cases.length > 0 ? { by: tagged?.tag.name ?? "", cases } : undefined,
      tried.some(([, plan]) => plan !== undefined) ? { fits: tried } : undefined,
    ];
  }

  #validator(type: string): string {
    return this.#twins.get(type) ?? type;
  }

  #inside({ properties, additionalProperties, prefixItems, items }: Members): Inside | undefined {
    const rest = this.#of(additionalProperties);
    const declared = Object.entries(isMembers(properties) ? properties : {});
    // Those of which nothing becomes anything are no others.
    const members = declared
      .map(([name, member]) => [name, this.#of(member)] as const)
      .filter(([, plan]) => plan !== undefined || rest !== undefined);
    const each = this.#of(items);
    const all = list(prefixItems).map((place) => this.#of(place));
    const places = all.some((plan) => plan !== undefined) || (each !== undefined && all.length > 0) ? all : [];
    if (members.length === 0 && rest === undefined && places.length === 0 && each === undefined) return undefined;
    return {
      ...(members.length > 0 && { members }),
      ...(rest !== undefined && { rest }),
      ...(places.length > 0 && { places }),
      ...(each !== undefined && { items: each }),
    };
  }
}

/** Types with something in them that becomes something else, and those that refer to such. */
function converted(schemas: Schemas): ReadonlySet<string> {
  const users = new Map<string, string[]>();
  const found = new Set<string>();
  for (const [name, schema] of schemas) {
    for (const part of schemasIn(schema)) {
      const used = refName(part);
      if (part["becomes"] !== undefined) found.add(name);
      if (used !== undefined) users.set(used, [...(users.get(used) ?? []), name]);
    }
  }
  for (const name of found) for (const user of users.get(name) ?? []) found.add(user); // those found on the way are next
  return found;
}

function asked(plan: Plan): readonly string[] {
  if (typeof plan === "string" || "type" in plan) return [];
  if ("all" in plan) return plan.all.flatMap(asked);
  if ("by" in plan) return plan.cases.flatMap(([, one]) => asked(one));
  if ("fits" in plan) return plan.fits.flatMap(([name, one]) => [name, ...(one === undefined ? [] : asked(one))]);
  const { members = [], rest, places = [], items } = plan;
  return [...members.map(([, one]) => one), rest, ...places, items].flatMap((one) =>
    one === undefined ? [] : asked(one),
  );
}
