/**
 * The way to one client.
 */
import type { Frame } from "../frame.js";

/** It exists because a plain connection's ends with it, and a session's does not. */
export interface Way {
  /**
   * Resolves when the frame is taken, or can no longer be. Never rejects where the broker does not. `answers`: the id of
   * the message that it answers, where nothing in it says so.
   */
  send(frame: Frame, answers?: string): Promise<void>;
  join(topic: string): Promise<void>;
  leave(topic: string): Promise<void>;
}
