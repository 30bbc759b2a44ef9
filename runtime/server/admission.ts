/**
 * How long a client's admission holds: a session is asked for fresh credentials in time, and whoever has none is closed.
 */
import type { Clock } from "../clock.js";
import { CloseCode } from "../close-codes.js";
import type { Peer } from "./peer.js";

/** Milliseconds before the end at which a session is asked for fresh credentials. */
const NOTICE_MS = 30_000;

export interface AdmissionParts<User> {
  readonly clock: Clock;
  readonly peer: Peer;
  /** When a user's admission ends, in milliseconds since the epoch; undefined: it does not. */
  readonly expires: (user: User) => number | undefined;
  /** Asks for fresh credentials; absent where there is no way to. */
  readonly ask: ((within: number) => void) | undefined;
}

export class Admission<User> {
  readonly #parts: AdmissionParts<User>;
  #cancel = (): void => {};

  constructor(parts: AdmissionParts<User>) {
    this.#parts = parts;
  }

  /** From now on it is this user's. */
  of(user: User): void {
    this.stop();
    const { clock, expires, ask } = this.#parts;
    const ends = expires(user);
    if (ends === undefined) return;
    const left = Math.max(0, ends - clock.now());
    const notice = Math.min(left, NOTICE_MS);
    if (!ask) {
      this.#cancel = clock.after(left, () => this.#over());
      return;
    }
    this.#cancel = clock.after(left - notice, () => {
      ask(notice);
      this.#cancel = clock.after(notice, () => this.#over());
    });
  }

  stop(): void {
    this.#cancel();
  }

  #over(): void {
    this.#parts.peer.close(CloseCode.unauthorized, "the admission has expired");
  }
}
