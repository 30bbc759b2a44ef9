/** JSON is read by the reader that is built in. YAML, of which it is a part, is what it is held to. */
import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Composer, Parser } from "yaml";
import { jsonValue } from "../generator/load/json-value.js";
import { convert } from "../generator/load/yaml-value.js";
import { editedText } from "./support/edited.js";

const tokensOf = (text: string) => [...new Parser().parse(text)];

/** What YAML reads, of a text in which it finds no mistake. */
function byYaml(text: string): unknown {
  const composed = [...new Composer({ uniqueKeys: false, merge: false, strict: true }).compose(tokensOf(text))];
  const { value, defects } = convert(composed[0]?.contents ?? null);
  expect([composed.length, composed.flatMap(({ errors }) => errors), defects]).toEqual([1, [], []]);
  return value;
}

/** A value as text that tells -0 from 0, and maps by the order of their keys. */
function said(value: unknown): string {
  return inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null });
}

const { map: json } = fc.letrec<{ json: string; map: string }>((tie) => {
  const blank = fc.constantFrom("", "", " ", "\n", "\r\n", "\t", "\r", " \n\t ");
  const around = (text: fc.Arbitrary<string>) => fc.tuple(blank, text, blank).map((parts) => parts.join(""));
  const long = fc.constantFrom(
    "12345678901234567890",
    "0.1000000000000000055",
    "1E400",
    "-0",
    "-0.0",
    "1e-7",
    "4.2E+1",
  );
  const key = fc
    .constantFrom("a", "\\u0061", "b", "__proto__", "<<", "", "1", "0", "a b", "x: y", "#")
    .map((name) => `"${name}"`);
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\\/", "\ud83d", "\u2028", "//", "a\\"));
  const scalar = fc.oneof(
    text.map((one) => JSON.stringify(one)),
    fc.double().map((one) => JSON.stringify(one)),
    long,
  );
  const listed = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 4 }).map((items) => items.join(","));
  const member = fc.tuple(around(key), around(tie("json"))).map((parts) => parts.join(":"));
  const map = around(listed(member)).map((inside) => `{${inside}}`);
  const list = around(listed(around(tie("json")))).map((inside) => `[${inside}]`);
  return { json: fc.oneof({ maxDepth: 4 }, scalar, fc.constantFrom("true", "false", "null"), map, list), map };
});

test("JSON is read as YAML that has the same text, and only where a key is in no map twice", () => {
  let taken = 0;
  fc.assert(
    fc.property(fc.oneof({ arbitrary: json, weight: 4 }, editedText), (text) => {
      const value = jsonValue(text);
      if (value === undefined) return;
      taken++;
      expect(said(value)).toBe(said(byYaml(text)));
    }),
    { numRuns: 3000 },
  );
  expect(taken).toBeGreaterThan(300);
});
