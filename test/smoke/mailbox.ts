/** What arrives on one side, and what that side complains of instead. */
import { isDeepStrictEqual } from "node:util";

export interface Arrival {
  /** The action, or the union, at whose door it arrived. */
  readonly door: string;
  readonly payload: unknown;
}

/** Milliseconds after which what has not arrived on loopback never will. */
const PATIENCE = 2_000;

export class Mailbox {
  #wake: ((what: Arrival | string) => void) | undefined;

  arrived(door: string, payload: unknown): void {
    this.#tell({ door, payload });
  }

  complain(why: string): void {
    this.#tell(why);
  }

  /** What comes next because of an action: an arrival, or in words why there is none. */
  async after(act: () => unknown): Promise<Arrival | string> {
    let timer: NodeJS.Timeout | undefined;
    const next = new Promise<Arrival | string>((resolve) => {
      this.#wake = resolve;
      timer = setTimeout(() => resolve("nothing arrived"), PATIENCE);
    });
    try {
      await act();
      return await next;
    } catch (error) {
      return `refused by the sender: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      clearTimeout(timer);
      this.#wake = undefined;
    }
  }

  #tell(what: Arrival | string): void {
    this.#wake?.(what);
  }
}

/** Bytes are the same whichever class holds them. */
export function same(one: unknown, other: unknown): boolean {
  if (one instanceof Uint8Array && other instanceof Uint8Array) return Buffer.compare(one, other) === 0;
  return isDeepStrictEqual(one, other);
}
