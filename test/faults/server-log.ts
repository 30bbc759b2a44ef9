/** What a server did, in a file that outlives it: the truth that everything is counted from. */
import { now } from "./clock.js";
import { Lines } from "./lines.js";

/** A message that the application of the server handled. */
export interface Handled {
  readonly at: number;
  readonly n: number;
  /** What the library tells messages apart by, where it shows it. */
  readonly id?: string;
}

/** A connection that the server accepted. */
export interface Connected {
  readonly at: number;
  /** Whose it is, where the server knows. */
  readonly client?: string;
}

type Line = readonly ["handled", number, number, string?] | readonly ["connected", number, string?];

export class ServerLog {
  readonly #lines: Lines<Line>;

  constructor(path: string) {
    this.#lines = new Lines(path);
  }

  handled(n: number, id?: string): void {
    this.#lines.append(id === undefined ? ["handled", now(), n] : ["handled", now(), n, id]);
  }

  connected(client?: string): void {
    this.#lines.append(client === undefined ? ["connected", now()] : ["connected", now(), client]);
  }

  /** In the order in which it happened; what earlier processes of this server did comes first. */
  read(): { readonly handled: readonly Handled[]; readonly connected: readonly Connected[] } {
    const handled: Handled[] = [];
    const connected: Connected[] = [];
    for (const line of this.#lines.read()) {
      if (line[0] === "handled") {
        const [, at, n, id] = line;
        handled.push(id === undefined ? { at, n } : { at, n, id });
      } else {
        const [, at, client] = line;
        connected.push(client === undefined ? { at } : { at, client });
      }
    }
    return { handled, connected };
  }
}
