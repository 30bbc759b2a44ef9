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

/** Never rejects. An answer after the time is not waited for. */
export function ask<User>(
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
