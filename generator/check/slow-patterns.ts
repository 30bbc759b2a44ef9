/**
 * Patterns of a contract that JavaScript's engine can take very long for, each said once: a note where it is matched in
 * another way, a warning where it cannot be. The search loads a parser, so it
 * begins only where there is a pattern at all.
 */
import type { Contract } from "../contract.js";
import type { Node, Path } from "../document.js";
import { once } from "../memo.js";
import { isMembers, type Members } from "../normalise/keywords.js";
import { flagsFor } from "../normalise/pattern.js";
import type { Problems } from "../problem.js";
import { andOthers, partsOf, placeOf } from "./parts.js";

/** Characters with which time that grows with their square, or cube, is none that anybody notices. */
const SHORT = 256;

/** Where a pattern is said. */
interface Use {
  readonly at: string;
  readonly path: Path;
  /** What it is tried on is short. */
  readonly short: boolean;
}

export async function warnOfSlowPatterns(contract: Contract, root: Node, problems: Problems): Promise<void> {
  const patterns = patternsOf(contract);
  if (patterns.size === 0) return;
  const { adviceFor } = await import("../patterns/advice.js");
  const { programOf } = await import("../patterns/program.js");
  const { riskOf } = await import("../patterns/risk.js");
  for (const [pattern, uses] of patterns) {
    const flags = flagsFor(pattern);
    const risk = flags === undefined ? undefined : await riskOf(pattern, flags);
    if (flags === undefined || risk === undefined) continue;
    const risky = uses.filter(({ short }) => risk === "exponential" || !short);
    const [first] = risky;
    const advice = first && (await adviceFor(pattern, flags));
    if (!advice) continue;
    // Where it is matched in another way nothing is wrong any more.
    const isSolved = (await programOf(pattern, flags)) !== undefined;
    const text = advice + andOthers(risky.length);
    const place = placeOf(root, first.at, first.path);
    if (isSolved) problems.note("slow-pattern", text, place);
    else problems.warn("slow-pattern", text, place);
  }
}

function patternsOf({ types }: Contract): ReadonlyMap<string, readonly Use[]> {
  const found = new Map<string, Map<string, Use>>();
  const note = (pattern: string, use: Use): void => {
    const uses = found.get(pattern) ?? new Map<string, Use>();
    found.set(pattern, uses.set(JSON.stringify([use.at, use.path]), use)); // a schema may be two types
  };
  for (const { schema, at, untyped } of types) {
    if (!isMembers(schema) || untyped) continue;
    for (const { pattern, path, short } of patternsIn(schema)) note(pattern, { at, path, short });
  }
  return new Map([...found].map(([pattern, uses]) => [pattern, [...uses.values()]]));
}

type Said = Pick<Use, "path" | "short"> & { readonly pattern: string };

const patternsIn = once((schema: Members): readonly Said[] => {
  const found: Said[] = [];
  walk(schema, [], found);
  return found;
});

function walk(schema: Members, path: Path, found: Said[]): void {
  const { pattern, patternProperties, maxLength } = schema;
  if (typeof pattern === "string") {
    found.push({ pattern, path: [...path, "pattern"], short: typeof maxLength === "number" && maxLength <= SHORT });
  }
  for (const name of isMembers(patternProperties) ? Object.keys(patternProperties) : []) {
    found.push({ pattern: name, path: [...path, "patternProperties", name], short: false });
  }
  for (const part of partsOf(schema, path)) walk(part.schema, part.path, found);
}
