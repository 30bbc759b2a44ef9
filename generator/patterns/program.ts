/**
 * Regular expressions as programs for the runtime's linear matcher (runtime/validators/linear-pattern.ts): a few kinds of
 * instructions that say what to read and where to go on, run for all ways through the pattern at once.
 */
import type { AST } from "@eslint-community/regexpp";

/** Of a pattern as it is compiled: what JSON Schema leaves to choose of the flags (normalise/pattern.ts). */
export type Flags = "u" | "";

/**
 * A text is what must stand here: the source of a regular expression that reads one character, or of an assertion
 * (`^`, `$`, `\b`, `\B`, `(?…)`) that reads none. Numbers are the instructions to go on with, all of them at once. The
 * pattern has matched where the instructions end.
 */
export type Instruction = string | readonly number[];

/** The flags stand at 0, so that the first instruction is 1. */
export type LinearProgram = readonly [flags: Flags, ...Instruction[]];

/** Whether an instruction reads no character. Sources of characters never start like this: they are escaped. */
export function isAssertion(source: string): boolean {
  return /^(?:[$^(]|\\b)/i.test(source);
}

/** More take too long at each character, and too much room in the generated code; none of that matters to a search. */
const MOST_INSTRUCTIONS = 5000;
const MOST_OF_LOOSE = 50_000;

/** Counts above this are no bound to somebody who has to wait. */
const FEW = 10;

/** Undefined where a pattern is not linear or too large; `obstacleOf` says which. */
export async function programOf(pattern: string, flags: Flags): Promise<LinearProgram | undefined> {
  const compiled = await compile(pattern, flags, false);
  return typeof compiled === "string" ? undefined : compiled;
}

/** What a pattern has that no program can do. */
export async function obstacleOf(pattern: string, flags: Flags): Promise<string | undefined> {
  const compiled = await compile(pattern, flags, false);
  return typeof compiled === "string" ? compiled : undefined;
}

/**
 * A program whose ways are at least those that the pattern has, for the search of risks only: high counts are unbounded,
 * lookarounds are ways that end nowhere, and backreferences are empty.
 */
export async function looseProgramOf(pattern: string, flags: Flags): Promise<LinearProgram | undefined> {
  const compiled = await compile(pattern, flags, true);
  return typeof compiled === "string" ? undefined : compiled;
}

/** A text says why not. */
async function compile(pattern: string, flags: Flags, loose: boolean): Promise<LinearProgram | string> {
  const { RegExpParser } = await import("@eslint-community/regexpp");
  try {
    const parsed = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: flags === "u" });
    const writer = new Writer(flags, loose);
    writer.choice(parsed.alternatives);
    return writer.program;
  } catch (error) {
    if (error instanceof NoProgram) return error.message;
    // What the parser does not know of newer JavaScript, and too much nesting for the stack.
    if (error instanceof SyntaxError || error instanceof RangeError) return "its syntax";
    throw error;
  }
}

class NoProgram extends Error {}

class Writer {
  readonly program: [flags: Flags, ...Instruction[]];
  readonly #loose: boolean;

  constructor(flags: Flags, loose: boolean) {
    this.program = [flags];
    this.#loose = loose;
  }

  choice(alternatives: readonly AST.Alternative[]): void {
    const ends: number[][] = [];
    for (const [index, { elements }] of alternatives.entries()) {
      const last = index === alternatives.length - 1;
      const ways = last ? undefined : this.#ways();
      ways?.push(this.program.length);
      for (const element of elements) this.#element(element);
      if (!last) ends.push(this.#ways());
      ways?.push(this.program.length);
    }
    for (const end of ends) end.push(this.program.length);
  }

  #element(node: AST.Element): void {
    switch (node.type) {
      case "Character":
        return this.#write(sourceOf(node.value));
      case "CharacterClass":
      case "CharacterSet":
        return this.#write(node.raw);
      case "Group":
      case "CapturingGroup":
        if (node.type === "Group" && node.modifiers) throw new NoProgram("its modifiers");
        return this.choice(node.alternatives);
      case "Quantifier":
        return this.#repeat(node.element, this.#loose && node.min > FEW ? FEW : node.min, this.#most(node.max));
      case "Assertion":
        if (node.kind !== "lookahead" && node.kind !== "lookbehind") return this.#write(node.raw);
        if (isPlain(node)) return this.#write(node.raw);
        if (this.#loose) return this.#aside(node.alternatives);
        throw new NoProgram(`its ${node.kind}`);
      case "Backreference":
        if (this.#loose) return;
        throw new NoProgram("its backreference");
      default:
        throw new NoProgram("its classes"); // of the flag `v`, which no pattern has
    }
  }

  #most(count: number): number {
    return this.#loose && count > FEW ? Number.POSITIVE_INFINITY : count;
  }

  #repeat(element: AST.Element, least: number, most: number): void {
    let start = this.program.length;
    for (let count = 0; count < least; count++) {
      start = this.program.length;
      this.#element(element);
      if (this.program.length === start) return; // nothing, however often
    }
    if (most === Number.POSITIVE_INFINITY) {
      if (least === 0) return this.#loop(element);
      return this.#write([start, this.program.length + 1]);
    }
    const ends: number[][] = [];
    for (let count = least; count < most; count++) {
      const ways = this.#ways();
      ways.push(this.program.length);
      this.#element(element);
      ends.push(ways);
    }
    for (const end of ends) end.push(this.program.length);
  }

  #loop(element: AST.Element): void {
    const start = this.program.length;
    const ways = this.#ways();
    ways.push(this.program.length);
    this.#element(element);
    this.#write([start]);
    ways.push(this.program.length);
  }

  /** A way that ends nowhere, beside the one that goes on. */
  #aside(alternatives: readonly AST.Alternative[]): void {
    const ways = this.#ways();
    ways.push(this.program.length);
    this.choice(alternatives);
    this.#write([]);
    ways.push(this.program.length);
  }

  /** An instruction whose targets are still to come. */
  #ways(): number[] {
    const ways: number[] = [];
    this.#write(ways);
    return ways;
  }

  #write(instruction: Instruction): void {
    if (this.program.length > (this.#loose ? MOST_OF_LOOSE : MOST_INSTRUCTIONS)) throw new NoProgram("its counts");
    this.program.push(instruction);
  }
}

/**
 * A lookaround of sequences of characters, which JavaScript's own engine answers in a time that the text has no part in.
 * Choices inside sequences would multiply.
 */
function isPlain(node: AST.LookaroundAssertion): boolean {
  return node.alternatives.every(({ elements }) =>
    elements.every(({ type }) => type === "Character" || type === "CharacterClass" || type === "CharacterSet"),
  );
}

/** One character as a pattern, however it was written; escapes may mean something else where they stand alone. */
function sourceOf(character: number): string {
  const text = String.fromCodePoint(character);
  if (/^[\ud800-\udfff]$/.test(text)) return `\\u${character.toString(16)}`;
  return text.replace(/[$()*+./?[\\\]^{|}]/, "\\$&");
}
