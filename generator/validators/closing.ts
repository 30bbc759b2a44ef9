/**
 * A strict type as its tolerant twin and what closes it: most of what the two ask of a value is the same, and printed once.
 */
import { isDeepStrictEqual } from "node:util";
import type { Json, Schema, TypeDeclaration } from "../contract.js";
import { isMembers, type Members, WORDS } from "../normalise/keywords.js";
import { kindsOf, refName, type Schemas } from "../types/kinds.js";
import { tagOf } from "../types/tagged.js";
import { reachable } from "./reachable.js";

/**
 * The schemas, with strict types by their twins where that is one of those that are printed for the `exported`. Types of
 * `apart` stay as they are.
 */
export function closedTwins(
  types: readonly TypeDeclaration[],
  schemas: Schemas,
  exported: readonly string[],
  apart: ReadonlySet<string>,
): Schemas {
  const printed = new Set(reachable(exported, schemas));
  const twins = new Map(
    types.flatMap(({ name, twinOf }) =>
      twinOf !== undefined && printed.has(name) && !apart.has(name) && !apart.has(twinOf)
        ? [[twinOf, name] as const]
        : [],
    ),
  );
  if (twins.size === 0) return schemas;
  const closer = new Closer(schemas, twins);
  const closings = [...twins].map(([strict, twin]) => {
    return { strict, twin, closing: closer.closing(schemas.get(strict) ?? true, schemas.get(twin) ?? true) };
  });
  return new Map([
    ...schemas,
    ...closings.flatMap(({ strict, twin, closing }): (readonly [string, Schema])[] => {
      const closed = [closer.nameOf(strict), closing ?? refTo(strict)] as const;
      return closing ? [[strict, { allOf: [refTo(twin), closing] }], closed] : [closed];
    }),
  ]);
}

function refTo(type: string): Members {
  return { $ref: `#/$defs/${type}` };
}

class Closer {
  readonly #schemas: Schemas;
  /** Tolerant twins by the strict types. */
  readonly #twins: ReadonlyMap<string, string>;

  constructor(schemas: Schemas, twins: ReadonlyMap<string, string>) {
    this.#schemas = schemas;
    this.#twins = twins;
  }

  /** What a type's closing is called, for types that refer to it. */
  nameOf(type: string): string {
    let name = `${type}$closed`;
    while (this.#schemas.has(name)) name += "$"; // authors may give such names
    return name;
  }

  /** What a strict schema says beyond the open one: nothing where they are the same; undefined where it is not so simple. */
  closing(strict: Json, open: Json): Members | undefined {
    if (strict === open) return {};
    if (!isMembers(strict) || !isMembers(open)) return undefined;
    const said: Members[] = [];
    for (const keyword of new Set([...Object.keys(strict), ...Object.keys(open)])) {
      const more = WORDS.has(keyword) ? {} : this.#keyword(keyword, strict, open);
      if (more === undefined) return undefined;
      said.push(more);
    }
    return withNames(Object.assign({}, ...said), strict);
  }

  #keyword(keyword: string, strict: Members, open: Members): Members | undefined {
    const [own, other] = [strict[keyword], open[keyword]];
    const type = refName(strict);
    switch (keyword) {
      case "$ref":
        if (own === other) return {};
        return type !== undefined && this.#twins.get(type) === refName(open) ? refTo(this.nameOf(type)) : undefined;
      case "additionalProperties":
        if (own === false && other === undefined && strict["patternProperties"] === undefined)
          return { [keyword]: false };
        return saidBy(keyword, this.closing(own ?? true, other ?? true));
      case "items":
        return saidBy(keyword, this.closing(own ?? true, other ?? true));
      case "prefixItems":
      case "allOf":
        return saidBy(keyword, this.#each(own, other));
      case "properties":
        return saidBy(keyword, this.#members(own, other));
      case "oneOf":
        if (isDeepStrictEqual(own, other)) return {};
        return strict["anyOf"] === undefined ? this.#choice(own, open["anyOf"]) : undefined;
      case "anyOf":
        if (isDeepStrictEqual(own, other)) return {};
        return strict["oneOf"] === undefined ? this.#choice(own, other) : {}; // said above
      default:
        return isDeepStrictEqual(own, other) ? {} : undefined;
    }
  }

  #each(strict: Json | undefined, open: Json | undefined): readonly Members[] | undefined {
    if (!Array.isArray(strict) || !Array.isArray(open) || strict.length !== open.length) return undefined;
    const closings = strict.map((one: Json, index) => this.closing(one, open[index] ?? true));
    return closings.every((one) => one !== undefined) ? closings : undefined;
  }

  #members(strict: Json | undefined, open: Json | undefined): Members | undefined {
    if (!isMembers(strict) || !isMembers(open)) return undefined;
    const names = Object.keys(strict);
    if (names.length !== Object.keys(open).length) return undefined;
    const closings = names.map((name) => [name, this.closing(strict[name] ?? true, open[name] ?? {})] as const);
    if (closings.some(([, closing]) => closing === undefined)) return undefined;
    return Object.fromEntries(closings.filter((one): one is [string, Members] => says(one[1])));
  }

  /** Of alternatives that exclude each other, the one that may be meant is the same for both. */
  #choice(strict: Json | undefined, open: Json | undefined): Members | undefined {
    const closings = this.#each(strict, open);
    const guards = closings && Array.isArray(strict) ? this.#guards(strict) : undefined;
    if (!closings || !guards) return undefined;
    if (!closings.some(says)) return {};
    return { anyOf: closings.map((closing, index): Members => ({ ...guards[index], allOf: [closing] })) };
  }

  /** What tells each of these from all others: the constants of a tag, or its kinds of values. */
  #guards(branches: readonly Json[]): readonly Members[] | undefined {
    const tag = tagOf(branches, this.#schemas);
    if (tag) {
      const { name, values } = tag;
      return values.map((constants) => {
        return { type: "object", required: [name], properties: Object.fromEntries([[name, { enum: constants }]]) };
      });
    }
    const kinds = branches.map((branch) => kindsOf(branch, this.#schemas));
    const all = kinds.flat();
    const areApart = new Set(all).size === all.length && kinds.every((own) => own.length > 0);
    return areApart ? kinds.map((own) => ({ type: own })) : undefined;
  }
}

function says(closing: Members | undefined): boolean {
  return closing !== undefined && Object.keys(closing).length > 0;
}

/** A keyword with what it says, if that is anything. */
function saidBy(keyword: string, closing: Members | readonly Members[] | undefined): Members | undefined {
  if (closing === undefined) return undefined;
  const isAnything = Array.isArray(closing) ? closing.some(says) : says(closing as Members); // no list
  return isAnything ? { [keyword]: closing } : {};
}

/** With the names by which keywords beside it know what is additional. */
function withNames(closing: Members, strict: Members): Members {
  const { additionalProperties, items, properties, prefixItems } = closing;
  const names = Object.keys(isMembers(strict["properties"]) ? strict["properties"] : {}).map(
    (name) => [name, {}] as const,
  );
  const patterns = strict["patternProperties"];
  const first = strict["prefixItems"];
  return {
    ...closing,
    ...(additionalProperties !== undefined && {
      properties: { ...Object.fromEntries(names), ...(isMembers(properties) && properties) },
      ...(isMembers(patterns) && {
        patternProperties: Object.fromEntries(Object.keys(patterns).map((one) => [one, {}])),
      }),
    }),
    ...(items !== undefined &&
      prefixItems === undefined &&
      Array.isArray(first) && { prefixItems: first.map(() => ({})) }),
  };
}
