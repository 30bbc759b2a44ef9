/**
 * An interface as a routes file has it: what is declared to be it, and which of these new routes go into.
 */
import { doorsOf } from "../../templates/index.js";
import type { Connection } from "../contract.js";
import { type Change, changeOf, type Wishes } from "./changes.js";
import { holdersOf } from "./holders.js";
import type { Lacking } from "./snippet.js";
import type { RoutesSource } from "./source.js";

export interface View {
  readonly connection: Connection;
  readonly changes: readonly Change[];
  /** Something is declared to be it whose value is not written out here. */
  readonly elsewhere: boolean;
}

export function viewOf(connection: Connection, { file, text }: RoutesSource, wishes: Wishes): View {
  const { holders, elsewhere } = holdersOf(file, connection.names);
  return { connection, changes: holders.map((holder) => changeOf(connection, holder, text, wishes)), elsewhere };
}

/** Where nothing is asked for, nothing has to be there. */
export function isFound({ connection, changes, elsewhere }: View): boolean {
  return changes.length > 0 || elsewhere || doorsOf(connection.toServer).length === 0;
}

/** The one that new routes go into: the only one that is all there to be seen. What others lack may come from elsewhere. */
export function targetOf({ changes }: View): Change | undefined {
  const [only, ...others] = changes.filter(({ holder }) => !holder.isOpen);
  return others.length === 0 ? only : undefined;
}

/** What is to be pasted where nothing can be put in; of several the first is meant. */
export function lackingOf(view: View): Lacking[] {
  const { connection, changes } = view;
  if (!isFound(view)) return [{ connection, missing: doorsOf(connection.toServer).map(({ id }) => id) }];
  const closed = changes.filter(({ holder, missing }) => !holder.isOpen && missing.length > 0);
  return closed.slice(0, 1).map(({ holder, missing }) => ({ connection, holder, missing }));
}
