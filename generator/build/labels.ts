/**
 * Constants at the top of a payload that only label it, so that nobody who sends it need be asked for them: those that
 * all of its values have, and optional ones by which messages are told apart. `{event?: "pong"}` beside
 * `{event: "heartbeat"}` says what it is, and left out nobody could tell it; `{urgent?: true}` alone is a flag.
 */
import type { Schema } from "../contract.js";
import { only, type Scalar, type Shapes, type Tag } from "./facts/shapes.js";

export interface Label {
  readonly key: string;
  readonly value: Scalar;
}

export class Labels {
  readonly #shapes: Shapes;
  /** Members by which messages are told apart: texts that differ from one to the other. */
  readonly #telling: ReadonlySet<string>;

  /** `all`: the payloads of one direction. */
  constructor(all: readonly Schema[], shapes: Shapes) {
    this.#shapes = shapes;
    const texts = new Map<string, Set<Scalar>>();
    for (const { key, value } of all.flatMap((schema) => shapes.tags(schema).flatMap(single))) {
      if (typeof value === "string") texts.set(key, (texts.get(key) ?? new Set()).add(value));
    }
    this.#telling = new Set([...texts].flatMap(([key, values]) => (values.size > 1 ? [key] : [])));
  }

  of(schema: Schema): Label[] {
    const isObject = only(this.#shapes.jsonTypes(schema), "object");
    const isLabel = ({ key, value }: Label) => isObject && typeof value === "string" && this.#telling.has(key);
    return this.#shapes.tags(schema).flatMap((tag) => single(tag).filter((label) => tag.required || isLabel(label)));
  }
}

/** A member with a single constant. */
function single({ at, values }: Tag): Label[] {
  const [key, ...deeper] = at;
  const [value, ...others] = values;
  return typeof key !== "string" || deeper.length > 0 || value === undefined || others.length > 0
    ? []
    : [{ key, value }];
}
