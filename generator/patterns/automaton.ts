/**
 * A program as the backtracking engine sees it: what it has read last, and the ways to what it may read next.
 */
import type { Budget } from "./budget.js";
import { kindsOf } from "./characters.js";
import { isAssertion, type LinearProgram } from "./program.js";

/** An instruction that reads a character. */
export interface State {
  readonly kinds: bigint;
  /** The states that may come next, and whether there are two ways (or more) of getting there. */
  readonly next: ReadonlyMap<number, 1 | 2>;
  /** Whether the pattern has matched here, whatever comes: what failed further on does not matter then. */
  readonly done: boolean;
}

export interface Automaton {
  readonly states: readonly State[];
  /** From the beginning of a text. */
  readonly starts: ReadonlyMap<number, 1 | 2>;
}

/**
 * The last state of all, where a pattern can match further on in a text, has read what comes before that: the engine
 * tries every place.
 */
export async function automatonOf(program: LinearProgram, budget: Budget): Promise<Automaton> {
  const [flags] = program;
  const numbers = new Map<number, number>();
  const sources: string[] = [];
  for (const [place, instruction] of program.entries()) {
    if (place === 0 || typeof instruction !== "string" || isAssertion(instruction)) continue;
    numbers.set(place, sources.length);
    sources.push(instruction);
  }
  const kinds = await kindsOf([...new Set(sources)], flags);
  const first = new Search(program, numbers, budget, true).from(1);
  const later = new Search(program, numbers, budget, false);
  const read = [...numbers].map(([place], state) => {
    return { kinds: kinds.of.get(sources[state] ?? "") ?? 0n, ...later.from(place + 1) };
  });
  const states = withDone(read, kinds.all);
  const further = later.from(1);
  if (first.done || further.done || further.next.size === 0) return { states, starts: first.next };
  const moving = states.length;
  const next = new Map(further.next).set(moving, 1);
  return { states: [...states, { kinds: kinds.all, next, done: false }], starts: new Map(first.next).set(moving, 1) };
}

/** Done, too, where the text may end and whatever else comes can be read, back to such a state: `^(.|\s)*$` never fails. */
function withDone(states: readonly (State & Found)[], all: bigint): readonly State[] {
  const done = new Set([...states.keys()].filter((state) => states[state]?.done || states[state]?.ends));
  for (let size = -1; size !== done.size; ) {
    size = done.size;
    for (const number of done) {
      const state = states[number];
      if (!state || state.done) continue;
      const read = [...state.next.keys()].map((next) => (done.has(next) ? (states[next]?.kinds ?? 0n) : 0n));
      if (read.reduce((one, other) => one | other, 0n) !== all) done.delete(number);
    }
  }
  return states.map(({ kinds, next }, number) => ({ kinds, next, done: done.has(number) }));
}

interface Found extends Pick<State, "next" | "done"> {
  /** Whether the pattern has matched if the text ends here. */
  readonly ends: boolean;
}

/** A place in the program, on a way there. */
interface Visit {
  readonly place: number;
  /** That it is reached does not hang on an assertion other than of the text's ends. */
  readonly sure: boolean;
  /** Only where the text ends. */
  readonly ended: boolean;
  /** What was chosen last. */
  readonly choice?: number;
}

/** What can be reached without reading. */
class Search {
  readonly #program: LinearProgram;
  readonly #numbers: ReadonlyMap<number, number>;
  readonly #budget: Budget;
  readonly #first: boolean;

  constructor(program: LinearProgram, numbers: ReadonlyMap<number, number>, budget: Budget, first: boolean) {
    this.#program = program;
    this.#numbers = numbers;
    this.#budget = budget;
    this.#first = first;
  }

  from(place: number): Found {
    const next = new Map<number, 1 | 2>();
    let done = false;
    let ends = false;
    const chosen = new Set<number>();
    // A number is a choice whose ways have all been gone.
    const open: (Visit | number)[] = [{ place, sure: true, ended: false }];
    for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
      this.#budget.spend();
      if (typeof visit === "number") {
        chosen.delete(visit);
        continue;
      }
      const { sure, ended, choice } = visit;
      if (choice !== undefined) {
        // The same choice again ends a round of a loop that read nothing, which the engine refuses.
        if (chosen.has(choice)) continue;
        chosen.add(choice);
        open.push(choice);
      }
      const state = this.#numbers.get(visit.place);
      if (visit.place === this.#program.length) {
        done ||= sure && !ended;
        ends ||= sure;
      } else if (state === undefined) open.push(...this.#following(visit));
      else if (!ended) next.set(state, next.has(state) ? 2 : 1);
    }
    return { next, done, ends };
  }

  #following({ place, sure, ended }: Visit): readonly Visit[] {
    const instruction = this.#program[place];
    // There are two ways at most.
    if (typeof instruction === "object")
      return instruction.map((way, index) => ({ place: way, sure, ended, choice: place * 2 + index }));
    if (instruction === "$") return [{ place: place + 1, sure, ended: true }];
    if (instruction === "^") return this.#first ? [{ place: place + 1, sure, ended }] : [];
    return [{ place: place + 1, sure: false, ended }]; // other assertions may hold
  }
}
