/**
 * From what a caller gives to the frame that leaves: labels, a look at the schema, one encoding.
 */
import type { Reply, Validate } from "../api.js";
import type { Codec } from "../codec.js";
import { ActionwireError, type ErrorCode } from "../errors.js";
import { idAt, withId } from "../field.js";
import type { Frame } from "../frame.js";
import { problemsOf, sayProblems, type ValidationPolicy } from "../validation.js";
import type { Told } from "./hooks.js";

/** The request that is answered. */
export interface Asked {
  readonly action: string;
  /** The id that its frame carried. */
  readonly id?: string | undefined;
  readonly payload: unknown;
}

export class Outgoing {
  readonly #codec: Codec;
  readonly #policy: ValidationPolicy;
  readonly #told: Told;

  constructor(codec: Codec, policy: ValidationPolicy, told: Told) {
    this.#codec = codec;
    this.#policy = policy;
    this.#told = told;
  }

  /** The frame of a message. Throws `INVALID_PAYLOAD`. */
  message(action: string, payload: unknown): Frame {
    const known = this.#codec.says.get(action);
    if (!known) throw new ActionwireError("INVALID_PAYLOAD", `${action} is nothing this server says`, { action });
    const labelled = this.#codec.label(action, this.#codec.toWire(known, payload));
    this.#check("INVALID_PAYLOAD", action, known.validate, labelled);
    return this.#codec.encode(action, labelled);
  }

  /** The frame of what a route answered. Undefined where the action has no answer. Throws `INVALID_REPLY`. */
  reply({ action, id, payload }: Asked, answer: unknown): Frame | undefined {
    const reply = this.#codec.hears.get(action)?.reply;
    if (!reply) return undefined;
    if (reply.by === "id") {
      if (id === undefined) return undefined; // nobody is waiting: the frame carried nothing to answer to
      const value = this.#codec.toWire({}, answer);
      this.#check("INVALID_REPLY", action, reply.validate, value);
      return this.#codec.encode(action, value, id);
    }
    const [only, ...others] = reply.actions;
    if (only === undefined) return undefined;
    const value = this.#codec.toWire(this.#codec.says.get(only) ?? {}, answer);
    const named = reply.by === "field" ? answering(reply, payload, value) : value;
    const which = others.length === 0 ? only : this.#whichOf(reply.actions, named);
    const labelled = others.length === 0 ? this.#codec.label(which, named) : named;
    const validate = this.#codec.says.get(which)?.validate;
    if (validate) this.#check("INVALID_REPLY", action, validate, labelled);
    return this.#codec.encode(which, labelled);
  }

  /** Of several possible answers, the one that the value is; the first, to be found invalid, where it is none. */
  #whichOf(actions: readonly string[], value: unknown): string {
    return actions.find((action) => this.#codec.says.get(action)?.validate(value)) ?? actions[0] ?? "";
  }

  #check(code: ErrorCode, action: string, validate: Validate, payload: unknown): void {
    if (this.#policy === "off") return;
    const problems = problemsOf(validate, payload);
    if (problems.length === 0) return;
    if (this.#policy === "warn") this.#told.invalid({ direction: "out", action, payload, problems });
    else throw new ActionwireError(code, `${action}: ${sayProblems(problems)}`, { action, problems });
  }
}

/** An answer with the id of its request, where that carried one. */
function answering(reply: Extract<Reply, { by: "field" }>, asked: unknown, answer: unknown): unknown {
  const id = idAt(asked, reply.request);
  return id === undefined ? answer : withId(answer, reply.reply, id);
}
