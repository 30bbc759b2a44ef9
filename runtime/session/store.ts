/**
 * Where an outbox keeps what must survive its process.
 */
import type { Frame } from "../frame.js";

/** One accepted message, as it is kept: plain data that JSON (bytes aside) or a structured clone can hold. */
export interface StoredMessage {
  /** `<stream>.<number>`: what `send` returned. The stream is the process (or page) that accepted it. */
  readonly id: string;
  readonly action: string;
  readonly frame: Frame;
  /** Somebody waited for its reply. */
  readonly asks: boolean;
  /** Milliseconds since the epoch after which it must not be sent any more. */
  readonly expires?: number;
  /** What leaves first; 0 where it is absent. */
  readonly priority?: number;
}

/**
 * A disk as the outbox sees it. It exists so that a browser's IndexedDB, a file and a test's memory are the same three
 * methods, and so that durability has one meaning: a message is kept from when the `write` it was in resolved.
 */
export interface OutboxStore {
  /**
   * What was kept and not dropped, in order of acceptance. Called once, before anything else. What belongs to a process
   * or page that still lives is not handed out.
   */
  open(): Promise<readonly StoredMessage[]>;
  /**
   * Keeps some messages and drops others by their ids. Called again only after the last call has settled. Resolves once
   * all of it would survive a crash; rejects where that is not certain, and then none of `put` may come back.
   */
  write(put: readonly StoredMessage[], dropped: readonly string[]): Promise<void>;
  /** Lets go of files and locks, after the last write. What is kept stays. */
  close(): Promise<void>;
}
