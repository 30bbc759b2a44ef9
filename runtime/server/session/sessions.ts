/**
 * What all sessions of an endpoint share.
 */
import type { Api } from "../../api.js";
import type { Clock } from "../../clock.js";
import type { FrameLimits } from "../../json.js";
import { randomName } from "../../random-name.js";
import type { Contract } from "../../session/generated/types.js";
import type { Told } from "../hooks.js";
import type { Settings } from "../options.js";
import { Holders } from "./holders.js";
import { memorySessions } from "./memory-sessions.js";
import type { SessionStore } from "./session-store.js";

export interface SessionsOptions<User = unknown> {
  /** What is remembered of clients that come back. Default: this process's memory. */
  readonly store?: SessionStore;
  /**
   * Whose session it is, in words: only the same may resume it, so that nobody hears what was said to somebody else who
   * used the same page. Default: what `authorize` answered, as JSON, where that says all of it; else nobody's, and
   * nothing is resumed. Give it where the answer changes for one user (`expiresAt`) or is an object of a class.
   */
  identity?(user: User): string;
  /** Hashes of contracts whose clients are sent away with 4426, whatever their version says. */
  readonly refusedContracts?: readonly string[];
  /** Messages of one client that may be on their way unacknowledged. Default 1,024. */
  readonly window?: number;
  /** The same in bytes. Default 1,048,576. */
  readonly windowBytes?: number;
}

export interface Sessions {
  readonly clock: Clock;
  readonly store: SessionStore;
  readonly holders: Holders;
  readonly contract: Contract;
  readonly refusedContracts: readonly string[];
  readonly window: number;
  readonly windowBytes: number;
  readonly random: () => number;
  readonly frames: FrameLimits;
  readonly maxBuffered: number;
  readonly told: Told;
}

export function sessionsOf<User>(
  api: Api,
  options: SessionsOptions<User>,
  { clock, random, maxPayload, maxDepth, maxBuffered }: Settings,
  told: Told,
): Sessions {
  return {
    clock,
    store: options.store ?? memorySessions({ clock }),
    holders: new Holders(),
    contract: { version: api.version, hash: api.hash },
    refusedContracts: options.refusedContracts ?? [],
    window: options.window ?? 1_024,
    windowBytes: options.windowBytes ?? 1_048_576,
    random,
    frames: { maxBytes: maxPayload, maxDepth },
    maxBuffered,
    told,
  };
}

/** See {@link SessionsOptions.identity}. */
export function identityOf<User>({ identity }: SessionsOptions<User>, user: User, random: () => number): string {
  if (identity) return identity(user);
  return isPlain(user) ? (JSON.stringify(user) ?? "") : randomName(20, random);
}

/** Whether JSON says all there is of a value, so that no two users are the same text. */
function isPlain(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return typeof value !== "bigint" && typeof value !== "function";
  const prototype: unknown = Object.getPrototypeOf(value);
  const isData = prototype === Object.prototype || prototype === null || Array.isArray(value);
  return isData && Object.values(value).length > 0 && Object.values(value).every(isPlain);
}
