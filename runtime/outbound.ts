/**
 * From what a caller gives to a frame: labelled, checked, encoded, under an id.
 */
import type { Action } from "./api.js";
import type { Codec } from "./codec.js";
import { ActionwireError, type Problem } from "./errors.js";
import { type Id, idAt, noRoom, withId } from "./field.js";
import { type Frame, frameSize } from "./frame.js";
import type { Entry } from "./outbox.js";
import { RequestIds } from "./request-ids.js";
import type { Tell } from "./tell.js";
import { problemsOf, sayProblems, type ValidationPolicy } from "./validation.js";

export class Outbound {
  readonly #codec: Codec;
  readonly #policy: ValidationPolicy;
  readonly #tell: Tell;
  readonly #ids: RequestIds;

  constructor(codec: Codec, policy: ValidationPolicy, tell: Tell, random: () => number) {
    this.#codec = codec;
    this.#policy = policy;
    this.#tell = tell;
    this.#ids = new RequestIds(random);
  }

  /** The action by its id. Throws `BAD_OPTION` for one that the contract does not have. */
  action(name: string): Action {
    const action = this.#codec.says.get(name);
    if (action) return action;
    throw new ActionwireError("BAD_OPTION", `${name}: the contract has no such action to the server`, { action: name });
  }

  /** One message under an id; `asks`: it travels, where frames or payloads have a place for one. Throws `INVALID_PAYLOAD`. */
  entry(id: string, name: string, payload: unknown, asks: boolean, unheard = false): Entry {
    const key = this.#key(name, payload, asks, id);
    const frame = this.frame(name, payload, asks ? id : undefined, key);
    return { id, action: name, frame, bytes: frameSize(frame), asks, unheard, key };
  }

  /** The frame of a message, under an id of the caller's, `key` in its payload. Throws `INVALID_PAYLOAD`. */
  frame(name: string, payload: unknown, id: string | undefined, key?: Id): Frame {
    const known = this.action(name);
    const { validate, reply } = known;
    const plain = this.#codec.label(name, this.#codec.toWire(known, payload));
    const place = reply?.by === "field" && key !== undefined ? reply.request : undefined;
    const labelled = place && key !== undefined ? withId(plain, place, key) : plain;
    if (this.#policy !== "off") this.#check(name, problemsOf(validate, labelled), labelled);
    const lacking = place ? noRoom(plain, place) : [];
    if (lacking.length > 0) throw invalid(name, lacking); // whatever the policy: nothing could ever answer it
    return this.#codec.encode(name, labelled, id);
  }

  /** A request carries an id of ours, whatever its caller gave; what is only sent keeps the caller's. */
  #key(name: string, payload: unknown, asks: boolean, id: string): Id | undefined {
    const { reply } = this.action(name);
    if (reply?.by !== "field") return undefined;
    if (asks) return this.#ids.next(reply.id, id.replace(/[-_.]/g, "")); // some servers take letters and digits only
    this.#ids.given(idAt(payload, reply.request));
    return undefined;
  }

  #check(action: string, problems: readonly Problem[], payload: unknown): void {
    if (problems.length === 0) return;
    if (this.#policy === "reject") throw invalid(action, problems);
    this.#tell.onInvalid({ direction: "out", action, payload, problems, passed: true });
  }
}

function invalid(action: string, problems: readonly Problem[]): ActionwireError {
  return new ActionwireError("INVALID_PAYLOAD", `${action}: ${sayProblems(problems)}`, { action, problems });
}
