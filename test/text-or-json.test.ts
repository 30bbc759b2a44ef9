import { describe, expect, test } from "vitest";
import { emit } from "../generator/index.js";
import { asyncapi3, message, readOf } from "./support/documents.js";
import { heard } from "./support/heard.js";

const plain = (schema: object) => ({ contentType: "text/plain", payload: schema });
const json = (schema: object) => ({ payload: schema });
const note = plain({ type: "string" });

/** What a server hears of frames, and the warnings of the document. */
async function hearing(receive: Readonly<Record<string, object>>, frames: readonly string[]) {
  const { contract, warnings } = await readOf(asyncapi3({ receive }));
  return {
    heard: heard(contract, frames),
    warnings: warnings.map(({ rule, message }) => `${rule}: ${message}`),
    contract,
  };
}

describe("a bare text beside JSON on one socket", () => {
  test.each<[string, Readonly<Record<string, object>>, Readonly<Record<string, unknown>>]>([
    [
      "is the constant that it is, before it is a boolean",
      { yes: json({ const: "true" }), flag: json({ type: "boolean" }) },
      { true: ["yes", "true"], false: ["flag", false], maybe: undefined },
    ],
    [
      "is one of the texts that a message names, before it is a number",
      { pick: json({ enum: ["1", "2"] }), count: json({ type: "integer" }) },
      { "1": ["pick", "1"], "2": ["pick", "2"], "3": ["count", 3], "01": undefined },
    ],
    [
      "is a number where it can be one",
      { zip: plain({ type: "string", pattern: "^[0-9]{5}$" }), count: json({ type: "integer" }) },
      { "01234": ["zip", "01234"], "12345": ["count", 12345], true: ["zip", "true"], '"1"': ["zip", '"1"'] },
    ],
    [
      "is a text where the only JSON is a list",
      { note, list: json({ type: "array" }) },
      {
        "[1]": ["list", [1]],
        "12": ["note", "12"],
        '"q"': ["note", '"q"'],
        "{}": ["note", "{}"],
        true: ["note", "true"],
      },
    ],
    [
      "is a text where JSON is an object or null",
      { note, maybe: json({ type: ["object", "null"] }) },
      {
        "{}": ["maybe", {}],
        null: ["maybe", null],
        "12": ["note", "12"],
        "[]": ["note", "[]"],
        '"q"': ["note", '"q"'],
      },
    ],
    [
      "is a text where JSON is an object that a value tells, or a list",
      { note, a: message({ t: { const: "a" } }), b: message({ x: {} }), list: json({ type: "array" }) },
      { '{"t":"a"}': ["a", { t: "a" }], "[]": ["list", []], "1": ["note", "1"], null: ["note", "null"] },
    ],
  ])("%s", async (_, receive, expected) => {
    expect((await hearing(receive, Object.keys(expected))).heard).toEqual(Object.values(expected));
  });

  test("is warned of where it can be both, with the names of both and which of them wins", async () => {
    const zip = { zip: note, count: json({ type: "integer" }) };
    expect((await hearing(zip, [])).warnings).toEqual([
      expect.stringMatching(/^look-alike: zip \(.*\) is a bare text.* count \(.*arrives as JSON$/),
    ]);
    const yes = { yes: json({ const: "true" }), flag: json({ type: "boolean" }) };
    expect((await hearing(yes, [])).warnings).toEqual([
      expect.stringMatching(/^look-alike: yes \(.*\) is a bare text.* flag \(.*arrives as yes$/),
    ]);
  });

  test.each<[string, Readonly<Record<string, object>>]>([
    ["objects and lists", { note, one: json({ type: ["object", "array"] }) }],
    ["numbers, and it is a constant that is none", { done: json({ const: "DONE" }), count: json({ type: "number" }) }],
    [
      "numbers, and it is a constant of another type",
      { yes: json({ const: "true" }), count: json({ type: "number" }) },
    ],
  ])("is nothing to warn of beside %s", async (_, receive) => {
    expect((await hearing(receive, [])).warnings).toEqual([]);
  });

  test("is told apart by code that says which types lead nowhere", async () => {
    const { contract } = await hearing({ note, maybe: json({ type: ["object", "null"] }) }, []);
    expect((await emit(contract)).get("wire.ts")).toContain('["array", null],');
  });
});
