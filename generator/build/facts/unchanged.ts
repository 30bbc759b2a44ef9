/**
 * Answers about schemas, for who asks again in the same process: as long as all types that were looked at on the way are
 * the very same, so is the answer. Schemas that say the same are the same objects (`normalise/normalise.ts`).
 */
import type { Json, Schema } from "../../contract.js";
import { isMembers, type Members } from "../../normalise/keywords.js";
import type { Read } from "./impossible.js";

interface Known<Answer> {
  readonly answer: Answer;
  /** What was read, by name. */
  readonly read: ReadonlyMap<string, Schema | undefined>;
}

const NOTHING = new Map<string, Schema | undefined>();

export class Unchanged<Answer> {
  readonly #known = new WeakMap<Members, Known<Answer>>();

  /** What `make` answers about this schema, now or before; what others say it asks of what it is given. */
  of(schema: Json, types: Read, make: (types: Read) => Answer): Answer {
    if (!isMembers(schema)) return make(types);
    const before = this.#known.get(schema);
    if (before && holds(before, types)) return before.answer;
    let read = NOTHING;
    const get = (name: string): Schema | undefined => {
      const found = types.get(name);
      if (read === NOTHING) read = new Map();
      read.set(name, found);
      return found;
    };
    const answer = make({ get });
    this.#known.set(schema, { answer, read });
    return answer;
  }
}

function holds({ read }: Known<unknown>, types: Read): boolean {
  for (const [name, schema] of read) if (types.get(name) !== schema) return false;
  return true;
}
