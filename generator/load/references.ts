/**
 * Which `$ref`s of a file are references. Text of examples and the like may hold the same key and means nothing by it.
 */
import { type Path, refOf } from "../document.js";

/** A reference as written; the path leads to the object that holds its `$ref`. */
export interface Reference {
  readonly path: Path;
  readonly ref: string;
}

/** Keywords whose contents are data, neither AsyncAPI nor schema. */
const data: ReadonlySet<string> = new Set(["example", "examples", "default", "const", "enum"]);

/** Keywords whose members are named by the author: `properties: {default: …}` is no default. */
const maps: ReadonlySet<string> = new Set(
  (
    "properties patternProperties definitions $defs dependencies dependentSchemas " +
    "channels operations messages parameters servers variables actions schemas"
  ).split(" "),
);

/** In document order. */
export function referencesIn(root: unknown): Reference[] {
  return objectsIn(root).flatMap(({ path, value }) => {
    const ref = refOf(value);
    return ref === undefined ? [] : [{ path, ref }];
  });
}

/** Every map of a file that is AsyncAPI's or a schema's and no data, in document order. */
export function objectsIn(root: unknown): { readonly path: Path; readonly value: Readonly<Record<string, unknown>> }[] {
  const found: { path: Path; value: Readonly<Record<string, unknown>> }[] = [];
  walk(root, [], "object");
  return found;

  /** `names`: the members are named by the author; `groups`: they are such maps themselves (`components`). */
  function walk(value: unknown, path: Path, kind: "object" | "names" | "groups"): void {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        walk(item, [...path, index], "object");
      });
      return;
    }
    found.push({ path, value: value as Readonly<Record<string, unknown>> }); // a map, as just checked
    for (const [key, member] of Object.entries(value)) {
      if (typeof member !== "object" || member === null) continue;
      if (kind !== "names" && (data.has(key) || key.startsWith("x-"))) continue;
      walk(member, [...path, key], kindOf(key, kind));
    }
  }
}

function kindOf(key: string, parent: "object" | "names" | "groups"): "object" | "names" | "groups" {
  if (parent === "names") return "object";
  if (parent === "groups" || maps.has(key)) return "names";
  return key === "components" ? "groups" : "object";
}
