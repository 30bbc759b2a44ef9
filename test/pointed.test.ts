/** Where findings point to: at the key that is wrong, or at its value. */
import { expect, test } from "vitest";
import { load } from "../generator/load/load.js";
import { type Problem, Problems } from "../generator/problem.js";
import { pointedAt } from "../generator/report/pointed.js";
import { folder } from "./support/documents.js";

/** What stands where a finding of `a` points to. */
async function pointed(text: string, rule: Problem["rule"] = "wrong-type"): Promise<string> {
  const root = await load(`${folder({ "a.yaml": text })}/a.yaml`, {}, new Problems());
  const place = { file: root.file, path: ["a"] };
  const { line, column } = pointedAt({ rule, severity: "error", message: "" }, place);
  return text.split("\n")[line - 1]?.slice(column - 1) ?? "";
}

test.each([
  ["a: text", "text"],
  ["a:   12", "12"],
  ["b: 1\na : true # said", "true # said"],
  ['{"a":"text"}', '"text"}'],
  ["'a': 'text'", "'text'"],
  ['{ b: 1, a: "te\\"xt" }', '"te\\"xt" }'],
  ["a: -1.50", "-1.50"],
  ["a: one two", "one two"],
])("%s: what is wrong is the value", async (text, rest) => {
  expect(await pointed(text)).toBe(rest);
});

test.each([
  ["a: { b: 1 }", "a map"],
  ["a: [1]", "a list"],
  ["a:\n  text", "what stands in another line"],
  ["a: |\n  text", "a block of text"],
  ["a: >-\n  text", "another"],
  ["a: &anchor text", "what has an anchor"],
  ["b: &b text\na: *b", "an alias"],
  ["a: !!str 12", "what has a tag"],
  ["a:", "nothing"],
  ["? a\n: text", "what stands behind a key of another kind"],
])("%s: of %s, its key", async (text) => {
  expect((await pointed(text)).replace(/^"/, "")).toMatch(/^a\b/);
});

test("of a key that means nothing, the key", async () => {
  expect(await pointed("a: text", "unknown-key")).toBe("a: text");
});
