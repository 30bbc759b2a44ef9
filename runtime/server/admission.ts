/**
 * How long a client's admission holds: a session is asked for fresh credentials in time, and whoever has none is closed.
 */
import type { Clock } from "../clock.js";
import { CloseCode } from "../close-codes.js";
import type { Peer } from "./peer.js";

/** Milliseconds before the end at which a session is asked for fresh credentials. */
const NOTICE_MS = 30_000;
/** Milliseconds that are waited at once: a platform's timers hold no more than 24 days. */
const DAY_MS = 86_400_000;

export interface AdmissionParts<User> {
  readonly clock: Clock;
  readonly peer: Peer;
  /** When a user's admission ends, in milliseconds since the epoch; undefined: it does not. */
  readonly expires: (user: User) => number | undefined;
  /** Asks for fresh credentials; absent where there is no way to. */
  readonly ask: ((within: number) => void) | undefined;
  /** `expires` threw: nobody knows how long the admission holds, so it does not. */
  readonly failed: (error: unknown) => void;
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
    try {
      const ends = this.#parts.expires(user);
      if (ends !== undefined) this.#until(ends);
    } catch (error) {
      this.#parts.failed(error);
      this.#over();
    }
  }

  stop(): void {
    this.#cancel();
  }

  #until(ends: number): void {
    const { clock, ask } = this.#parts;
    const left = Math.max(0, ends - clock.now());
    const notice = ask ? Math.min(left, NOTICE_MS) : 0;
    if (left - notice > DAY_MS) {
      this.#cancel = clock.after(DAY_MS, () => this.#until(ends));
      return;
    }
    this.#cancel = clock.after(left - notice, () => {
      ask?.(notice);
      if (notice === 0) this.#over();
      else this.#cancel = clock.after(notice, () => this.#over());
    });
  }

  #over(): void {
    this.#parts.peer.close(CloseCode.unauthorized, "the admission has expired");
  }
}
