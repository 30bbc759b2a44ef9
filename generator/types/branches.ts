/**
 * What several schemas say together, as alternatives: in each every choice is made, so that what is left can be said
 * kind by kind. Where there would be too many, what is least telling is forgotten, which only makes a type wider.
 */
import type { Json, JsonType, Schema } from "../contract.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import { asSchema, isSame, KINDS, kindOf, kindsNamed, list, refName, type Schemas, valuesOf } from "./kinds.js";
import { negation } from "./negation.js";

/** One alternative: everything in it holds at once. */
export interface Branch {
  readonly kinds: readonly JsonType[];
  /** 64-bit integers are `bigint`s. */
  readonly big: boolean;
  /** What texts are made, for an application. */
  readonly becomes?: string;
  /** The only values there are. */
  readonly values?: readonly Json[];
  readonly noneOf: readonly Json[];
  /** What is said of members and items. */
  readonly facts: readonly Fact[];
}

/** A schema that says something of members or items. */
export interface Fact {
  readonly schema: Members;
  /** What it is a part of, itself included: that counts which members its own `unevaluated…` is about. */
  readonly within: readonly Members[];
  /** Names that are evaluated perhaps: by a choice that was not followed. */
  readonly loose?: true;
}

/** How much is looked at: everything, no exclusions, no choices. */
type Depth = "exact" | "plain" | "bare";

const MOST = 64;
const STEPS = 4_000;

/** So many choices below `unevaluated…` are tried in all combinations, since each that fits evaluates. */
const COMBINED = 4;

const START: Branch = { kinds: KINDS, big: false, noneOf: [], facts: [] };

export function branchesOf(claims: readonly Schema[], schemas: Schemas, brief: boolean): readonly Branch[] {
  for (const depth of ["exact", "plain", "bare"] as const) {
    const found = new Expansion(schemas, depth, brief).all(claims);
    if (found) return found;
  }
  return [START];
}

/** Whether no value fits both, as far as kinds, constants and members that must be there tell. */
export function exclude(one: Schema, other: Schema, schemas: Schemas): boolean {
  return new Expansion(schemas, "bare", true).isImpossible([one, other]);
}

class Overflow extends Error {}

class Expansion {
  readonly #schemas: Schemas;
  readonly #depth: Depth;
  readonly #brief: boolean;
  #steps = 0;

  constructor(schemas: Schemas, depth: Depth, brief: boolean) {
    this.#schemas = schemas;
    this.#depth = depth;
    this.#brief = brief;
  }

  all(claims: readonly Schema[]): readonly Branch[] | undefined {
    try {
      return claims.reduce<readonly Branch[]>((branches, claim) => this.#add(branches, claim, []), [START]);
    } catch (error) {
      if (error instanceof Overflow) return undefined;
      throw error;
    }
  }

  isImpossible(claims: readonly Schema[]): boolean {
    return this.all(claims)?.every((branch) => this.#isEmpty(branch)) ?? false;
  }

  #add(branches: readonly Branch[], claim: Json, around: readonly Members[]): readonly Branch[] {
    if (claim === false || branches.length === 0) return [];
    if (!isMembers(claim)) return branches;
    if (++this.#steps > STEPS) throw new Overflow();
    const within = limitsRest(claim) ? [...around, claim] : around;
    let all = bounded(branches.flatMap((branch) => this.#own(branch, claim, within)));
    all = bounded(this.#reference(all, claim, within));
    for (const part of list(claim["allOf"])) all = bounded(this.#add(all, part, within));
    all = bounded(this.#choices(all, claim, within));
    return bounded(this.#conditions(all, claim, within));
  }

  /** What the schema says by itself. */
  #own(branch: Branch, claim: Members, within: readonly Members[]): Branch[] {
    const named = kindsNamed(claim);
    const own = valuesOf(claim);
    const noneOf = [...branch.noneOf, ...list(claim["noneOf"])];
    const kinds = named ? branch.kinds.filter((kind) => named.includes(kind)) : branch.kinds;
    const both = own && (branch.values?.filter((value) => own.some((one) => isSame(one, value))) ?? own);
    const values = (both ?? branch.values)?.filter((value) => {
      return kinds.includes(kindOf(value)) && isWhole(value, claim) && !noneOf.some((one) => isSame(one, value));
    });
    const left = values ? kinds.filter((kind) => values.some((value) => kindOf(value) === kind)) : kinds;
    const becomes = claim["becomes"] ?? branch.becomes;
    const possible = left.filter((kind) => kind !== "null" || !noneOf.includes(null));
    if (possible.length === 0) return [];
    return [
      {
        kinds: possible,
        big: branch.big || claim["bigint"] !== undefined,
        noneOf,
        ...(typeof becomes === "string" && { becomes }),
        ...(values && { values }),
        facts: saysOfInside(claim) ? [...branch.facts, { schema: claim, within }] : branch.facts,
      },
    ];
  }

  #reference(branches: readonly Branch[], claim: Members, within: readonly Members[]): readonly Branch[] {
    const name = refName(claim);
    return name === undefined ? branches : this.#add(branches, this.#schemas.get(name) ?? true, within);
  }

  #choices(branches: readonly Branch[], claim: Members, within: readonly Members[]): readonly Branch[] {
    const { anyOf, oneOf } = claim;
    if (anyOf === undefined && oneOf === undefined) return branches; // as most
    let all = branches;
    for (const [keyword, choice] of Object.entries({ anyOf, oneOf })) {
      if (!Array.isArray(choice)) continue;
      if (this.#depth === "bare") all = all.map((branch) => loosened(branch, within));
      else if (keyword === "oneOf") all = bounded(this.#oneOf(all, choice, within));
      else all = bounded(this.#anyOf(all, choice, within));
    }
    return all;
  }

  #anyOf(branches: readonly Branch[], choice: readonly Json[], within: readonly Members[]): readonly Branch[] {
    if (within.length === 0) return choice.flatMap((one) => this.#add(branches, one, within));
    // What fits evaluates, so it matters which fit together.
    if (choice.length <= COMBINED) {
      return subsets(choice).flatMap((some) =>
        some.reduce<readonly Branch[]>((all, one) => this.#add(all, one, within), branches),
      );
    }
    return choice.flatMap((one) => this.#add(branches, one, within).map((branch) => loosened(branch, within)));
  }

  #oneOf(branches: readonly Branch[], choice: readonly Json[], within: readonly Members[]): readonly Branch[] {
    return choice.flatMap((one, index) => {
      const chosen = this.#add(branches, one, within);
      if (this.#depth !== "exact") return chosen;
      const others = choice.filter((_, other) => other !== index);
      return others.reduce<readonly Branch[]>((all, other) => this.#without(all, other), chosen);
    });
  }

  /** The branches less what the other one accepts; those that exclude it anyway stay as they are. */
  #without(branches: readonly Branch[], other: Json): readonly Branch[] {
    return bounded(
      branches.flatMap((branch) => {
        const shared = this.#add([branch], other, []);
        if (shared.length === 0 || shared.every((one) => this.#isEmpty(one))) return [branch];
        return this.#add([branch], negation(other, this.#schemas, this.#brief), []);
      }),
    );
  }

  /** Whether an object must have a member that can have no value, as far as is seen without choices: enough for tags. */
  #isEmpty({ kinds, facts }: Branch): boolean {
    if (kinds.length !== 1 || kinds[0] !== "object") return false;
    const required = new Set(facts.flatMap(({ schema }) => list(schema["required"])));
    return [...required].some((name) => {
      const said = facts.flatMap(({ schema }) => {
        const { properties, absent } = schema;
        if (list(absent).includes(name)) return [false];
        return isMembers(properties) && Object.hasOwn(properties, String(name))
          ? [properties[String(name)] ?? true]
          : [];
      });
      return new Expansion(this.#schemas, "bare", this.#brief).all(said.map(asSchema))?.length === 0;
    });
  }

  /** `not`, `if` and what depends on a member. */
  #conditions(branches: readonly Branch[], claim: Members, within: readonly Members[]): readonly Branch[] {
    if (!CONDITIONS.some((keyword) => claim[keyword] !== undefined)) return branches; // as most
    const { not, if: condition, then: met = true, else: unmet = true } = claim;
    const ways: (readonly (readonly Json[])[])[] = [];
    if (not !== undefined) ways.push([[negation(not, this.#schemas, this.#brief)]]);
    if (condition !== undefined)
      ways.push([
        [condition, met],
        [negation(condition, this.#schemas, this.#brief), unmet],
      ]);
    for (const [name, others] of Object.entries(
      isMembers(claim["dependentRequired"]) ? claim["dependentRequired"] : {},
    ))
      ways.push([[{ absent: [name] }], [{ required: [name, ...list(others)] }]]);
    for (const [name, schema] of Object.entries(isMembers(claim["dependentSchemas"]) ? claim["dependentSchemas"] : {}))
      ways.push([[{ absent: [name] }], [{ required: [name] }, schema], [NO_OBJECT, schema]]);
    if (this.#depth !== "exact") return ways.length === 0 ? branches : branches.map((one) => loosened(one, within));
    return ways.reduce<readonly Branch[]>(
      (all, way) =>
        bounded(
          way.flatMap((claims) => claims.reduce<readonly Branch[]>((some, one) => this.#add(some, one, within), all)),
        ),
      branches,
    );
  }
}

const CONDITIONS: readonly string[] = ["not", "if", "dependentRequired", "dependentSchemas"];
const NO_OBJECT: Schema = { type: KINDS.filter((kind) => kind !== "object") };

function bounded(branches: readonly Branch[]): readonly Branch[] {
  if (branches.length > MOST) throw new Overflow();
  return branches;
}

function subsets(choice: readonly Json[]): readonly (readonly Json[])[] {
  const [first, ...others] = choice;
  if (first === undefined) return [];
  const rest = subsets(others);
  return [[first], ...rest, ...rest.map((set) => [first, ...set])];
}

function loosened(branch: Branch, within: readonly Members[]): Branch {
  return within.length === 0 ? branch : { ...branch, facts: [...branch.facts, { schema: {}, within, loose: true }] };
}

function isWhole(value: Json, { type }: Members): boolean {
  if (typeof value !== "number" || type === undefined || [type].flat().includes("number")) return true;
  return Number.isInteger(value);
}

/** Says of its schema that what is not evaluated is limited. */
function limitsRest(schema: Members): boolean {
  return schema["unevaluatedProperties"] !== undefined || schema["unevaluatedItems"] !== undefined;
}

const OF_INSIDE: readonly string[] = [
  ...[
    "properties",
    "patternProperties",
    "additionalProperties",
    "required",
    "propertyNames",
    "maxProperties",
    "absent",
  ],
  ...["prefixItems", "items", "minItems", "maxItems", "contains"],
];

function saysOfInside(schema: Members): boolean {
  return limitsRest(schema) || OF_INSIDE.some((keyword) => schema[keyword] !== undefined);
}
