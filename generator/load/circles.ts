/**
 * References that lead through nothing but references back to themselves.
 */
import { type Place, pointer, refOf } from "../document.js";
import type { Failure } from "./locate.js";
import type { Target } from "./resolve-pointer.js";
import type { Sources } from "./sources.js";

/** Each circle once, at the member first met. */
export function* circles(sources: Sources): Generator<{ readonly place: Place; readonly ref: string }> {
  const settled = new Set<string>();
  for (const [file, references] of sources.references) {
    for (const reference of references) {
      if (reference.keyword !== "$ref") continue; // what else refers may lead on by then
      const way = new Set<string>();
      let place: Place | undefined = { file, path: reference.path };
      let ref: string | undefined = reference.ref;
      while (place && ref !== undefined) {
        const at = `${place.file.path}#${pointer(place.path)}`;
        if (settled.has(at)) break;
        if (way.has(at)) {
          yield { place, ref };
          break;
        }
        way.add(at);
        const target: Target | Failure = sources.resolve(place, ref);
        place = "rule" in target ? undefined : target.place;
        ref = "rule" in target ? undefined : refOf(target.value);
      }
      for (const at of way) settled.add(at);
    }
  }
}
