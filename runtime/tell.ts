/**
 * The application's callbacks, made safe to call: each is there, and none throws.
 */
import { guard } from "./guard.js";
import type { Callbacks, ErrorSource } from "./options.js";
import { type Report, reportError, reporter } from "./report.js";
import { sayProblems } from "./validation.js";

export type Tell = { readonly [K in keyof Callbacks]-?: (...args: Parameters<NonNullable<Callbacks[K]>>) => void };

export function teller(options: Callbacks, report: Report = reporter()): Tell {
  const onError = (error: unknown, source: ErrorSource): void => {
    const where = source.during === "handler" ? `the handler of ${source.action}` : `the ${source.during} function`;
    if (!options.onError) return reportError(`${where} failed`, error);
    const { onError: told } = options;
    guard(
      () => told(error, source),
      undefined,
      (worse) => reportError("onError failed", worse),
    );
  };
  const failed = (error: unknown): void => onError(error, { during: "callback" });
  const tell =
    <T>(given: ((what: T) => void) | undefined, otherwise: (what: T) => void): ((what: T) => void) =>
    (what) =>
      guard(given ?? otherwise, what, failed);
  return {
    onError,
    onState: tell(options.onState, () => {}),
    onUnknown: tell(options.onUnknown, ({ why }) =>
      report(`a frame arrived that fits nothing: ${why}`, `unknown ${why}`),
    ),
    onInvalid: tell(options.onInvalid, ({ direction, action, problems, passed }) =>
      report(
        `${action} ${direction === "in" ? "arrived" : "was sent"} and does not fit its schema${passed ? "" : "; it was dropped"}: ${sayProblems(problems)}`,
        `invalid ${direction} ${action}`,
      ),
    ),
    onUncertain: tell(options.onUncertain, ({ messages, more }) =>
      report(`the connection broke; ${messages.length + more} messages may or may not have arrived`),
    ),
    onRefusal: tell(options.onRefusal, ({ payload }) => report("the server refused a message", undefined, payload)),
  };
}
