/**
 * Which stream an action's messages go to: one for all, unless the application gives actions priorities.
 */
import type { Api } from "../api.js";
import { ActionwireError } from "../errors.js";
import type { ActionDelivery } from "./options.js";
import type { Outgoing } from "./outgoing.js";

export interface Lane {
  readonly stream: Outgoing;
  /** Milliseconds; infinity where messages do not expire. */
  readonly ttl: number;
}

export class Lanes {
  readonly #byAction: ReadonlyMap<string, Lane>;
  readonly #other: Lane;

  /** Throws `BAD_OPTION` for an action that the contract does not have, and for times that are none. */
  constructor(api: Api, actions: { readonly [action: string]: ActionDelivery }, make: (priority: number) => Outgoing) {
    const byPriority = new Map<number, Outgoing>();
    const lane = ({ priority = 0, ttl = Number.POSITIVE_INFINITY }: ActionDelivery): Lane => {
      const stream = byPriority.get(priority) ?? make(priority);
      byPriority.set(priority, stream);
      return { stream, ttl };
    };
    this.#other = lane({});
    this.#byAction = new Map(
      Object.entries(actions).map(([action, how]) => {
        if (!Object.hasOwn(api.toServer.actions, action))
          throw bad(`${action}: the contract has no such action to the server`);
        if (how.ttl !== undefined && !(how.ttl > 0)) throw bad(`${action}.ttl: it is no time in milliseconds`);
        if (!Number.isFinite(how.priority ?? 0)) throw bad(`${action}.priority: it is no number`);
        return [action, lane(how)];
      }),
    );
  }

  of(action: string): Lane {
    return this.#byAction.get(action) ?? this.#other;
  }

  get streams(): ReadonlySet<Outgoing> {
    return new Set([this.#other, ...this.#byAction.values()].map(({ stream }) => stream));
  }
}

function bad(what: string): ActionwireError {
  return new ActionwireError("BAD_OPTION", `session: actions.${what}`);
}
