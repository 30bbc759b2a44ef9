/**
 * Objects of a `oneOf` that a value may fit several of, so that it is refused: said where it stands, since most who write
 * `oneOf` mean `anyOf`. Branches that only require keys are a way to say "one of these", and meant.
 */
import type { Contract, Json, Schema, TypeDeclaration } from "../contract.js";
import type { Node } from "../document.js";
import { once } from "../memo.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import type { Problems } from "../problem.js";
import { jsonTypes } from "./facts/json-types.js";
import { overlapIn } from "./facts/overlap.js";
import { type Lookup, list, resolve } from "./facts/schema-words.js";
import { Unchanged } from "./facts/unchanged.js";
import { isNamed } from "./tolerant.js";

export function warnOfOverlaps(contract: Contract, root: Node, problems: Problems): void {
  const all = new Map(contract.types.map((type) => [type.name, type]));
  const types: Lookup = (name) => all.get(name);
  for (const { schema, at } of contract.types.filter(({ untyped, bytes }) => !untyped && !bytes)) {
    if (!isMembers(schema)) continue;
    for (const { path, branches } of choicesOf(schema)) {
      const overlap = known.of(branches, types, (find) => overlapOf(branches, find));
      if (!overlap) continue;
      const [one, other] = overlap;
      problems.warn(
        "overlapping-one-of",
        `nothing keeps a value from fitting several branches of this oneOf, such as ${one} and ${other}; one that does is refused by the side that checks strictly`,
        path.reduce<Node | undefined>((node, key) => node?.raw(key), root.follow(at)) ?? root.follow(at),
        "Write anyOf, or a required constant in each branch (`type: {const: …}`) that tells them apart.",
      );
    }
  }
}

type Pair = readonly number[];

const known = new Unchanged<TypeDeclaration, Pair | undefined>();

/** Two branches that a value may fit at once, by their places. */
function overlapOf(branches: readonly Schema[], types: Lookup): Pair | undefined {
  const objects = branches.map((branch, index) => ({ branch, index }));
  const described = objects.filter(({ branch }) => isDescribed(branch, types));
  const overlap = overlapIn(
    described.map(({ branch }) => branch),
    types,
    "strict",
  );
  return overlap?.map((index) => described[index]?.index ?? index);
}

/** Objects whose members are described. */
function isDescribed(branch: Schema, types: Lookup): boolean {
  const has = jsonTypes(branch, types);
  const { own } = resolve(branch, types);
  return has.size === 1 && has.has("object") && (own?.["properties"] ?? own?.["allOf"]) !== undefined;
}

interface Choice {
  readonly path: readonly string[];
  readonly branches: readonly Schema[];
}

const choicesOf = once((schema: Members): readonly Choice[] => choicesIn(schema, []));

/** Every `oneOf` that stands in a schema itself; those behind references are other types'. */
function choicesIn(value: Json, path: readonly string[]): Choice[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]): Choice[] => {
    const here = [...path, key];
    if (key === "const" || key === "enum" || key === "default" || key === "examples" || key === "example") return [];
    if (key === "not" || key === "if") return [];
    if (isNamed(key, member)) return Object.entries(member).flatMap(([name, one]) => choicesIn(one, [...here, name]));
    const own = key === "oneOf" ? [{ path: here, branches: list(member) }] : [];
    return [...own, ...choicesIn(member, here)];
  });
}
