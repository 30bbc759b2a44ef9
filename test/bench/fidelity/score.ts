/** What a table shows of a tool. A crash, and types that do not compile, fail every instance of their schema. */
import type { CaseSet, Subject } from "./case.js";
import type { Measured } from "./measure.js";

/** `of` right ones of `all`. */
export interface Share {
  of: number;
  all: number;
}

export interface Score {
  /** Valid instances that the type accepts: by the letter, and without those valid only for want of a `type`. */
  readonly sound: Share;
  readonly soundTyped: Share;
  /** Of the latter, those that can also be written. */
  readonly fresh: Share;
  /** Invalid ones that cannot be written, of those that a type could tell. */
  readonly precise: Share;
  /** Only by types that accept every valid instance of their schema. */
  readonly preciseSound: Share;
  readonly preciseExtended: Share;
  /** Schemas with an invalid instance a type could tell, whose type is right about every instance. */
  readonly exact: Share;
  readonly crashed: Share;
  readonly uncompiled: Share;
  readonly milliseconds: number;
  /** What went wrong, by id. */
  readonly failures: readonly string[];
}

export function score(measured: Measured, cases: readonly Subject[], set: CaseSet): Score {
  const share = (): Share => ({ of: 0, all: 0 });
  const sound = share();
  const soundTyped = share();
  const fresh = share();
  const precise = share();
  const preciseSound = share();
  const preciseExtended = share();
  const exact = share();
  const crashed = share();
  const uncompiled = share();
  const times: number[] = [];
  const failures: string[] = [];

  for (const { id, instances } of cases) {
    const asked = instances.flatMap((instance, index) =>
      instance.set === set && !instance.unjudged ? [{ instance, index }] : [],
    );
    if (asked.length === 0) continue;
    const result = measured.results.get(id);
    const checked = measured.checked.get(id);
    const usable = checked?.compiles === true;
    count(crashed, result?.error !== undefined);
    count(uncompiled, result?.error === undefined && !usable);
    if (result?.error !== undefined) failures.push(`${id}: crash: ${result.error}`);
    else if (!usable) failures.push(`${id}: not compiled: ${checked?.errors.join("; ")}`);
    if (result?.milliseconds !== undefined) times.push(result.milliseconds);

    let whole = usable; // right about everything it could be
    let accepts = usable; // every valid instance
    let rejected = 0;
    let tellable = 0;
    for (const { instance, index } of asked) {
      const assign = usable && checked.assign[index] === true;
      const written = usable && checked.fresh[index] === true;
      if (instance.valid) {
        count(sound, assign);
        if (!assign && usable)
          failures.push(`${id}: ${instance.implicit ? "rejects, by the letter" : "rejects"}: ${shown(instance)}`);
        if (instance.implicit) continue;
        count(soundTyped, assign);
        count(fresh, assign && written);
        accepts &&= assign;
        whole &&= assign && written;
      } else {
        const rejects = usable && !written;
        if (instance.extended) count(preciseExtended, rejects);
        if (!instance.core) continue;
        count(precise, rejects);
        tellable++;
        if (rejects) rejected++;
        whole &&= rejects;
        if (!rejects && usable) failures.push(`${id}: accepts: ${shown(instance)}`);
      }
    }
    preciseSound.all += tellable;
    if (accepts) preciseSound.of += rejected;
    if (tellable > 0) count(exact, whole);
  }
  const milliseconds = times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  return {
    ...{ sound, soundTyped, fresh, precise, preciseSound, preciseExtended, exact, crashed, uncompiled },
    ...{ milliseconds, failures },
  };
}

function count(share: Share, right: boolean): void {
  share.all++;
  if (right) share.of++;
}

function shown({ data, description }: { readonly data: unknown; readonly description: string }): string {
  return `${JSON.stringify(data).slice(0, 120)} (${description})`;
}
