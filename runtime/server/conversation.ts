/**
 * One connection, as far as the application goes: its handlers' runs, each with a context of its own.
 */
import { ActionwireError } from "../errors.js";
import type { Frame } from "../frame.js";
import type { Context, Opened } from "./context.js";
import type { Delivery, Receipt } from "./delivery.js";
import type { Gone } from "./gone.js";
import type { Message, Talker } from "./handling.js";
import type { About } from "./hooks.js";
import type { Peer } from "./peer.js";
import type { Sender } from "./sender.js";
import type { Service } from "./service.js";
import { Turn } from "./turn.js";
import { TurnContext } from "./turn-context.js";
import type { Way } from "./way.js";

export class Conversation<User, S extends Sender> implements Talker {
  readonly connectionId: string;
  readonly #service: Service<User, S>;
  readonly #peer: Peer;
  readonly #way: Way;
  #opened: Opened<User>;

  constructor(service: Service<User, S>, peer: Peer, way: Way, opened: Opened<User>) {
    this.connectionId = opened.connectionId;
    this.#service = service;
    this.#peer = peer;
    this.#way = way;
    this.#opened = opened;
  }

  get user(): User {
    return this.#opened.user;
  }

  /** Who the client is from now on: it has shown fresh credentials. */
  set user(user: User) {
    this.#opened = { ...this.#opened, user };
  }

  /** The client is there. */
  open(): void {
    const { options } = this.#service;
    if (options.onOpen) this.#hook((context) => options.onOpen?.(context));
  }

  /** Handles a frame, in its turn. Never rejects. */
  hear(frame: Frame, receipt?: Receipt): Promise<void> {
    return this.#service.handling.handle(frame, this, receipt);
  }

  gone(gone: Gone): void {
    const { options } = this.#service;
    if (options.onClose) this.#hook((context) => options.onClose?.(context, gone));
  }

  send(frame: Frame, answers?: string): Promise<void> {
    return this.#way.send(frame, answers);
  }

  violate(): void {
    this.#peer.violate();
  }

  close(code: number, reason: string): void {
    this.#peer.close(code, reason);
  }

  async route(
    { action, payload, id }: Message,
    answer: (value: unknown) => Promise<void>,
    delivery: Delivery | undefined,
  ): Promise<void> {
    const route = this.#service.routes.get(action);
    if (!route) throw new ActionwireError("NOT_IMPLEMENTED", `${action} has no route`, { action });
    const turn = new Turn();
    const context = this.#context(turn, { connectionId: this.connectionId, action }, id, delivery);
    await this.#run(turn, async () => {
      const value = await route(payload, context);
      if (!turn.over) await answer(value);
    });
  }

  /** Runs a hook of the application's in turn with the messages. */
  #hook(hook: (context: Context<User, S>) => void | Promise<void>): void {
    const about = { connectionId: this.connectionId };
    this.#peer.enqueue(async () => {
      try {
        const turn = new Turn();
        await this.#run(turn, () => hook(this.#context(turn, about, undefined, undefined)));
      } catch (error) {
        this.#service.told.error(error, about);
      }
    });
  }

  #run(turn: Turn, handler: () => void | Promise<void>): Promise<void> {
    const { clock, handlerTimeout } = this.#service.settings;
    return turn.run(clock, handlerTimeout, handler);
  }

  #context(turn: Turn, about: About, requestId: string | undefined, delivery: Delivery | undefined): Context<User, S> {
    return new TurnContext(this.#opened, this.#service, this.#peer, this.#way, { turn, about, requestId, delivery });
  }
}
