/**
 * Ids for requests whose payloads carry one: never the same twice for one client, so that an answer is never another's.
 */
import type { Reply } from "./api.js";
import type { Id } from "./field.js";

/** What an id is: the contract's word. */
export type IdKind = Extract<Reply, { by: "field" }>["id"];

export class RequestIds {
  readonly #random: () => number;
  #count = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A fresh id; `text` is what one that is any text looks like. */
  next(kind: IdKind, text: string): Id {
    if (kind === "string") return text;
    this.#count++;
    return kind === "integer" ? this.#count : this.#uuid();
  }

  /** An id that the application gave to a message itself: counting goes on after it. */
  given(id: Id | undefined): void {
    if (typeof id === "number" && id > this.#count && Number.isSafeInteger(id + 1)) this.#count = Math.floor(id);
  }

  /** A version 4 in form (RFC 9562, 5.4); its last part counts, so that no roll of the dice can make two the same. */
  #uuid(): string {
    const digit = (): string => Math.floor(this.#random() * 16).toString(16);
    return `${"xxxxxxxx-xxxx-4xxx-8xxx".replaceAll("x", digit)}-${this.#count.toString(16).padStart(12, "0")}`;
  }
}
