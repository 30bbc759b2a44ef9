/**
 * What is met on the way while one part of a document is checked against its schema: the words of ours in `schemas/` say
 * so. Places are JSON pointers below the part.
 *
 * - `x-reference: "channel"`: a reference stands here; what it leads to must be that definition.
 * - `x-schema: true`: a JSON Schema of the document's author stands here.
 * - `x-severity: "warning"`: nothing that is generated depends on this.
 * - `x-suggest: true`: other keys are allowed, but one that nearly is a known one is likely misspelt.
 */
import { nearest } from "../nearest.js";
import { kindNames, kindOf, type Misspelt } from "./shape-problems.js";

export class Met {
  readonly references: { readonly at: string; readonly definition: string }[] = [];
  readonly schemas: { readonly at: string; readonly format: unknown }[] = [];
  readonly misspelt: Misspelt[] = [];

  reference(at: string, definition: string): void {
    this.references.push({ at, definition });
  }

  /** `around`: the map it stands in. `types`: what is of none of them is no schema, as `type` beside has said then. */
  schema(at: string, value: unknown, around: Readonly<Record<string, unknown>>, types: readonly string[]): void {
    if (types.length > 0 && !types.some((type) => kindOf(value) === kindNames[type])) return;
    this.schemas.push({ at, format: around["schemaFormat"] });
  }

  keys(at: string, value: object, known: readonly string[]): void {
    const free = known.filter((key) => !Object.hasOwn(value, key));
    for (const key of Object.keys(value)) {
      const near = key.startsWith("x-") || known.includes(key) ? undefined : nearest(key, free);
      if (near) this.misspelt.push({ at, key, near });
    }
  }
}
