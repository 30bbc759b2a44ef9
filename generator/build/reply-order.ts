/**
 * Says where replies are matched in the order of asking although payloads look as if there were an id, which only the
 * document's prose may tell: who asks twice at a time could be given the other answer.
 */
import { pointer } from "../document.js";
import type { Problems } from "../problem.js";
import type { DraftAction } from "../read/draft.js";
import { configurationLine, type IdPair } from "./reply-ids.js";

/** A request, its replies, and where both seem to carry the id. */
interface Suspect {
  readonly draft: DraftAction;
  readonly id: string;
  readonly actions: readonly string[];
  readonly places: IdPair;
}

export class InOrder {
  readonly #suspects: Suspect[][] = [];
  readonly #isFree: boolean;
  readonly #problems: Problems;

  /** `isFree`: the configuration says nothing yet of all requests. */
  constructor(isFree: boolean, problems: Problems) {
    this.#isFree = isFree;
    this.#problems = problems;
  }

  /** What is noted from here on is of another connection. */
  begin(): void {
    this.#suspects.push([]);
  }

  note(suspect: Suspect): void {
    this.#suspects.at(-1)?.push(suspect);
  }

  /** One warning for each connection. */
  finish(): void {
    for (const suspects of this.#suspects) this.#warn(suspects);
  }

  #warn([first, ...others]: readonly Suspect[]): void {
    if (!first) return;
    const { id, actions, draft, places } = first;
    const alike = others.filter((other) => keyOf(other.places) === keyOf(places));
    const more = alike.length === 0 ? "" : `, as are those to ${alike.length} more`;
    const [request, reply] = [pointer(places.request), pointer(places.reply)];
    const where = request === reply ? `${request} in both` : `${request} in the request, ${reply} in the reply`;
    const line = this.#isFree ? configurationLine("*", places) : configurationLine(id, places, actions);
    this.#problems.warn(
      "reply-order",
      `replies to ${draft.title} are matched in the order of asking${more}, though payloads seem to carry an id (${where})`,
      draft.node,
      `To match by it, configure ${line}`,
    );
  }
}

function keyOf({ request, reply }: IdPair): string {
  return pointer([...request, ...reply]);
}
