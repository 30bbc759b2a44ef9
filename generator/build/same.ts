/**
 * Declarations that say what they said in an earlier run of the same process are the same objects: others know by that
 * that what they found of one still holds. After an edit that is most of a document.
 */
import { isDeepStrictEqual } from "node:util";
import type { TypeDeclaration } from "../contract.js";
import { Memo } from "../memo.js";

const known = new Memo<{ readonly type: TypeDeclaration; readonly size: number }>(({ size }) => size);

export function same(type: TypeDeclaration): TypeDeclaration {
  const text = JSON.stringify(type);
  const before = known.of(text, () => ({ type, size: text.length })).type;
  // YAML knows numbers for which JSON has no other word than `null`.
  return before === type || !text.includes("null") || isDeepStrictEqual(before, type) ? before : type;
}
