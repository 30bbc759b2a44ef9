/**
 * Where messages arrive: at an action of their own, or at a union of those that look alike.
 */
import type { Action, Direction, Union } from "../generator/contract.js";

export type Door = Action | Union;

export function doorsOf({ actions, unions }: Direction): Door[] {
  return [...actions.filter((action) => !action.grouped), ...unions];
}

/** Whether a route returns something that is sent. */
export function isAnswered(door: Door): door is Action {
  return "reply" in door && door.reply !== undefined;
}
