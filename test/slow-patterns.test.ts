/**
 * Patterns that can take too long are told with their place, and documents without any with nothing.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readContract } from "../generator/index.js";
import { asyncapi3, message, readOf } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

/** `severity place: message` of each warning of a message with these members. */
async function told(members: Readonly<Record<string, object>>): Promise<string[]> {
  const { warnings } = await readOf(asyncapi3({ receive: { m: message(members) } }));
  return warnings.map(({ rule, severity, message, place }) => {
    const isSolved = message.includes("it is matched in linear time instead");
    expect([rule, severity]).toEqual(["slow-pattern", isSolved ? "note" : "warning"]);
    return `${place?.path.slice(-2).join("/")}: ${message}`;
  });
}

const cubic = { type: "string", pattern: "^\\s*,\\s*,?\\s*$" };
const exponential = { type: "string", pattern: "^(a+)+$" };

test("each pattern is told once, at its first place, with the count of others", async () => {
  expect(await told({ x: exponential, y: { type: "array", items: exponential }, z: cubic })).toEqual([
    expect.stringMatching(/^x\/pattern: "\^\(a\+\)\+\$" can take exponential time .* \(here and in 1 other place\)$/),
    expect.stringMatching(/^z\/pattern: .* grows with the square of the length/),
  ]);
});

test("a name's pattern is one, too", async () => {
  expect(await told({ x: { type: "object", patternProperties: { "^(a+)+$": {} } } })).toEqual([
    expect.stringMatching(/^patternProperties\/\^\(a\+\)\+\$: /),
  ]);
});

test("what is tried on short texts only is no risk, but where each character doubles the time", async () => {
  expect(await told({ x: { ...cubic, maxLength: 256 } })).toEqual([]);
  expect(await told({ x: { ...cubic, maxLength: 257 } })).toHaveLength(1);
  expect(await told({ x: { ...exponential, maxLength: 256 } })).toHaveLength(1);
  expect(await told({ x: { ...cubic, maxLength: 256 }, y: cubic })).toEqual([expect.stringMatching(/^y\/.*instead$/)]);
});

test("harmless patterns, and such as are none, say nothing of it", async () => {
  expect(
    await told({ x: { type: "string", pattern: "^[a-z]+(-[a-z]+)*$" }, y: { const: { pattern: "(a+)+$" } } }),
  ).toEqual([]);
});

const examples = readdirSync(join(ROOT, "examples"), { recursive: true, encoding: "utf8" });

test.each(examples.filter((file) => /^(\w+)\/\1\.yaml$/.test(file)))("examples/%s has none", async (file) => {
  const { warnings } = await readContract(join(ROOT, "examples", file));
  expect(warnings.map(({ rule }) => rule)).not.toContain("slow-pattern");
});
