/**
 * Who wants to hear what. A message goes to every handler of its action, in the order they were registered; where
 * there is none, it goes nowhere, and that is fine. Handlers are not waited for, and none of them can end anything.
 */
import { guard } from "./guard.js";

export type Handler = (payload: unknown) => unknown;

/** A handler threw, or what it returned was rejected. */
export type HandlerFailed = (error: unknown, action: string) => void;

interface Registered {
  readonly call: Handler;
  readonly failed: (error: unknown) => void;
}

export class Handlers {
  readonly #failed: HandlerFailed;
  readonly #byAction: Map<string, readonly Registered[]> = new Map();

  constructor(failed: HandlerFailed) {
    this.#failed = failed;
  }

  /** Adds one handler; the answer takes it off again. The same function twice is two handlers. */
  add(action: string, call: Handler): () => void {
    const registered = { call, failed: (error: unknown) => this.#failed(error, action) };
    this.#byAction.set(action, [...(this.#byAction.get(action) ?? []), registered]);
    return () => {
      const rest = (this.#byAction.get(action) ?? []).filter((other) => other !== registered);
      this.#byAction.set(action, rest);
    };
  }

  /**
   * Adds the methods of an object, `onSaid` for the action `said`; looked up when a message comes, so that a method
   * may be replaced later. Unknown methods are ignored.
   */
  addAll(handlers: object, actions: Iterable<string>): () => void {
    // An interface of handlers has no index; whether the member is a function is checked below.
    const methods = handlers as Readonly<Record<string, unknown>>;
    const undo = [...actions].map((action) => {
      const name = `on${upperFirst(action)}`;
      return this.add(action, (payload) => {
        const method = methods[name];
        return typeof method === "function" ? method.call(handlers, payload) : undefined;
      });
    });
    return () => {
      for (const off of undo) off();
    };
  }

  /** Gives a message to whoever wants it. Never throws. */
  deliver(action: string, payload: unknown): void {
    const registered = this.#byAction.get(action);
    if (!registered) return;
    for (const { call, failed } of registered) guard(call, payload, failed);
  }
}

/** As the generator makes it: the first letter is a code point, and may be two units long. */
function upperFirst(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}
