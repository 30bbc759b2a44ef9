import type { emit, readContract } from "../generator/index.js";

export function sessionFrames(generator: {
  readonly emit: typeof emit;
  readonly readContract: typeof readContract;
}): Promise<ReadonlyMap<string, string>>;
