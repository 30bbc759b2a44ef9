/** Arrays of any size are looked through for duplicates in time that their size does not multiply. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { equal, unique } from "../runtime/validators/index.js";

/** As JSON Schema defines it. */
function byDefinition(items: readonly unknown[]): boolean {
  return items.every((item, index) => !items.slice(0, index).some((other) => equal(item, other)));
}

/** Values of few kinds, so that they meet. */
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom<unknown>(...[null, true, false, 0, -0, 1, 1.5, 1e21, "", "0", "1", ":", ":1", "1,", "[", "null"]),
    fc.constantFrom<unknown>("\ud800", "\\ud800", "\u{1f600}", "\ude00", '"', '{"a"1,}', "[1,]", "1n"),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "__proto__", "constructor", "1", ""), tie("value"), { maxKeys: 3 }),
  ),
})).value;

/** The same value with the members of its objects in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
}

describe("unique", () => {
  test("says what the definition says", () => {
    fc.assert(
      fc.property(fc.array(values, { maxLength: 12 }), (items) => {
        expect(unique(items)).toBe(byDefinition(items));
        const json: unknown = JSON.parse(JSON.stringify(items));
        if (Array.isArray(json)) expect(unique(json)).toBe(byDefinition(json));
        if (items.length > 0) expect(unique([...items, turned(items[0])])).toBe(false);
      }),
      { numRuns: 3000 },
    );
  });

  test.each<[string, unknown[], boolean]>([
    ["0 and -0", [0, -0], false],
    ["0 and -0 inside", [[0], [-0]], false],
    ["false and 0", [false, 0, "", null, "0", "false", "null"], true],
    ["1 and 1n", [1, 1n], false],
    ["1 and 1n inside", [{ a: 1 }, { a: 1n }], false],
    ["a bigint and the text of it", [9007199254740993n, "9007199254740993", "9007199254740993n"], true],
    ["a bigint and the number next to it", [9007199254740993n, 9007199254740992], true],
    ["bigints", [9007199254740993n, 9007199254740993n], false],
    ["large bigints as numbers", [2n ** 62n, 2 ** 62], false],
    ["members in another order", [JSON.parse('{"a":1,"b":2}'), JSON.parse('{"b":2,"a":1}')], false],
    ["members called __proto__", [JSON.parse('{"__proto__":1}'), JSON.parse('{"__proto__":2}'), {}], true],
    ["the same called __proto__", [JSON.parse('{"__proto__":[]}'), JSON.parse('{"__proto__":[]}')], false],
    ["lone surrogates", ["\ud800", "\ud801", "\ufffd", "\\ud800"], true],
    ["lone surrogates inside", [["\ud800"], ["\ud801"], ["\ufffd"], ["\\ud800"]], true],
    ["items in another order", [[1, 2], [2, 1], [[1], 2], [1, [2]], [12]], true],
  ])("%s", (_, items, expected) => {
    expect(unique(items)).toBe(expected);
  });

  test("comes to an end with many items", () => {
    const many = Array.from({ length: 100_000 }, (_, index) => index);
    for (const items of [
      many,
      many.map(String),
      many.map((index) => "x".repeat(100) + index),
      many.map((index) => ({ id: index, tags: ["a", { b: null }] })),
      many.map((index) => [index / 3]),
      many.map((index) => 2n ** 64n + BigInt(index)),
    ]) {
      expect(unique(items)).toBe(true);
      expect(unique([...items, items[0]])).toBe(false);
    }
  });

  test("is not stopped by depth", () => {
    const deep = (inner: unknown) => {
      let value = inner;
      for (let level = 0; level < 50_000; level++) value = level % 2 ? [value] : { a: value };
      return value;
    };
    expect(unique([deep(1), deep(2)])).toBe(true);
    expect(unique([deep(1), deep(2), deep(1)])).toBe(false);
  });
});
