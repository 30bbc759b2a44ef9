/**
 * Whether a client comes in: asked of the application, within a time.
 */
import type { Clock } from "../clock.js";
import type { Authorize } from "./options.js";
import type { UpgradeRequest } from "./upgrade-request.js";

export type Verdict<User> =
  | { readonly kind: "admitted"; readonly user: User }
  | { readonly kind: "refused" }
  | { readonly kind: "failed"; readonly error: unknown }
  | { readonly kind: "timed-out" };

/** Asks, and never rejects. */
export type Ask<User> = (request: UpgradeRequest) => Promise<Verdict<User>>;

/** How a mount asks, by its options. */
export function asking<User>(authorize: Authorize<User> | "anyone", clock: Clock, timeout: number): Ask<User> {
  if (authorize !== "anyone") return (request) => ask(authorize, request, clock, timeout);
  // The options' type admits "anyone" only where a User may be undefined.
  return async () => ({ kind: "admitted", user: undefined as User });
}

/** Never rejects. An answer after the time is not waited for. */
function ask<User>(
  authorize: Authorize<User>,
  request: UpgradeRequest,
  clock: Clock,
  timeout: number,
): Promise<Verdict<User>> {
  return new Promise((resolve) => {
    const cancel = clock.after(timeout, () => resolve({ kind: "timed-out" }));
    void verdict(authorize, request).then((answer) => {
      cancel();
      resolve(answer);
    });
  });
}

async function verdict<User>(authorize: Authorize<User>, request: UpgradeRequest): Promise<Verdict<User>> {
  try {
    const answer = await authorize(request);
    return answer === undefined || answer === null || answer === false
      ? { kind: "refused" }
      : { kind: "admitted", user: answer };
  } catch (error) {
    return { kind: "failed", error };
  }
}
