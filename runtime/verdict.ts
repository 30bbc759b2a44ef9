/**
 * What a loss means for the next attempt. Pure; the table is the whole of it.
 */
import { CloseCode } from "./close-codes.js";
import type { Reason } from "./reason.js";

/** All that is known of a connection that ended, or never came about. */
export interface Loss {
  /** The close code; 1006 where none came (RFC 6455, section 7.1.5). */
  readonly code: number;
  /** The peer's words, at most 123 bytes; usually empty. */
  readonly reason: string;
  /** Whether it had opened. */
  readonly opened: boolean;
  /** HTTP status that the opening request got instead of an upgrade, where the transport can see it (not in browsers). */
  readonly status?: number;
  /** Milliseconds that the server asked to stay away for. */
  readonly retryAfter?: number;
}

/** `refused` counts towards the end of patience; `final` is the end. */
export type Verdict =
  | { readonly is: "retry"; readonly reason: Reason; readonly after?: number }
  | { readonly is: "refused"; readonly reason: Reason; readonly after?: number }
  | { readonly is: "final"; readonly reason: Reason };

/** What an application may say of a loss; undefined leaves it to the table. `retryAfter` in milliseconds. */
export type Classified = "retry" | "refused" | "final" | { readonly retryAfter: number } | undefined;

/** Close codes after which coming back leads to the same end; 4400, 4404, 4406 as HTTP's 400, 404, 406. */
const FINAL: ReadonlySet<number> = new Set<number>([
  CloseCode.protocolError,
  CloseCode.unsupportedData,
  CloseCode.invalidText,
  CloseCode.policyViolation,
  1010, // the server lacks an extension the client insisted on
  CloseCode.badProtocol,
  4404,
  4406,
  CloseCode.takenOver,
  CloseCode.otherContract,
]);

/** HTTP 4xx that speak of the moment, not of the request: Request Timeout, Too Early, Too Many Requests. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

export function verdict(loss: Loss, classified?: Classified): Verdict {
  const after = typeof classified === "object" ? classified.retryAfter : loss.retryAfter;
  const is = typeof classified === "object" ? "retry" : (classified ?? table(loss));
  const reason = reasonOf(loss, is);
  return is === "final" ? { is, reason } : { is, reason, ...(after !== undefined && { after }) };
}

function table({ code, status }: Loss): Verdict["is"] {
  if (status === 401 || status === 403 || code === CloseCode.unauthorized || code === CloseCode.forbidden) {
    return "refused";
  }
  if (status !== undefined) return status >= 400 && status < 500 && !PASSING.has(status) ? "final" : "retry";
  return code === CloseCode.normal || FINAL.has(code) ? "final" : "retry";
}

function reasonOf({ code, reason, opened, status }: Loss, is: Verdict["is"]): Reason {
  const said = reason && `: ${reason}`;
  if (status !== undefined) {
    const text = `the server answered HTTP ${status}${said}`;
    if (is === "refused") return { kind: "unauthorized", text, refusals: 1, status };
    return { kind: is === "final" ? "rejected" : "unavailable", text, status };
  }
  const text = `the connection closed with ${code}${said}`;
  if (is === "refused") return { kind: "unauthorized", text, refusals: 1, code };
  if (is === "final") return { kind: code === CloseCode.normal ? "finished" : "rejected", text, code };
  if (opened || code !== CloseCode.abnormal) return { kind: "lost", text, code };
  return { kind: "unreachable", text: `no connection came about${said}` };
}
