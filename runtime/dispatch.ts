/**
 * Tells a frame's action: the contract's decision tree, made ready to ask. Values are looked up in a Map and keys among
 * an object's own, so `constructor` or `__proto__` in a frame mean nothing.
 */
import type { Dispatch, DispatchByKeys, DispatchByValue } from "./api.js";

/** The id of the action a parsed frame carries; undefined where it fits none. */
export type Router = (value: unknown) => string | undefined;

export function router(dispatch: Dispatch | undefined): Router {
  if (dispatch === null || dispatch === undefined) return () => undefined;
  if (typeof dispatch === "string") return () => dispatch;
  return dispatch.by === "value" ? byValue(dispatch) : byKeys(dispatch);
}

/** Everything a tree can lead to: members of a union stand behind it, and are no leaves of their own. */
export function leavesOf(dispatch: Dispatch | undefined): ReadonlySet<string> {
  if (dispatch === null || dispatch === undefined) return new Set();
  if (typeof dispatch === "string") return new Set([dispatch]);
  const absent = dispatch.by === "value" ? dispatch.absent : undefined;
  const branches = [...dispatch.cases.map(([, then]) => then), absent, dispatch.otherwise];
  return new Set(branches.flatMap((branch) => [...leavesOf(branch)]));
}

function byValue({ at, cases, absent, otherwise }: DispatchByValue): Router {
  const routes = new Map(cases.map(([value, then]) => [value as unknown, router(then)]));
  const elsewhere = router(otherwise);
  routes.set(undefined, absent === undefined ? elsewhere : router(absent)); // no JSON value is undefined
  return (value) => (routes.get(follow(value, at)) ?? elsewhere)(value);
}

function byKeys({ cases, otherwise }: DispatchByKeys): Router {
  const routes = cases.map(([keys, then]) => ({ keys, route: router(then) }));
  const elsewhere = router(otherwise);
  return (value) =>
    (routes.find(({ keys }) => keys.every((key) => own(value, key) !== undefined))?.route ?? elsewhere)(value);
}

function follow(value: unknown, at: readonly (string | number)[]): unknown {
  return at.reduce<unknown>(own, value);
}

function own(value: unknown, key: string | number): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string | number, unknown>)[key] // own, as just checked
    : undefined;
}
