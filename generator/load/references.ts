/**
 * Which texts of a file are references. Those in examples and the like may stand under the same key and mean nothing by it.
 */
import type { Path, SourceFile } from "../document.js";
import { objectsIn } from "./objects.js";

/** The keywords that refer; what the later two mean may change as the schema is used, but they lead somewhere first. */
const KEYWORDS = ["$ref", "$dynamicRef", "$recursiveRef"] as const;

/** A reference as written; the path leads to the object that holds it. */
export interface Reference {
  readonly path: Path;
  readonly keyword: (typeof KEYWORDS)[number];
  readonly ref: string;
}

/** In document order. */
export function referencesIn({ value: root }: SourceFile): Reference[] {
  return objectsIn(root).flatMap(({ path, value }) =>
    KEYWORDS.flatMap((keyword): Reference[] => {
      const ref = Object.hasOwn(value, keyword) ? value[keyword] : undefined;
      return typeof ref === "string" ? [{ path, keyword, ref }] : [];
    }),
  );
}

/** A reference's address, and its fragment without the mark; both may be empty. */
export function partsOf(ref: string): readonly [address: string, fragment: string] {
  const mark = ref.indexOf("#");
  return mark < 0 ? [ref, ""] : [ref.slice(0, mark), ref.slice(mark + 1)];
}

/** An address resolved against the one around it, without a fragment; undefined where that has no meaning (beside a URN). */
export function resolved(address: string, base: string): string | undefined {
  if (!URL.canParse(address, base || undefined)) return undefined;
  const url = new URL(address, base || undefined);
  url.hash = "";
  return url.href;
}
