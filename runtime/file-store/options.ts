/**
 * What can be chosen about a file store.
 */
import { ActionwireError } from "../errors.js";

/** When what was written is made to reach the disk itself: at every write, never, or within so many milliseconds. */
export type Sync = "always" | "never" | number;

/** A file that could not be read whole. */
export interface Damage {
  /** The outbox file, which now holds what could be read. */
  readonly path: string;
  /** Where the file as it was found is now. */
  readonly movedTo: string;
  /** Numbers of the lines that could not be read, from 1 on; each held what one write put and dropped. */
  readonly lines: readonly number[];
  /** Messages that could be read, and are handed out. */
  readonly kept: number;
}

export interface FileStoreOptions {
  /**
   * - `"always"` (default): a write resolves once it is on the disk (`fdatasync`), and survives the machine's failure.
   * - `"never"`: once the operating system has it: it survives the process's death, and not the machine's.
   * - a number of milliseconds: once the operating system has it; a sync begins at most so much later, so that the
   *   machine's failure loses what was written in about that time.
   */
  readonly fsync?: Sync;
  /**
   * Told where the file turns out, on open, to be damaged by something else than a crash in the middle of a write. By
   * then the readable part is safe in the file, and the damaged file is beside it.
   */
  readonly onDamage?: (damage: Damage) => void;
}

/** Throws `BAD_OPTION`. */
export function checked(path: string, { fsync = "always" }: FileStoreOptions): Sync {
  if (path === "") throw new ActionwireError("BAD_OPTION", "fileStore: the path is empty");
  if (fsync === "always" || fsync === "never" || (typeof fsync === "number" && fsync > 0 && fsync < 2 ** 31)) {
    return fsync;
  }
  throw new ActionwireError("BAD_OPTION", 'fileStore: fsync must be "always", "never" or a number of milliseconds');
}
