/**
 * JSON values as validators measure and compare them.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import * as ours from "../runtime/validators/index.js";

test("length in characters", () => {
  const texts = ["", "a", "\u{1f600}", "\ud83d", "\ude00\ud83d", "a\u{1f600}b\ud83d", "\ud83d\ud83d\ude00"];
  for (const text of texts) expect([text, ours.ucs2length(text)]).toEqual([text, [...text].length]);
});

test("equality of JSON values", () => {
  const clone = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  fc.assert(fc.property(fc.jsonValue(), (value) => ours.equal(clone(value), clone(value))));
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 2 }), fc.jsonValue({ maxDepth: 2 }), (one, other) => {
      return ours.equal(one, other) === (canonical(one) === canonical(other));
    }),
  );
  expect(ours.equal({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
  expect(ours.equal([], {})).toBe(false);
  expect(ours.equal({ toString: 1 }, { valueOf: 1 })).toBe(false);
  expect(ours.equal(JSON.parse('{"__proto__":1}'), { a: 1 })).toBe(false);
});

test("formats of numbers", () => {
  expect([0, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1.5, Number.NaN].map(ours.int32)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([0, 2 ** 53 - 1, 2 ** 53, 1.5].map(ours.int64)).toEqual([true, true, false, false]);
  expect([0, -1, 2 ** 53].map(ours.uint64)).toEqual([true, false, false]);
});

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return Object.is(inner, -0) ? 0 : inner;
    return { members: Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)) };
  });
}
