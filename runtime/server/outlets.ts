/**
 * Makes senders: the generated class, and where its messages go.
 */
import type { Frame } from "../frame.js";
import type { About, Told } from "./hooks.js";
import type { Outgoing } from "./outgoing.js";
import type { Sender, SenderClass } from "./sender.js";

/** Passes a frame on to whomever a sender speaks to. */
export type Deliver = (frame: Frame) => Promise<void>;

/** Makes a handler's run wait for a send. */
export type Track = (work: Promise<void>) => Promise<void>;

export class Outlets<S extends Sender> {
  readonly #make: SenderClass<S>;
  readonly #outgoing: Outgoing;
  readonly #told: Told;

  constructor(make: SenderClass<S>, outgoing: Outgoing, told: Told) {
    this.#make = make;
    this.#outgoing = outgoing;
    this.#told = told;
  }

  /** A sender. Its frames leave in order of its calls, whether their promises are awaited or not. */
  sender(deliver: Deliver, track: Track, about: About): S {
    const send = (action: string, payload: unknown) =>
      track(watched(this.#send(action, payload, deliver), this.#told, { ...about, action }));
    return new this.#make({ send });
  }

  async #send(action: string, payload: unknown, deliver: Deliver): Promise<void> {
    await deliver(this.#outgoing.message(action, payload));
  }
}

/** The same promise; a rejection is told, and where nobody awaits it, it does not end the process. */
export function watched(work: Promise<void>, told: Told, about: About): Promise<void> {
  work.catch((error: unknown) => told.early(error, about));
  return work;
}
