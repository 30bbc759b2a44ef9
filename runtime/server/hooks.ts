/**
 * What an application is told about what went wrong. A hook may fail like any handler, and as harmlessly.
 */
import type { Meaningless } from "../codec.js";
import type { Problem } from "../errors.js";
import type { Frame } from "../frame.js";
import { reportError, reporter } from "../report.js";
import type { Contract } from "../session/generated/types.js";
import { sayProblems } from "../validation.js";

/** Where an error comes from. Absent where there is no such thing: a send outside of any handler has no connection. */
export interface About {
  readonly action?: string;
  readonly connectionId?: string;
  readonly requestId?: string;
}

/** A payload that does not fit its action's schema. */
export interface Invalid extends About {
  readonly action: string;
  /** `in`: it arrived. `out`: it was to leave, and did, the policy being `warn`. */
  readonly direction: "in" | "out";
  readonly payload: unknown;
  readonly problems: readonly Problem[];
}

/** A frame that fits nothing this server knows. */
export interface Unknown extends About {
  readonly why: Meaningless;
  /** It is whatever a stranger sent: do not log it whole. */
  readonly frame: Frame;
}

/** A client that was generated from another contract. */
export interface OtherContract {
  readonly mine: Contract;
  readonly theirs: Contract;
  /** It was sent away with 4426. */
  readonly refused: boolean;
}

export interface Hooks {
  /** A handler failed, or wanted to send what may not leave. Default: the console. */
  onError?(error: unknown, about: About): void | Promise<void>;
  /** Default: the console, for the first of each action. */
  onInvalid?(invalid: Invalid): void | Promise<void>;
  /** Default: the console, for the first of each kind. */
  onUnknown?(unknown: Unknown): void | Promise<void>;
  /** A session's client was generated from another contract. Default: the console, once a contract. */
  onOtherContract?(contracts: OtherContract): void | Promise<void>;
}

/** The hooks, safe to call from anywhere: nothing they do comes back. */
export interface Told {
  error(error: unknown, about: About): void;
  /** The same, of an error that goes on to whoever awaits it: if it comes by again, it is not told again. */
  early(error: unknown, about: About): void;
  invalid(invalid: Invalid): void;
  unknown(unknown: Unknown): void;
  contract(contracts: OtherContract): void;
}

export function told(hooks: Hooks): Told {
  const say = reporter();
  const known = new WeakSet<object>();
  const tell = (error: unknown, about: About) =>
    safely(() => (hooks.onError ? hooks.onError(error, about) : reportError(whereOf(about), error)));
  return {
    error(error, about) {
      if (!isObject(error) || !known.has(error)) tell(error, about);
    },
    early(error, about) {
      if (isObject(error)) known.add(error);
      tell(error, about);
    },
    invalid: (invalid) =>
      safely(() =>
        hooks.onInvalid ? hooks.onInvalid(invalid) : say(sayInvalid(invalid), `${invalid.direction} ${invalid.action}`),
      ),
    unknown: (unknown) =>
      safely(() =>
        hooks.onUnknown ? hooks.onUnknown(unknown) : say(`a frame was not understood: ${unknown.why}`, unknown.why),
      ),
    contract: (contracts) =>
      safely(() =>
        hooks.onOtherContract
          ? hooks.onOtherContract(contracts)
          : say(sayContract(contracts), `contract ${contracts.theirs.hash.slice(0, 64)}`),
      ),
  };
}

function whereOf({ action }: About): string {
  return action === undefined ? "a server's handler failed" : `the handler of ${action} failed`;
}

/** A stranger's words are cut, and printed as what they are. */
function sayContract({ mine, theirs, refused }: OtherContract): string {
  const version = JSON.stringify(theirs.version.slice(0, 64));
  return `a client of version ${version} of the contract came to version ${mine.version}${refused ? ", and was sent away" : ""}`;
}

function sayInvalid({ direction, action, problems }: Invalid): string {
  return `${action} ${direction === "in" ? "arrived" : "left"} with an invalid payload: ${sayProblems(problems)}`;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function safely(run: () => void | Promise<void>): void {
  const ran = (async () => run())();
  ran.catch((error: unknown) => {
    try {
      reportError("a hook failed", error);
    } catch {
      // An error that cannot even be printed (a throwing getter) has had its chance.
    }
  });
}
