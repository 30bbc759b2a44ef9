/** Chance by a seed (xorshift), so that a run can be repeated. */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export function freshSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

export function pick<Item>(chance: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(chance() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}
