import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Place } from "../generator/document.js";
import { contractOf } from "../generator/generate.js";
import { InputError, type Problem } from "../generator/index.js";
import { lint } from "../generator/lint/lint.js";
import { type Level, Problems } from "../generator/problem.js";
import { explain, explainList, noSuchRule } from "../generator/rules/explain.js";
import type { Rule } from "../generator/rules/rule.js";
import { isRule, nearestRule, RULES, type RuleId, SUBJECTS } from "../generator/rules/rules.js";
import { folder } from "./support/documents.js";
import { ROOT } from "./support/examples.js";

const ids = Object.keys(RULES).filter(isRule);
const all: readonly (readonly [RuleId, Rule])[] = ids.map((id) => [id, RULES[id]]);

/** The text of all that can report: the generator without what explains it. */
function reporting(folder = "generator"): string {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true });
  return entries
    .flatMap((entry): string[] => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return path === "generator/rules" ? [] : [reporting(path)];
      return entry.name.endsWith(".ts") ? [readFileSync(join(ROOT, path), "utf8")] : [];
    })
    .join("\n");
}

describe("the table of rules", () => {
  const source = reporting();
  const calls = [...source.matchAll(/\b(error|warn|note)\(\s*"([a-z0-9-]+)"/g)];

  test("has no rule that nothing reports", () => {
    expect(ids.filter((id) => !source.includes(`"${id}"`))).toEqual([]);
  });

  test("says of each at worst what it is reported as, and where it is less", () => {
    const worst = ["note", "warning", "error"] as const;
    for (const [id, { severity, yields, milder }] of all) {
      const found = calls.flatMap(([, word, rule]) =>
        rule === id ? worst.indexOf(word === "warn" ? "warning" : (word as "error" | "note")) : [],
      ); // of the expression
      if (found.length === 0) continue; // reported by way of an object
      const above = Math.max(...found);
      expect.soft([id, worst.indexOf(severity) >= above]).toEqual([id, true]);
      if (Math.min(...found) < worst.indexOf(severity))
        expect.soft([id, yields ?? milder]).not.toEqual([id, undefined]);
    }
  });

  test("has each rule once, under what it is about", () => {
    const listed = Object.values(SUBJECTS).flatMap((rules) => Object.keys(rules));
    expect([...listed].sort()).toEqual([...ids].sort());
    expect(new Set(listed).size).toBe(listed.length);
  });

  test.each(all)("%s is written as the others are", (id, { title, why, mend }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/[^.]$/);
    expect(title.length).toBeLessThanOrEqual(80);
    expect(why.join(" ")).toMatch(/^[A-Z"].*\.$/s);
    expect(why.join(" ").split(/[.?!] (?=[A-Z"(])/).length).toBeLessThanOrEqual(4);
    expect(mend.join(" ")).not.toBe("");
  });
});

/** What an example may be: a whole document, or the schema of a payload in one. */
function documents(lines: readonly string[]): string[] {
  const schema = lines.map((line) => `      ${line}`).join("\n");
  const whole = /^(#|a\w+: \d)/.test(lines[0] ?? "") ? [lines.join("\n")] : [];
  return [
    ...whole,
    `actionwire: 1
title: Chat
actions:
  say:
    from: client
    payload:
${schema}
schemas:
  Name: { type: string }
  a/b: { type: string }
`,
  ];
}

async function found(document: string): Promise<readonly string[]> {
  try {
    const problems = new Problems();
    const { contract, root } = await contractOf(join(folder({ "api.yaml": document }), "api.yaml"), {}, problems);
    lint(contract, root, problems);
    return problems.all.map(({ rule }) => rule);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.problems.map(({ rule }) => rule);
  }
}

describe("an example of what is wrong is reported, and one of what is right is not", () => {
  const examples = all.flatMap(([id, { example }]) => (example ? [[id, example] as const] : []));

  test.each(examples)("%s", async (id, { wrong, right }) => {
    expect(await found(documents(wrong)[0] ?? "")).toContain(id);
    expect(await found(documents(right)[0] ?? "")).not.toContain(id);
  });
});

describe("a rule is explained", () => {
  test("with what it means, what to do, and an example", () => {
    expect(explain("rounded")).toBe(`rounded: a constant is an integer that JavaScript rounds

Reported as: warning

JavaScript's numbers are exact up to 2^53. The constant was read as its nearest
neighbour, which may be another one than is written, also on the wire.

What to do: Say it as text: that can hold any integer.

wrong:
  const: 9007199254740993

right:
  const: "9007199254740993"`);
  });

  test("with where it is less than an error", () => {
    expect(explain("unknown-value", { columns: 200 })).toContain(
      "\n\nReported as: error; a warning where nothing that is generated depends on the place; a warning where\nit is empty\n\n",
    );
  });

  test.each(ids)("%s within the terminal's width", (id) => {
    const prose = explain(id, { columns: 60 }).split("\n\nwrong:")[0] ?? "";
    const [, ...lines] = prose.split("\n");
    expect(lines.filter((line) => line.length > 60)).toEqual([]);
  });

  test("and listed with all others, in a line each", () => {
    const lines = explainList().split("\n");
    for (const id of ids) expect(lines.filter((line) => line.startsWith(`  ${id} `))).toHaveLength(1);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test("in colours when asked for, which change nothing else", () => {
    for (const [plain, coloured] of [
      [explain("syntax"), explain("syntax", { color: true })],
      [explainList(), explainList({ color: true })],
    ] as const) {
      expect(coloured).toContain("\u001b[");
      expect(coloured.split(/.\[\d+m/).join("")).toBe(plain);
    }
  });

  test("by its own name only: a misspelt one gets the nearest", () => {
    expect(nearestRule("dangling-reff")).toBe("dangling-ref");
    expect(noSuchRule("dangling-reff")).toBe('There is no rule "dangling-reff"; did you mean "dangling-ref"?');
    expect(noSuchRule("x")).toBe('There is no rule "x"; actionwire explain lists them');
    expect(["constructor", "__proto__", "", "Syntax"].filter(isRule)).toEqual([]);
  });
});

describe("levels from the configuration", () => {
  function reported(levels: Readonly<Record<string, Level>>, strict = false): Problems {
    const problems = new Problems({ levels, strict });
    problems.error("syntax", "an error");
    problems.warn("rounded", "a warning");
    problems.note("implied-type", "a note");
    return problems;
  }

  function without(levels: Readonly<Record<string, Level>>, strict = false): Problems {
    const problems = new Problems({ levels, strict });
    problems.warn("rounded", "a warning");
    problems.note("implied-type", "a note");
    return problems;
  }

  const severities = (all: readonly Problem[]) => all.map(({ severity }) => severity);

  test("turn warnings and notes into one another, and off", () => {
    expect(severities(reported({ rounded: "note", "implied-type": "warning" }).all)).toEqual([
      "error",
      "note",
      "warning",
    ]);
    expect(severities(reported({ rounded: "off", "implied-type": "off" }).all)).toEqual(["error"]);
  });

  test("leave errors alone: what has no meaning is given none", () => {
    const problems = reported({ syntax: "off" });
    expect(severities(problems.all)).toEqual(["error", "warning", "note"]);
    expect(() => problems.throwIfErrors()).toThrow(InputError);
  });

  test("make errors that refuse at the end, not in the middle: the rest is found, too", () => {
    const problems = without({ rounded: "error" });
    expect(() => problems.throwIfErrors()).not.toThrow();
    problems.warn("bad-pattern", "found later");
    expect(() => problems.throwIfRefused()).toThrow(/rounded.*implied-type.*bad-pattern/s);
    expect(severities(problems.all)).toEqual(["error", "note", "warning"]);
  });

  test("come before strict, which counts what is a warning by then", () => {
    expect(() => without({ rounded: "off" }, true).throwIfRefused()).not.toThrow();
    expect(() => without({ rounded: "note" }, true).throwIfRefused()).not.toThrow();
    expect(() => without({ rounded: "off", "implied-type": "warning" }, true).throwIfRefused()).toThrow(InputError);
  });

  test("hold for errors that nothing depends on, which are warnings", () => {
    const place: Place = {
      file: { path: "a", text: "", value: {}, position: () => ({ line: 1, column: 1 }) },
      path: [],
    };
    const problems = new Problems({ levels: { "dangling-ref": "off" } });
    problems.error("dangling-ref", "points to nothing", place);
    expect(severities(problems.all)).toEqual(["error"]);
    problems.demote(() => true);
    expect(problems.all).toEqual([]);
  });

  test("called as what every object has mean nothing", () => {
    expect(severities(reported(JSON.parse('{"__proto__": "off", "constructor": "off"}')).all)).toHaveLength(3);
  });
});
