/**
 * A file that only grows, by whole writes: what cannot be written whole is taken back.
 */
import { type FileHandle, open } from "node:fs/promises";
import type { Sync } from "./options.js";

export class Log {
  readonly #handle: FileHandle;
  readonly #fsync: Sync;
  /** Bytes of what was written whole. */
  #length: number;
  /** Why nothing more can be written; undefined where it can. */
  #broken: unknown;
  /** Since when something may be in the operating system's memory alone. */
  #timer: NodeJS.Timeout | undefined;
  /** Not to be broken by a sync that is still under way. */
  #closed = false;

  private constructor(handle: FileHandle, fsync: Sync, length: number) {
    this.#handle = handle;
    this.#fsync = fsync;
    this.#length = length;
  }

  /** Bytes after `length`, a torn write, are cut off. */
  static async open(path: string, fsync: Sync, length: number): Promise<Log> {
    return Log.#over(await open(path, "r+"), fsync, length);
  }

  /** A new, empty one, readable by its owner alone; over what is there. */
  static async create(path: string, fsync: Sync): Promise<Log> {
    return Log.#over(await open(path, "w+", 0o600), fsync, 0);
  }

  static async #over(handle: FileHandle, fsync: Sync, length: number): Promise<Log> {
    try {
      if ((await handle.stat()).size > length) {
        await handle.truncate(length);
        await handle.sync();
      }
      return new Log(handle, fsync, length);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get length(): number {
    return this.#length;
  }

  /** Rejects where the bytes are not all written, or not as safely as asked for; then none of them are there later. */
  async append(bytes: Uint8Array, fsync: Sync = this.#fsync): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    try {
      for (let done = 0; done < bytes.byteLength; ) {
        const { bytesWritten } = await this.#handle.write(bytes, done, bytes.byteLength - done, this.#length + done);
        done += bytesWritten;
      }
      if (fsync === "always") await this.#handle.datasync();
    } catch (error) {
      await this.#takeBack();
      throw error;
    }
    this.#length += bytes.byteLength;
    if (typeof fsync === "number") this.#syncWithin(fsync);
  }

  /** Every later write is refused. */
  break(cause: unknown): void {
    this.#broken ??= cause;
  }

  /** Nothing more is written. Where writes are synced later, what is left of that is done now. */
  async close(): Promise<void> {
    const due = this.#timer !== undefined;
    clearTimeout(this.#timer);
    this.#closed = true;
    try {
      if (due) await this.#handle.datasync();
    } finally {
      await this.#handle.close();
    }
  }

  /** Closes what another file has taken the place of: what becomes of it is of no interest. */
  async abandon(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closed = true;
    await this.#handle.close().catch(() => {});
  }

  /** Cuts off a failed write, down to the disk. What cannot be cut off must not be written behind. */
  async #takeBack(): Promise<void> {
    try {
      await this.#handle.truncate(this.#length);
      await this.#handle.sync();
    } catch (error) {
      this.break(error);
    }
  }

  #syncWithin(ms: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      // Where this fails, the system may have thrown away what earlier writes gave it, and a second try would not say so.
      this.#handle.datasync().catch((error: unknown) => {
        if (!this.#closed) this.break(error);
      });
    }, ms).unref(); // the end of the process loses nothing that the system has
  }
}
