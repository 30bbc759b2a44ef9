/**
 * The server's book of parcels: a file with a line for each, which is also the record of the message that said so. Since
 * one line is both, a server that is killed has either both or neither, and no parcel is ever counted twice. With a
 * database it would be one transaction.
 */
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { type Delivery, memorySessions, type SessionStore } from "@actionwire/runtime/server";

export class Book {
  readonly #path: string;
  readonly #parcels: number[] = [];
  readonly #handled = new Map<string, number>();

  constructor(path: string) {
    this.#path = path;
    const lines = existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
    for (const line of lines) {
      const [parcel, stream = "", number] = line.split(" ");
      this.#note(Number(parcel), stream, Number(number));
    }
  }

  get parcels(): readonly number[] {
    return this.#parcels;
  }

  write(parcel: number, { stream, number }: Delivery): void {
    appendFileSync(this.#path, `${parcel} ${stream} ${number}\n`);
    this.#note(parcel, stream, number);
  }

  /** What the runtime asks: up to which message of each stream all is handled. Everything else stays in memory. */
  get sessions(): SessionStore {
    return {
      ...memorySessions(),
      handled: (streams) => streams.map((stream) => this.#handled.get(stream)),
      record: () => {}, // the route has done it
    };
  }

  #note(parcel: number, stream: string, number: number): void {
    this.#parcels.push(parcel);
    this.#handled.set(stream, number);
  }
}
