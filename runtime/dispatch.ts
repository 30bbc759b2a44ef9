/**
 * Tells a frame's action: the contract's decision tree, made ready to ask. Values are looked up in a Map and keys among
 * an object's own, so `constructor` or `__proto__` in a frame mean nothing.
 */
import type {
  Dispatch,
  DispatchByFit,
  DispatchByFrame,
  DispatchByKeys,
  DispatchByType,
  DispatchByValue,
} from "./api.js";

/** The id of the action a parsed frame carries; undefined where it fits none. */
export type Router = (value: unknown) => string | undefined;

/** Whether a value fits an action's schema. */
export type Fits = (action: string, value: unknown) => boolean;

/** One router for each kind of frame; those of a kind that nothing travels in lead nowhere. */
export interface Routers {
  readonly json: Router;
  /** Texts that a message names as they are: what they would be as JSON means nothing. */
  readonly constant: Router;
  readonly text: Router;
  readonly bytes: Router;
}

export function routers(dispatch: Dispatch, fits: Fits): Routers {
  const { json, text, bytes } = isByFrame(dispatch) ? dispatch : { json: dispatch };
  return {
    json: router(json, fits),
    constant: router(constantsOf(text), fits),
    text: router(text, fits),
    bytes: router(bytes, fits),
  };
}

function constantsOf(text: Dispatch | undefined): Dispatch {
  if (typeof text !== "object" || text === null || text.by !== "value") return null;
  const { by, at, cases } = text;
  return { by, at, cases };
}

/** Everything a tree can lead to: members of a union stand behind it, and are no leaves of their own. */
export function leavesOf(dispatch: Dispatch | undefined): ReadonlySet<string> {
  if (dispatch === null || dispatch === undefined) return new Set();
  if (typeof dispatch === "string") return new Set([dispatch]);
  return new Set(branchesOf(dispatch).flatMap((branch) => [...leavesOf(branch)]));
}

function branchesOf(dispatch: Exclude<Dispatch, string | null>): (Dispatch | undefined)[] {
  if (dispatch.by === "frame") return [dispatch.json, dispatch.text, dispatch.bytes];
  const absent = dispatch.by === "value" ? dispatch.absent : undefined;
  return [...dispatch.cases.map(([, then]) => then), absent, dispatch.otherwise];
}

function router(dispatch: Dispatch | undefined, fits: Fits): Router {
  if (dispatch === null || dispatch === undefined) return () => undefined;
  if (typeof dispatch === "string") return () => dispatch;
  switch (dispatch.by) {
    case "value":
      return byValue(dispatch, fits);
    case "keys":
      return byKeys(dispatch, fits);
    case "type":
      return byType(dispatch, fits);
    case "fit":
      return byFit(dispatch, fits);
    case "frame":
      return () => undefined; // a root only: there is no frame inside of a frame
  }
}

function byValue({ at, cases, absent, otherwise }: DispatchByValue, fits: Fits): Router {
  const routes = new Map(cases.map(([value, then]) => [value as unknown, router(then, fits)]));
  const elsewhere = router(otherwise, fits);
  routes.set(undefined, absent === undefined ? elsewhere : router(absent, fits)); // no JSON value is undefined
  return (value) => (routes.get(follow(value, at)) ?? elsewhere)(value);
}

function byKeys({ cases, otherwise }: DispatchByKeys, fits: Fits): Router {
  const routes = cases.map(([keys, then]) => ({ keys, route: router(then, fits) }));
  const elsewhere = router(otherwise, fits);
  return (value) =>
    (routes.find(({ keys }) => keys.every((key) => own(value, key) !== undefined))?.route ?? elsewhere)(value);
}

function byType({ cases, otherwise }: DispatchByType, fits: Fits): Router {
  const routes = new Map(cases.map(([type, then]) => [type as string, router(then, fits)]));
  const elsewhere = router(otherwise, fits);
  return (value) => (routes.get(typeOf(value)) ?? elsewhere)(value);
}

function byFit({ cases, otherwise }: DispatchByFit, fits: Fits): Router {
  const routes = cases.map(([actions, then]) => ({ actions, route: router(then, fits) }));
  const elsewhere = router(otherwise, fits);
  return (value) =>
    (routes.find(({ actions }) => actions.some((action) => fits(action, value)))?.route ?? elsewhere)(value);
}

function isByFrame(dispatch: Dispatch): dispatch is DispatchByFrame {
  return typeof dispatch === "object" && dispatch !== null && dispatch.by === "frame";
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "bigint") return "number"; // a large integer is one in JSON
  return Array.isArray(value) ? "array" : typeof value;
}

/** What stands at a place; undefined where nothing does. */
export function follow(value: unknown, at: readonly (string | number)[]): unknown {
  return at.reduce<unknown>(own, value);
}

function own(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key] // own, as just checked
    : undefined;
}
