/**
 * What generated senders stand on. `ChatSender extends Sender` has one method per action the server may say, each a
 * line that calls `send`; to whom it speaks (one client, a topic, all) was decided by whoever made it.
 * Public names of the form `sendX` belong to generated code, so there are none here.
 */

/** Where a sender's messages go. */
export interface Outlet {
  /**
   * Labels, checks and encodes a message once, and passes it to its receivers. Resolves when they took it; receivers
   * that are gone, or lag behind others in a topic, are not waited for. Rejects with `INVALID_PAYLOAD` only.
   */
  send(action: string, payload: unknown): Promise<void>;
}

export class Sender {
  readonly #outlet: Outlet;

  constructor(outlet: Outlet) {
    this.#outlet = outlet;
  }

  protected send(action: string, payload?: unknown): Promise<void> {
    return this.#outlet.send(action, payload);
  }
}

/** A generated sender's class. */
export type SenderClass<S extends Sender> = new (outlet: Outlet) => S;
