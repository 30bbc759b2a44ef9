/**
 * A server's socket without a network: remembers what it was told, and takes frames at once or when asked to.
 */
import type { Frame } from "@actionwire/runtime";
import type { SocketLike } from "@actionwire/runtime/server";

export class FakeSocket implements SocketLike {
  readonly sent: Frame[] = [];
  readonly closed: { code: number; reason: string }[] = [];
  terminated = false;
  paused = false;
  pings = 0;
  /** Frames are taken only by {@link flush}. */
  stuck = false;
  /** `send` throws. */
  broken = false;
  #waiting: { bytes: number; done: (error?: unknown) => void }[] = [];

  send(frame: Frame, done: (error?: unknown) => void): void {
    if (this.broken) throw new Error("broken");
    this.sent.push(frame);
    if (this.stuck) this.#waiting.push({ bytes: frame.length, done });
    else done();
  }

  close(code: number, reason: string): void {
    this.closed.push({ code, reason });
  }

  terminate(): void {
    this.terminated = true;
  }

  buffered(): number {
    return this.#waiting.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  ping(): void {
    this.pings += 1;
  }

  flush(): void {
    for (const { done } of this.#waiting.splice(0)) done();
  }

  /** What was sent, read. */
  get frames(): unknown[] {
    return this.sent.map((frame): unknown => JSON.parse(String(frame)));
  }
}
