/**
 * The names that a schema gives itself, by which references may mean it. Drafts have different words for it:
 * https://json-schema.org/draft-04/draft-zyp-json-schema-04#rfc.section.7.2 (`id`),
 * https://json-schema.org/draft-07/draft-handrews-json-schema-01#rfc.section.8.2 (`$id`),
 * https://json-schema.org/draft/2020-12/json-schema-core#section-8.2 (`$anchor` and `$dynamicAnchor` besides).
 */
import type { Members } from "./objects.js";
import { partsOf } from "./references.js";

/** Drafts that differ in how schemas name themselves; `unsaid` has the words of all. */
export type Draft = "to draft-04" | "to draft-07" | "from 2019-09" | "unsaid";

/** By a `$schema`, a `schemaFormat` or its version. */
export function draftOf(said: string): Draft {
  if (/\bdraft-0[1-4]\b/.test(said)) return "to draft-04";
  if (/\bdraft-0[5-7]\b/.test(said)) return "to draft-07";
  return /20(?:19-09|2\d-\d\d)\b|json-schema\.org\/v\d|oai\.openapi.*version=3\.[1-9]/.test(said)
    ? "from 2019-09"
    : "unsaid";
}

export interface Names {
  /** The schema's own address as written, without a fragment. */
  readonly id?: string;
  /** Whether that is the address of what is around it, where it is the same: a fragment names a place in there. */
  readonly isPart: boolean;
  /** Names in the resource that the schema is, or stands in. */
  readonly anchors: readonly string[];
  readonly dynamicAnchor?: string;
}

export function namesOf(schema: Members, draft: Draft): Names {
  const [address, fragment] = partsOf(idOf(schema, draft) ?? "");
  const id = fragment.startsWith("/") ? "" : address; // a pointer names nothing that has no name yet
  const later = draft === "from 2019-09" || draft === "unsaid";
  const anchor = later ? textOf(schema, "$anchor") : undefined;
  const dynamicAnchor = later ? textOf(schema, "$dynamicAnchor") : undefined;
  const named = fragment.startsWith("/") ? "" : fragment;
  return {
    ...(id !== "" && { id }),
    isPart: named !== "",
    anchors: [named, anchor, dynamicAnchor].filter((name): name is string => Boolean(name)),
    ...(dynamicAnchor !== undefined && { dynamicAnchor }),
  };
}

/** Up to draft-07 nothing counts beside a reference, names neither. */
function idOf(schema: Members, draft: Draft): string | undefined {
  if (isReference(schema, draft)) return undefined;
  if (draft === "to draft-04") return textOf(schema, "id");
  return textOf(schema, "$id") ?? (draft === "unsaid" ? textOf(schema, "id") : undefined);
}

/** Whether a schema is a reference and nothing else, whatever stands beside it. */
export function isReference(schema: Members, draft: Draft): boolean {
  return draft !== "from 2019-09" && textOf(schema, "$ref") !== undefined;
}

/** An own member that is a text and not empty. */
export function textOf(value: unknown, key: string): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  const member = (value as Members)[key]; // own, as just checked
  return typeof member === "string" && member !== "" ? member : undefined;
}
