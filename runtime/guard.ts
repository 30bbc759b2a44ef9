/**
 * Calls what is not ours, so that its failing is told and goes no further: neither a throw nor a rejection.
 */
export function guard<T>(call: (what: T) => unknown, what: T, failed: (error: unknown) => void): void {
  try {
    const result = call(what);
    if (isThenable(result)) result.then(undefined, failed);
  } catch (error) {
    failed(error);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
