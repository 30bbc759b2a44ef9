/** What became of the messages, from the server's log and from what the application was told. */
import { clientOf } from "./numbers.js";
import type { Handled } from "./server-log.js";

export interface Counts {
  readonly sent: number;
  /** Never handled. */
  readonly lost: number;
  /** Lost, and the application was not told. */
  readonly silentlyLost: number;
  /** Lost, and the application was told that the server has it. */
  readonly acceptedAndLost: number;
  /** Numbers that were handled more than once. */
  readonly duplicated: number;
  /** Of these, those that came with one and the same id each time, so that the server could have known. */
  readonly duplicatedWithSameId: number;
  /** Numbers that came, for the first time, after a larger one of the same client. */
  readonly outOfOrder: number;
  /** The application was told that it failed, and it was handled. */
  readonly failedButArrived: number;
  /** Clients of which something was lost, duplicated or out of order. */
  readonly clientsHurt: number;
}

export interface Told {
  readonly failed: Iterable<number>;
  readonly accepted: Iterable<number>;
}

export function counted(sent: Iterable<number>, handled: readonly Handled[], told: Told): Counts {
  const all = new Set(sent);
  const failed = new Set(told.failed);
  const accepted = new Set(told.accepted);
  const sightings = sightingsOf(handled);
  const lost = [...all].filter((n) => !sightings.has(n));
  const duplicated = [...sightings].filter(([, ids]) => ids.length > 1);
  const overtaken = outOfOrder(sightings.keys());
  const hurt = [...lost, ...duplicated.map(([n]) => n), ...overtaken];
  return {
    sent: all.size,
    lost: lost.length,
    silentlyLost: lost.filter((n) => !failed.has(n)).length,
    acceptedAndLost: lost.filter((n) => accepted.has(n)).length,
    duplicated: duplicated.length,
    duplicatedWithSameId: duplicated.filter(([, ids]) => ids[0] !== undefined && new Set(ids).size === 1).length,
    outOfOrder: overtaken.length,
    failedButArrived: [...failed].filter((n) => sightings.has(n)).length,
    clientsHurt: new Set(hurt.map(clientOf)).size,
  };
}

/** The ids with which each number was handled, in the order of first sight. */
function sightingsOf(handled: readonly Handled[]): Map<number, (string | undefined)[]> {
  const sightings = new Map<number, (string | undefined)[]>();
  for (const { n, id } of handled) {
    const ids = sightings.get(n);
    if (ids) ids.push(id);
    else sightings.set(n, [id]);
  }
  return sightings;
}

function outOfOrder(firstSights: Iterable<number>): number[] {
  const largest = new Map<number, number>();
  const overtaken: number[] = [];
  for (const n of firstSights) {
    const before = largest.get(clientOf(n)) ?? -1;
    if (n < before) overtaken.push(n);
    else largest.set(clientOf(n), n);
  }
  return overtaken;
}

/** Milliseconds from each moment to the next message that was handled; nothing where none was. */
export function firstAgain(moments: readonly number[], handled: readonly Handled[]): (number | undefined)[] {
  return moments.map((moment) => {
    const first = handled.find(({ at }) => at >= moment);
    return first && first.at - moment;
  });
}
