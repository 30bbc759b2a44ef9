/**
 * A message and what is known of all of its values: the facts that the ladder's questions rest on.
 */
import type { JsonType, Schema } from "../../contract.js";
import { type Holding, holdings, isFreeForm } from "../facts/places.js";
import { byPlace, type Member, only, placeOf, type Shapes, type Tag, type Way } from "../facts/shapes.js";

/** A message and the schema of its payload. */
export interface Candidate {
  readonly id: string;
  readonly schema: Schema;
}

export interface Known extends Candidate {
  readonly types: ReadonlySet<JsonType>;
  readonly tags: ReadonlyMap<string, Tag>;
  /** Members that it always has, and all that it names. */
  readonly required: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  /** Members of its members, by place. */
  readonly inner: ReadonlyMap<string, Member>;
  /** It may mean members of any name. */
  readonly open: boolean;
  /** Whether it may have something at a place; `place`: what `placeOf` says of it, where that is known. */
  readonly holding: (at: Way, place?: string) => Holding;
}

export function know(candidate: Candidate, shapes: Shapes): Known {
  return new Told(candidate, shapes);
}

/** Most messages are told apart by a constant: what else is known of them is asked for only where it is not. */
class Told implements Known {
  readonly id: string;
  readonly schema: Schema;
  readonly types: ReadonlySet<JsonType>;
  readonly tags: ReadonlyMap<string, Tag>;
  readonly required: ReadonlySet<string>;
  readonly declared: ReadonlySet<string>;
  readonly #shapes: Shapes;
  readonly #isObject: boolean;
  readonly #held = new Map<string, Holding>();
  #inner: ReadonlyMap<string, Member> | undefined;
  #open: boolean | undefined;
  #holds: ((at: Way) => Holding) | undefined;

  constructor({ id, schema }: Candidate, shapes: Shapes) {
    const keys = shapes.keys(schema);
    this.id = id;
    this.schema = schema;
    this.types = shapes.jsonTypes(schema);
    this.tags = byPlace(shapes.tags(schema));
    this.#shapes = shapes;
    this.#isObject = only(this.types, "object");
    this.required = this.#isObject ? keys.required : new Set();
    this.declared = keys.declared;
  }

  get inner(): ReadonlyMap<string, Member> {
    this.#inner ??= this.#membersOfMembers();
    return this.#inner;
  }

  get open(): boolean {
    this.#open ??= this.types.has("object") && isFreeForm(this.schema, this.#shapes.types);
    return this.#open;
  }

  readonly holding = (at: Way, place: string = placeOf(at)): Holding => {
    this.#holds ??= holdings(this.schema, this.#shapes.types);
    const known = this.#held.get(place) ?? this.#holds(at);
    this.#held.set(place, known);
    return known;
  };

  #membersOfMembers(): ReadonlyMap<string, Member> {
    const inner = new Map<string, Member>();
    for (const member of this.#shapes.inner(this.schema)) {
      const place = placeOf(member.at);
      const required = this.#isObject && (member.required || inner.get(place)?.required === true);
      inner.set(place, { ...member, required });
    }
    return inner;
  }
}
