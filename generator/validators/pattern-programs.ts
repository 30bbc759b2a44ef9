/**
 * The patterns of schemas that JavaScript's engine may take too long for, as programs that take linear time.
 */
import type { Json } from "../contract.js";
import { isMembers, schemasIn } from "../normalise/keywords.js";
import { flagsFor } from "../normalise/pattern.js";
import { type LinearProgram, programOf } from "../patterns/program.js";
import { riskOf } from "../patterns/risk.js";

export class PatternPrograms {
  readonly #programs: ReadonlyMap<string, LinearProgram>;

  private constructor(programs: ReadonlyMap<string, LinearProgram>) {
    this.#programs = programs;
  }

  static async of(schemas: readonly Json[]): Promise<PatternPrograms> {
    const programs = new Map<string, LinearProgram>();
    for (const pattern of new Set(schemas.flatMap((schema) => [...patternsIn(schema)]))) {
      const flags = flagsFor(pattern) ?? "";
      const program = (await riskOf(pattern, flags)) && (await programOf(pattern, flags));
      if (program) programs.set(pattern, program);
    }
    return new PatternPrograms(programs);
  }

  /** Undefined for a pattern that is best left to the engine. */
  get(pattern: string): LinearProgram | undefined {
    return this.#programs.get(pattern);
  }
}

function* patternsIn(schema: Json): Generator<string> {
  for (const { pattern, patternProperties } of schemasIn(schema)) {
    if (typeof pattern === "string") yield pattern;
    if (isMembers(patternProperties)) yield* Object.keys(patternProperties);
  }
}
