/**
 * Requests that were handled before a connection was welcomed. Their replies are among what the server has said to this
 * client by then, or they were cut short, and will never be answered.
 */
import type { Waiting } from "../delivery.js";

export class Doubts {
  readonly #calls: Waiting;
  #open: { readonly ids: ReadonlySet<string>; readonly until: number } | undefined;

  constructor(calls: Waiting) {
    this.#calls = calls;
  }

  /** On a new connection. `until`: the last message said to this client so far. */
  begin(isHandled: (id: string) => boolean, until: number): void {
    const ids = this.#calls.open().filter(isHandled);
    this.#open = ids.length > 0 ? { ids: new Set(ids), until } : undefined;
  }

  /** All that was said to this client up to this message is heard. */
  heard(number: number): void {
    if (!this.#open || number < this.#open.until) return;
    const { ids } = this.#open;
    this.#open = undefined;
    // Once the handlers of that message were called: it may be the reply.
    void Promise.resolve().then(() => this.#calls.lost((id) => !ids.has(id)));
  }
}
