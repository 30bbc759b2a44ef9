/**
 * Whether two sides that were generated from different contracts go on talking. A hash tells same from different and
 * nothing else; the document's own version tells compatible from not (Semantic Versioning 2.0.0, clause 8: the major
 * version counts what breaks).
 */
import type { Contract } from "./generated/types.js";

/** `other`: different, and it may work. `refused`: it cannot be expected to. */
export type Fit = "same" | "other" | "refused";

/** @param refused hashes that are refused whatever their version says */
export function contractFit(mine: Contract, theirs: Contract, refused: readonly string[] = []): Fit {
  if (refused.includes(theirs.hash)) return "refused";
  if (mine.hash === theirs.hash) return "same";
  const [here, there] = [major(mine.version), major(theirs.version)];
  return here !== undefined && there !== undefined && here !== there ? "refused" : "other";
}

/** `3` of `3.1.0` and `v3`; undefined where a version does not begin with a number. */
function major(version: string): string | undefined {
  return /^v?0*(\d+)(?:[.+-]|$)/i.exec(version.trim())?.[1];
}
