/** How hard the faults are. */
export interface Plan {
  /** Messages a second of the stream, and for how many seconds. */
  readonly rate: number;
  readonly seconds: number;
  /** Clients of the herd. */
  readonly clients: number;
}

/** When the two faults of a stream strike, as parts of its length. */
export const STRIKES: readonly number[] = [0.3, 0.65];

/** More than a stream and its faults take, after which its processes count as stuck. */
export function patience({ seconds }: Plan): number {
  return seconds * 3_000 + 60_000;
}

/** Messages of the stream. */
export function messages({ rate, seconds }: Plan): number {
  return Math.round(rate * seconds);
}
