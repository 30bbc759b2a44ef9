/**
 * How the hearing side tells messages apart, decided here once, as a ladder: by their JSON types, by constants, by keys
 * that they require, by keys that they may have, and last by their validators; what is left looks alike and arrives
 * together. Questions rest on what a document names: a value or a member that one message names is not meant by another
 * that would take anything.
 */
import type { Dispatch } from "../contract.js";
import { Exclusion } from "./facts/exclusion.js";
import type { Shapes } from "./facts/shapes.js";
import { Decision } from "./ladder/decision.js";
import { Doors } from "./ladder/doors.js";
import { type Candidate, know } from "./ladder/known.js";

export type { Candidate };

/** What to call candidates that nothing tells apart; the id of their union. */
export type Together = (ids: readonly string[]) => string;

export function dispatchOf(candidates: readonly Candidate[], shapes: Shapes, together: Together): Dispatch {
  const known = candidates.map((candidate) => know(candidate, shapes));
  const doors = new Doors();
  const exclusion = new Exclusion(known, shapes.types);
  const decision = new Decision(
    (one, other) => exclusion.between(one, other),
    (group) => doors.of(group),
  );
  return doors.named(
    decision.of(known),
    candidates.map(({ id }) => id),
    together,
  );
}
