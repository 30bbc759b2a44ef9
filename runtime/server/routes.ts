/**
 * From the application's routes object to one function for everything that can arrive.
 */
import type { Api } from "../api.js";
import { leavesOf } from "../dispatch.js";
import { ActionwireError } from "../errors.js";
import type { Context } from "./context.js";
import type { Sender } from "./sender.js";

/** A route as the core sees it; the generated routes interface knows the types. */
export type Route<User, S extends Sender> = (payload: unknown, context: Context<User, S>) => unknown;

/** Every action's route, by its id. Throws `BAD_OPTION` naming those that are missing. */
export function routesOf<User, S extends Sender>(api: Api, routes: object): ReadonlyMap<string, Route<User, S>> {
  const found = new Map<string, Route<User, S>>();
  const missing: string[] = [];
  for (const action of leavesOf(api.toServer.dispatch)) {
    const route: unknown = Reflect.get(routes, action);
    // What every object has (`constructor`, `toString`) is nobody's route.
    if (typeof route !== "function" || route === Reflect.get(Object.prototype, action)) missing.push(action);
    // The payload is checked against the schema its type was made from before the route is called.
    else found.set(action, (payload, context) => Reflect.apply(route, routes, [payload, context]));
  }
  if (missing.length > 0) {
    throw new ActionwireError("BAD_OPTION", `routes: ${missing.join(", ")} missing; every action needs its route`);
  }
  return found;
}
