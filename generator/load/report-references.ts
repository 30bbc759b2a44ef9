/**
 * What is wrong with a document's references: each defect once, at the first reference that has it.
 */
import { type Path, type Place, pointer, valueAt } from "../document.js";
import type { Problems } from "../problem.js";
import { circles } from "./circles.js";
import type { Failure } from "./locate.js";
import type { Target } from "./resolve-pointer.js";
import type { Sources } from "./sources.js";

export function reportReferences(sources: Sources, problems: Problems): void {
  const failures = new Map<Failure, Place[]>();
  for (const [file, references] of sources.references) {
    const guessed: Place[] = [];
    const wholes: Place[] = [];
    for (const { path, keyword, ref } of references) {
      const place: Place = { file, path: [...path, keyword] };
      const target = sources.resolve({ file, path }, ref);
      if (!("rule" in target)) {
        if (isDocument(target)) wholes.push(place);
        if (target.guessed) guessed.push(place);
      } else if (!target.echo) {
        const places = failures.get(target) ?? [];
        places.push(place);
        failures.set(target, places);
      }
    }
    const message = `a "/" inside of a key is not escaped${others(guessed)}; the nearest meaning is taken`;
    if (wholes[0]) {
      const text = `the reference leads to the whole document, which is nothing that can be meant here${others(wholes)}`;
      problems.error(
        "ref-to-document",
        text,
        wholes[0],
        "A schema that means itself needs an $id, or its own place: #/….",
      );
    }
    if (guessed[0]) problems.warn("unescaped-pointer", message, guessed[0], 'write "~1" for a "/" inside of a key');
  }
  for (const [{ rule, message, hint }, places] of failures) {
    const [first] = places;
    const meant = rule === "missing-file" && first ? partMeant(first) : undefined;
    problems.error(rule, `${message}${others(places)}`, first, meant ?? hint);
  }
  for (const { place, ref } of circles(sources)) {
    const message = `${JSON.stringify(ref)} leads back to itself`;
    problems.error("circular-ref", message, { file: place.file, path: [...place.path, "$ref"] });
  }
  for (const { name, places } of sources.ambiguous) {
    const [first, second] = places;
    const where = first && `${first.file.path}#${pointer(first.path)}`;
    const message = `${JSON.stringify(name)} is what two schemas call themselves; the first is meant, ${where}`;
    problems.warn("duplicate-id", message, second, "give one of them another name");
  }
}

/** Groups of components that are looked through; AsyncAPI has no more. */
const GROUPS = 20;

/** A part of the same file that is referred to without "#/", by its path there or its name alone. */
function partMeant(place: Place): string | undefined {
  const ref = valueAt(place);
  if (typeof ref !== "string" || ref.includes("#")) return undefined;
  const { file } = place;
  const groups = Object.keys(Object(valueAt({ file, path: ["components"] }))).slice(0, GROUPS);
  const holders: Path[] = [[], ["schemas"], ...groups.map((group) => ["components", group])];
  const meant = holders
    .map((path) => [...path, ...ref.split("/")])
    .find((path) => valueAt({ file, path }) !== undefined);
  return meant && `did you mean ${JSON.stringify(`#${pointer(meant)}`)}?`;
}

/** What describes an API is the value of no part of it. */
function isDocument({ place, value }: Target): boolean {
  const isMap = typeof value === "object" && value !== null;
  return place.path.length === 0 && isMap && (Object.hasOwn(value, "asyncapi") || Object.hasOwn(value, "actionwire"));
}

function others(places: readonly Place[]): string {
  const count = places.length - 1;
  return count < 1 ? "" : ` (here and in ${count} other ${count === 1 ? "place" : "places"})`;
}
