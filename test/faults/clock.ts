/** Milliseconds that all processes of the machine count alike, and never backwards. */
export function now(): number {
  return Number(process.hrtime.bigint() / 1_000n) / 1_000;
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((wake) => setTimeout(wake, milliseconds));
}

/** Asks again and again until the answer is yes or the time is over. */
export async function until(yes: () => boolean, within: number, every = 100): Promise<boolean> {
  const end = now() + within;
  while (!yes()) {
    if (now() >= end) return false;
    await sleep(every);
  }
  return true;
}
