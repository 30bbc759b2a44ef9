/**
 * Whether a text has more ways through a pattern the longer it is: an engine that backtracks goes them all before it says
 * no. The conditions are those of Weber and Seidl (On the degree of ambiguity of finite automata, 1991), looked for in
 * what has not matched yet.
 */
import type { Automaton, State } from "./automaton.js";
import type { Budget } from "./budget.js";
import { componentsOf } from "./components.js";

/** Two ways from a state back to itself on the same text: each round doubles the ways. */
export function isExponential({ states }: Automaton, budget: Budget): boolean {
  const all = loops(states);
  return all.some((members) => {
    const inside = new Set(members);
    const next = (state: number): number[] => following(states, state).filter((way) => inside.has(way));
    if (members.some((state) => next(state).some((way) => states[state]?.next.get(way) === 2))) return true;
    const size = states.length;
    const both = (pair: number): number[] => {
      const [one, other] = [Math.trunc(pair / size), pair % size];
      const others = next(other);
      return next(one).flatMap((way) => {
        budget.spend(others.length);
        const common = others.filter((partner) => overlap(states, way, partner));
        return common.map((partner) => Math.min(way, partner) * size + Math.max(way, partner));
      });
    };
    const same = members.map((state) => state * size + state);
    const parts = componentsOf(same, both);
    const ofSame = new Set(same.map((pair) => parts.get(pair)));
    return [...parts].some(([pair, part]) => Math.trunc(pair / size) !== pair % size && ofSame.has(part));
  });
}

/** Two loops, and a text that goes round either and from one to the other: where it changes over is open. */
export function isPolynomial({ states }: Automaton, budget: Budget): boolean {
  const all = loops(states);
  return all.some((first) => all.some((second) => first !== second && trades(states, first, second, budget)));
}

function trades(
  states: readonly State[],
  first: readonly number[],
  second: readonly number[],
  budget: Budget,
): boolean {
  budget.spend(first.length + second.length);
  if ((kindsIn(states, first) & kindsIn(states, second)) === 0n) return false;
  const between = reachable(states, first, budget);
  if (!second.some((state) => between.has(state))) return false;
  const [one, two] = [new Set(first), new Set(second)];
  const size = states.length;
  return first.some((start) =>
    second.some((end) => {
      // One stays in the first loop, one goes over, one stays in the second, all on the same text.
      const seen = new Set<number>();
      const open: (readonly [number, number, number])[] = [[start, start, end]];
      for (let here = open.pop(); here; here = open.pop()) {
        for (const stays of following(states, here[0]).filter((way) => one.has(way))) {
          for (const goes of following(states, here[1])) {
            budget.spend();
            const kinds = (states[stays]?.kinds ?? 0n) & (states[goes]?.kinds ?? 0n);
            if (kinds === 0n) continue;
            for (const last of following(states, here[2])) {
              budget.spend();
              if (!two.has(last) || (kinds & (states[last]?.kinds ?? 0n)) === 0n) continue;
              if (stays === start && goes === end && last === end) return true;
              const key = (stays * size + goes) * size + last;
              if (!seen.has(key)) open.push([stays, goes, last]);
              seen.add(key);
            }
          }
        }
      }
      return false;
    }),
  );
}

/** As many ways on so short a text are no better than exponential, though the counts of a pattern bound them. */
const WAYS = 1e7;
const CHARACTERS = 64;

/** Whether a repeated character has too many ways through the pattern's counts. */
export function isExplosive({ states, starts }: Automaton, budget: Budget): boolean {
  const all = kindsIn(states, [...states.keys()]);
  for (let kind = 1n; kind <= all; kind <<= 1n) {
    let ways: ReadonlyMap<number, number> = starts;
    let total = 0;
    for (let count = 0; count < CHARACTERS && ways.size > 0; count++) {
      const after = new Map<number, number>();
      for (const [here, many] of ways) {
        const state = states[here];
        if (!state || state.done || (state.kinds & kind) === 0n) continue;
        total += many;
        budget.spend(state.next.size);
        for (const [next, times] of state.next) after.set(next, (after.get(next) ?? 0) + many * times);
      }
      ways = after;
    }
    if (total > WAYS) return true;
  }
  return false;
}

/** The states of each loop that can still fail. */
function loops(states: readonly State[]): readonly (readonly number[])[] {
  const parts: number[][] = [];
  for (const [state, part] of componentsOf(states.keys(), (state) => following(states, state))) {
    parts[part] ??= [];
    if (!states[state]?.done) parts[part].push(state);
  }
  return parts.filter(([state = 0, ...others]) => others.length > 0 || following(states, state).includes(state));
}

/** What can come next and fail; a state that is done is followed by nothing that matters. */
function following(states: readonly State[], state: number): readonly number[] {
  return [...(states[state]?.next.keys() ?? [])].filter((way) => !states[way]?.done);
}

function reachable(states: readonly State[], from: readonly number[], budget: Budget): ReadonlySet<number> {
  const seen = new Set<number>();
  const open = [...from];
  for (let here = open.pop(); here !== undefined; here = open.pop()) {
    for (const way of following(states, here)) {
      budget.spend();
      if (seen.has(way)) continue;
      seen.add(way);
      open.push(way);
    }
  }
  return seen;
}

function kindsIn(states: readonly State[], some: readonly number[]): bigint {
  return some.reduce((kinds, state) => kinds | (states[state]?.kinds ?? 0n), 0n);
}

function overlap(states: readonly State[], one: number, other: number): boolean {
  return ((states[one]?.kinds ?? 0n) & (states[other]?.kinds ?? 0n)) !== 0n;
}
