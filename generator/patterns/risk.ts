/** Whether JavaScript's engine, which backtracks, can take more than linear time to say that a text does not match. */
import { isExplosive, isExponential, isPolynomial } from "./ambiguity.js";
import { automatonOf } from "./automaton.js";
import { Budget, OutOfBudget } from "./budget.js";
import { type Flags, type LinearProgram, looseProgramOf, programOf } from "./program.js";

export type Risk = "exponential" | "polynomial";

/** A few hundredths of a second for each search. */
const STEPS = 1_000_000;

const known = new Map<string, Promise<Risk | undefined>>();

/** Asked for by whoever warns and by whoever prints, so answered once. */
export function riskOf(pattern: string, flags: Flags): Promise<Risk | undefined> {
  const key = `${flags} ${pattern}`;
  const answer = known.get(key) ?? search(pattern, flags);
  known.set(key, answer);
  return answer;
}

/** Where the search takes too long, loops inside loops count as exponential, and others as polynomial. */
async function search(pattern: string, flags: Flags): Promise<Risk | undefined> {
  if (isPlain(pattern)) return undefined;
  const loose = await looseProgramOf(pattern, flags);
  if (!loose) return undefined;
  const exact = (await programOf(pattern, flags)) ?? loose;
  try {
    if (isExponential(await automatonOf(loose, new Budget(STEPS)), new Budget(STEPS))) return "exponential";
    const automaton = await automatonOf(exact, new Budget(STEPS));
    if (isExplosive(automaton, new Budget(STEPS))) return "exponential";
    return isPolynomial(automaton, new Budget(STEPS)) ? "polynomial" : undefined;
  } catch (error) {
    if (!(error instanceof OutOfBudget)) throw error;
    return byShape(loose);
  }
}

/** One loop at most, at a place that is known, and no way to choose: there is nothing to try again. Needs no parser. */
function isPlain(pattern: string): boolean {
  return /^\^[^()|\\]*$/.test(pattern) && (pattern.match(/[*+?{]/g) ?? []).length < 2;
}

function byShape(program: LinearProgram): Risk | undefined {
  const loops = program.flatMap((instruction, last): { first: number; last: number }[] => {
    if (typeof instruction === "string") return [];
    return instruction.filter((way) => way <= last).map((first) => ({ first, last }));
  });
  const nested = loops.some((outer) =>
    loops.some((inner) => inner !== outer && inner.first >= outer.first && inner.last <= outer.last),
  );
  if (nested) return "exponential";
  return loops.length > 1 ? "polynomial" : undefined;
}
