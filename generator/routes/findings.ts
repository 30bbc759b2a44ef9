/**
 * What is said about a routes file, with places in it.
 */
import { didYouMean } from "../nearest.js";
import type { Problems } from "../problem.js";
import type { Change, Renamed } from "./changes.js";
import type { Member } from "./members.js";
import { placeIn, type RoutesSource } from "./source.js";
import { isUntouched } from "./untouched.js";

const PASTE = "The file is left as it is; paste what it lacks, then run again.";

export class Findings {
  readonly #source: RoutesSource;
  readonly #problems: Problems;

  constructor(source: RoutesSource, problems: Problems) {
    this.#source = source;
    this.#problems = problems;
  }

  /** `routes-unreadable` */
  unreadable(message: string, at = 0): void {
    this.#problems.error("routes-unreadable", message, placeIn(this.#source, at), PASTE);
  }

  /** `routes-not-found` */
  notFound(routes: string): void {
    const hint = `Say it of an object, \`const routes: ${routes} = {…}\`, or of a class that extends ${routes}. ${PASTE}`;
    const message = `nothing in this file is declared to be a ${routes}`;
    this.#problems.error("routes-not-found", message, placeIn(this.#source, 0, [routes]), hint);
  }

  /** `routes-ambiguous` */
  ambiguous(routes: string, changes: readonly Change[]): void {
    const [, second] = changes;
    const lacks = [...new Set(changes.flatMap(({ missing }) => missing))].join(", ");
    const message = `${changes.length} values in this file are a ${routes}, so it is not known which is to gain ${lacks}`;
    const place = placeIn(this.#source, second?.holder.node.getStart() ?? 0, [routes]);
    this.#problems.error("routes-ambiguous", message, place, PASTE);
  }

  /** `stub-orphaned`. `was`: the last run asked for it; `now`: what it is likely to be called today. */
  orphan(routes: string, member: Member, was: boolean, now: string | undefined): void {
    const id = member.id ?? "";
    const message = was ? `${id} was removed from the contract` : `${id} is not in the contract, or no more`;
    const renamed = now && `Was it renamed? --rename ${id}=${now} gives this code the new name.`;
    const ours =
      isUntouched(member, this.#source.text) && "Nobody has written anything into it: --prune takes it away.";
    const hint =
      renamed || ours || `Delete it when it is no longer needed; --rename ${id}=… if it has another name now.`;
    this.#problems.warn("stub-orphaned", `${message}; ${routes} does not ask for it`, this.#at(routes, member), hint);
  }

  /** `rename-taken` */
  taken(routes: string, { member, from, to }: Renamed): void {
    const message = `${from} cannot be renamed to ${to}: there is code under that name already`;
    this.#problems.error("rename-taken", message, this.#at(routes, member), "Bring the two together by hand.");
  }

  /** `unknown-rename` */
  unknownRename(from: string, to: string, what: string, word: string, candidates: Iterable<string>): void {
    const message = `--rename ${from}=${to}: ${what}`;
    this.#problems.error("unknown-rename", message, undefined, didYouMean(word, candidates));
  }

  #at(routes: string, { node, name, id = "" }: Member): ReturnType<typeof placeIn> {
    return placeIn(this.#source, (name ?? node).getStart(), [routes, id]);
  }
}
