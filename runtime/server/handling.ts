/**
 * What becomes of a frame: it is told apart, checked, given to its route, and answered.
 */
import type { Envelope } from "../api.js";
import { CloseCode } from "../close-codes.js";
import type { Codec, Heard } from "../codec.js";
import { ActionwireError, type Problem } from "../errors.js";
import type { Frame } from "../frame.js";
import { checked, type ValidationPolicy } from "../validation.js";
import type { Delivery, Receipt } from "./delivery.js";
import type { About, Told } from "./hooks.js";
import type { Outgoing } from "./outgoing.js";
import { Refusal, type RefusalPayload, refuseError, refuseInvalid, refuseUnknown } from "./refusal.js";

export type Message = Extract<Heard, { kind: "message" }>;

/** One connection, as far as answering goes. */
export interface Talker {
  readonly connectionId: string;
  /** `answers`: the id of the message that it answers, where nothing in it says so. */
  send(frame: Frame, answers?: string): Promise<void>;
  violate(): void;
  close(code: number, reason: string): void;
  /** Runs the action's route in a turn of its own; `answer` gets what it returned, and is part of the turn. */
  route(message: Message, answer: (value: unknown) => Promise<void>, delivery: Delivery | undefined): Promise<void>;
}

export interface HandlingParts {
  readonly codec: Codec;
  readonly outgoing: Outgoing;
  readonly envelope: Envelope | undefined;
  readonly policy: ValidationPolicy;
  readonly told: Told;
}

const MISSING = "an answer is missing, and answers come in order";

export class Handling {
  readonly #parts: HandlingParts;

  constructor(parts: HandlingParts) {
    this.#parts = parts;
  }

  /** Handles one frame to its end; in a session it comes with a receipt. Never rejects. */
  async handle(frame: Frame, talker: Talker, receipt?: Receipt): Promise<void> {
    let message: Message | undefined;
    let answered = false;
    try {
      const { codec } = this.#parts;
      const heard = codec.decode(frame);
      if (heard.kind !== "message") return this.#unknown(heard, frame, talker, receipt);
      const { value, problems } = this.#looked(heard);
      message = { ...heard, payload: value };
      if (problems.length > 0 && this.#invalid(message, problems, talker, receipt)) return;
      message = { ...heard, payload: codec.toApplication(codec.hears.get(heard.action) ?? {}, value) };
      const answer = async (value: unknown): Promise<void> => {
        const reply = this.#parts.outgoing.reply(heard, value);
        answered = true; // whatever else of the run fails now, the request has its answer
        if (reply !== undefined) await talker.send(reply, this.#inOrder(heard) ? receipt?.delivery.id : undefined);
      };
      await talker.route(message, answer, receipt?.delivery);
    } catch (error) {
      this.#failed(error, message, answered, talker, receipt);
    }
  }

  #looked({ action, payload }: Message): ReturnType<typeof checked> {
    const known = this.#parts.codec.hears.get(action);
    return known && this.#parts.policy !== "off" ? checked(known.validate, payload) : { value: payload, problems: [] };
  }

  /**
   * Tells of an invalid payload; true where it goes no further. That never closes the connection, not even where the
   * answer that will be missing has its place in an order: who asked wrongly may get the next answer for this one.
   */
  #invalid(
    { action, payload, id }: Message,
    problems: readonly Problem[],
    talker: Talker,
    receipt: Receipt | undefined,
  ): boolean {
    this.#parts.told.invalid({ direction: "in", action, payload, problems, ...about(talker, undefined, id) });
    if (this.#parts.policy === "warn") return false;
    this.#refuse(refuseInvalid(action, problems), id, talker, receipt);
    talker.violate();
    return true;
  }

  #unknown(heard: Exclude<Heard, Message>, frame: Frame, talker: Talker, receipt: Receipt | undefined): void {
    const why = heard.kind === "unknown" ? heard.why : "no-action";
    this.#parts.told.unknown({ why, frame, ...about(talker, undefined, heard.id) });
    this.#refuse(refuseUnknown(why), heard.id, talker, receipt);
    talker.violate();
  }

  #failed(
    error: unknown,
    message: Message | undefined,
    answered: boolean,
    talker: Talker,
    receipt: Receipt | undefined,
  ): void {
    const waited = !answered && message !== undefined && this.#awaited(message);
    const answerable = !answered && this.#parts.envelope !== undefined && message?.id !== undefined;
    // In a session who waits can be told whatever the frames have no place for; who does not, what is no failure.
    const told = receipt && !answerable && (waited || meant(error)) ? receipt : undefined;
    const said = (answerable || told) && error instanceof Refusal; // the application's own answer is no failure
    if (!said) this.#parts.told.error(error, about(talker, message?.action, message?.id));
    if (answerable || told) this.#refuse(refuseError(error), message?.id, talker, told);
    else if (waited && message && this.#inOrder(message)) talker.close(CloseCode.internalError, MISSING);
  }

  /** Whether somebody may wait for an answer to this message that finds its way without an envelope. */
  #awaited({ action }: Message): boolean {
    return !this.#parts.envelope && this.#parts.codec.hears.get(action)?.reply !== undefined;
  }

  /** Whether the client takes the next answer for this message's, since nothing else can be said in frames like these. */
  #inOrder({ action }: Message): boolean {
    return !this.#parts.envelope && this.#parts.codec.hears.get(action)?.reply?.by === "order";
  }

  /** Frames without an envelope have no way to say no; a session has. */
  #refuse(payload: RefusalPayload, id: string | undefined, talker: Talker, receipt: Receipt | undefined): void {
    const envelope = this.#parts.envelope;
    if (receipt && (!envelope || id === undefined)) receipt.reject(payload.code, payload.message);
    else if (envelope)
      talker
        .send(this.#encode(envelope.error, payload, id))
        .catch((error: unknown) => this.#parts.told.error(error, about(talker, undefined, id)));
  }

  #encode(action: string, payload: RefusalPayload, id: string | undefined): Frame {
    try {
      return this.#parts.codec.encode(action, payload, id);
    } catch {
      return this.#parts.codec.encode(action, refuseError(undefined), id); // details that JSON cannot say
    }
  }
}

function about({ connectionId }: Talker, action: string | undefined, requestId: string | undefined): About {
  return { connectionId, ...(action !== undefined && { action }), ...(requestId !== undefined && { requestId }) };
}

/** Whether an error says that the message was not handled, and not that handling it went wrong. */
function meant(error: unknown): boolean {
  return error instanceof Refusal || (error instanceof ActionwireError && error.code === "NOT_IMPLEMENTED");
}
