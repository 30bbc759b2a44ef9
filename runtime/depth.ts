/**
 * How deep a value nests that no scan of a text could look at before: what a codec of the application's made.
 */

/**
 * Whether objects and lists stand in each other more than so many levels. Level by level, so that neither depth nor a
 * circle can exhaust the stack, and what is shared is looked at once a level.
 */
export function nestsDeeper(value: unknown, levels: number): boolean {
  let level: ReadonlySet<object> = new Set([value].filter(isNest));
  for (let depth = 1; level.size > 0; depth++) {
    if (depth > levels) return true;
    level = new Set([...level].flatMap(inside).filter(isNest));
  }
  return false;
}

/** Bytes are one value, however many there are. */
function isNest(value: unknown): value is object {
  return typeof value === "object" && value !== null && !ArrayBuffer.isView(value);
}

function inside(nest: object): unknown[] {
  return nest instanceof Map || nest instanceof Set ? [...nest.keys(), ...nest.values()] : Object.values(nest);
}
