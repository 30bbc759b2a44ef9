/**
 * A session's callbacks, safe to call: each is there, and none throws.
 */
import { guard } from "../guard.js";
import { reporter } from "../report.js";
import type { Tell } from "../tell.js";
import type { SessionCallbacks } from "./options.js";

export type SessionTell = {
  readonly [K in keyof SessionCallbacks]-?: (what: Parameters<NonNullable<SessionCallbacks[K]>>[0]) => void;
};

export function sessionTeller(callbacks: SessionCallbacks, tell: Tell): SessionTell {
  const report = reporter();
  const safe =
    <T>(given: ((what: T) => void) | undefined, otherwise: (what: T) => void): ((what: T) => void) =>
    (what) =>
      guard(given ?? otherwise, what, (error) => tell.onError(error, { during: "callback" }));
  const quiet = (): void => {};
  return {
    onDurable: safe(callbacks.onDurable, quiet),
    onAcknowledged: safe(callbacks.onAcknowledged, quiet),
    onRejected: safe(callbacks.onRejected, ({ error }) => report(`a message was rejected: ${error.message}`)),
    onResync: safe(callbacks.onResync, ({ why }) => report(`something the server said is out of reach: ${why}`)),
    onOtherContract: safe(callbacks.onOtherContract, ({ mine, theirs }) =>
      report(
        `the server speaks version ${theirs.version} (${theirs.hash}) of the contract, this client ${mine.version} (${mine.hash})`,
        `contract ${theirs.hash}`,
      ),
    ),
  };
}
