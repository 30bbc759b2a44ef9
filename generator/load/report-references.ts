/**
 * What is wrong with a document's references: each defect once, at the first reference that has it.
 */
import type { Place } from "../document.js";
import type { Problems } from "../problem.js";
import type { Failure } from "./locate.js";
import type { Sources } from "./sources.js";

export function reportReferences(sources: Sources, problems: Problems): void {
  const failures = new Map<Failure, Place[]>();
  for (const [file, references] of sources.references) {
    const guessed: Place[] = [];
    for (const { path, ref } of references) {
      const place: Place = { file, path: [...path, "$ref"] };
      const target = sources.resolve(file, ref);
      if (!("rule" in target)) {
        if (target.guessed) guessed.push(place);
      } else if (!target.echo) {
        const places = failures.get(target) ?? [];
        places.push(place);
        failures.set(target, places);
      }
    }
    const message = `a "/" inside of a key is not escaped${others(guessed)}; the nearest meaning is taken`;
    if (guessed[0]) problems.warn("unescaped-pointer", message, guessed[0], 'write "~1" for a "/" inside of a key');
  }
  for (const [{ rule, message, hint }, places] of failures) {
    problems.error(rule, `${message}${others(places)}`, places[0], hint);
  }
  for (const { file, reference } of sources.circles()) {
    const message = `${JSON.stringify(reference.ref)} leads back to itself`;
    problems.error("circular-ref", message, { file, path: [...reference.path, "$ref"] });
  }
}

function others(places: readonly Place[]): string {
  const count = places.length - 1;
  return count < 1 ? "" : ` (here and in ${count} other ${count === 1 ? "place" : "places"})`;
}
