/**
 * From what a caller gives to a frame: labelled, checked, encoded, under an id.
 */
import type { Action } from "./api.js";
import type { Codec } from "./codec.js";
import { ActionwireError } from "./errors.js";
import { type Frame, frameSize } from "./frame.js";
import type { Entry } from "./outbox.js";
import type { Tell } from "./tell.js";
import { problemsOf, sayProblems, type ValidationPolicy } from "./validation.js";

export class Outbound {
  readonly #codec: Codec;
  readonly #policy: ValidationPolicy;
  readonly #tell: Tell;
  /** Before the number in every id, so that the ids of two clients differ. */
  readonly #prefix: string;
  #count = 0;

  constructor(codec: Codec, policy: ValidationPolicy, tell: Tell, random: () => number) {
    this.#codec = codec;
    this.#policy = policy;
    this.#tell = tell;
    this.#prefix = `${Math.floor(random() * 36 ** 8).toString(36)}-`;
  }

  /** Whether an id is one this client gave. */
  mine(id: string): boolean {
    return id.startsWith(this.#prefix);
  }

  /** The action by its id. Throws `BAD_OPTION` for one that the contract does not have. */
  action(name: string): Action {
    const action = this.#codec.says.get(name);
    if (action) return action;
    throw new ActionwireError("BAD_OPTION", `${name}: the contract has no such action to the server`, { action: name });
  }

  /** One message; `asks`: its id travels, where frames have a place for one. Throws `INVALID_PAYLOAD`. */
  entry(name: string, payload: unknown, asks: boolean): Entry {
    const id = this.#prefix + (this.#count++).toString(36);
    const frame = this.frame(name, payload, asks ? id : undefined);
    return { id, action: name, frame, bytes: frameSize(frame), asks };
  }

  /** The frame of a message, under an id of the caller's. Throws `INVALID_PAYLOAD`. */
  frame(name: string, payload: unknown, id: string | undefined): Frame {
    const { validate } = this.action(name);
    const labelled = this.#codec.label(name, payload);
    if (this.#policy !== "off") this.#check(name, problemsOf(validate, labelled), labelled);
    return this.#codec.encode(name, labelled, id);
  }

  #check(action: string, problems: ReturnType<typeof problemsOf>, payload: unknown): void {
    if (problems.length === 0) return;
    if (this.#policy === "reject") {
      throw new ActionwireError("INVALID_PAYLOAD", `${action}: ${sayProblems(problems)}`, { action, problems });
    }
    this.#tell.onInvalid({ direction: "out", action, payload, problems, passed: true });
  }
}
