/**
 * A message and what is known of all of its values: the facts that the ladder's questions rest on.
 */
import type { JsonType, Schema } from "../../contract.js";
import { type Holding, holdings, isFreeForm } from "../facts/places.js";
import { byPlace, type Member, placeOf, type Shapes, type Tag, type Way } from "../facts/shapes.js";

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

export function know({ id, schema }: Candidate, shapes: Shapes): Known {
  const types = shapes.jsonTypes(schema);
  const keys = shapes.keys(schema);
  const isObject = types.size === 1 && types.has("object");
  const inner = new Map<string, Member>();
  for (const member of shapes.inner(schema)) {
    const place = placeOf(member.at);
    inner.set(place, { ...member, required: isObject && (member.required || inner.get(place)?.required === true) });
  }
  const held = new Map<string, Holding>();
  const holds = holdings(schema, shapes.types);
  const holding = (at: Way, place = placeOf(at)) => {
    const known = held.get(place) ?? holds(at);
    held.set(place, known);
    return known;
  };
  return {
    id,
    schema,
    types,
    tags: byPlace(shapes.tags(schema)),
    required: isObject ? keys.required : new Set(),
    declared: keys.declared,
    inner,
    open: types.has("object") && isFreeForm(schema, shapes.types),
    holding,
  };
}
