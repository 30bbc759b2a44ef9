/**
 * Patterns that JavaScript's engine could take forever with, in time linear in the text: all ways through the pattern
 * are followed at once (Thompson's simulation), so that none is gone twice. The generator writes the programs.
 */

/**
 * The flags, then instructions: the source of a regular expression that reads one character, or of an assertion, which
 * reads none; or the numbers of the instructions to go on with.
 */
type Program = readonly [flags: "" | "u", ...code: (string | readonly number[])[]];

/** A source of the program, and what it said last. */
interface Check {
  readonly pattern: RegExp;
  readonly reads: boolean;
  asked: number;
  holds: boolean;
}

/** Answers as ECMA-262 has a RegExp of the same pattern and flags answer. */
export function linearPattern(program: Program): { test(text: string): boolean } {
  const [flags] = program;
  const checks = new Map<string, Check>();
  const code = program.map((instruction) => (typeof instruction === "string" ? checkOf(instruction) : instruction));
  /** The step at which each instruction was last reached; steps go on from text to text, so nothing is ever reset. */
  const reached = program.map(() => 0);
  const readers: Check[] = [];
  const places: number[] = [];
  const next: number[] = [];
  const open: number[] = [];
  let step = 0;

  function checkOf(source: string): Check {
    const known = checks.get(source);
    if (known) return known;
    // Characters that mean something else are escaped, so only assertions start like this.
    const reads = !/^(?:[$^(]|\\b)/i.test(source);
    const check = { pattern: new RegExp(source, `${flags}y`), reads, asked: 0, holds: false };
    checks.set(source, check);
    return check;
  }

  /** Asked once a step, however many ways come by. */
  function holds(check: Check, text: string, at: number): boolean {
    if (check.asked !== step) {
      check.asked = step;
      check.pattern.lastIndex = at;
      check.holds = check.pattern.test(text);
    }
    return check.holds;
  }

  /** Goes on from an instruction to where a character has to be read; true where the pattern has matched. */
  function reach(start: number, text: string, at: number): boolean {
    open.length = 0;
    open.push(start);
    for (let here = open.pop(); here !== undefined; here = open.pop()) {
      const does = code[here];
      if (!does) return true;
      if (reached[here] === step) continue;
      reached[here] = step;
      if (!("reads" in does)) {
        for (const way of does) open.push(way);
      } else if (does.reads) {
        readers.push(does);
        places.push(here);
      } else if (holds(does, text, at)) open.push(here + 1);
    }
    return false;
  }

  return {
    test(text) {
      next.length = 0;
      for (let at = 0; ; ) {
        step++;
        readers.length = places.length = 0;
        for (const place of next) if (reach(place, text, at)) return true;
        if (reach(1, text, at)) return true;
        if (at >= text.length) return false;
        next.length = 0;
        readers.forEach((check, index) => {
          if (holds(check, text, at)) next.push((places[index] ?? 0) + 1);
        });
        at += flags && (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
      }
    },
  };
}
