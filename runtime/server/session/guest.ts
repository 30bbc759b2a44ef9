/**
 * Who is at the other end of a visit.
 */
import type { Frame } from "../../frame.js";
import type { Credentials } from "../../session/generated/types.js";
import type { Receipt } from "../delivery.js";

/** The client's side of the conversation, as far as a visit drives it. */
export interface Guest {
  /** Whose connection it is: only the same may resume a session. */
  readonly identity: string;
  /** It is welcome. */
  open(): void;
  /** A message in its turn. Never rejects. */
  hear(frame: Frame, receipt: Receipt): Promise<void>;
  /** Fresh credentials came. Never rejects. */
  credentials(given: Credentials): Promise<void>;
}
