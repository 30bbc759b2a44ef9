import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import type { Place, Position } from "../generator/document.js";
import type { Problem } from "../generator/problem.js";
import { formatProblems } from "../generator/report/text.js";

function at(text: string, line: number, column: number, path = "chat.yaml"): Place {
  const position = (): Position => ({ line, column });
  return { file: { path, url: pathToFileURL(resolve(path)).href, text, value: undefined, position }, path: [] };
}

const problem = (place: Place | undefined, more: Partial<Problem> = {}): Problem => ({
  rule: "dangling-ref",
  severity: "error",
  message: "points to nothing",
  ...(place && { place }),
  ...more,
});

const plain = (...problems: Problem[]): string => formatProblems(problems, { color: false });

test("a problem shows its place, three lines before it and one after, a mark and a hint", () => {
  const text = "one: 1\ntwo: 2\nthree: 3\nfour: 4\n  $ref: '#/x'\nsix: 6\nseven: 7\n";
  expect(plain(problem(at(text, 5, 3), { hint: 'did you mean "#/y"?' }))).toBe(
    `chat.yaml:5:3 error dangling-ref  points to nothing
  2 | two: 2
  3 | three: 3
  4 | four: 4
  5 |   $ref: '#/x'
    |   ^^^^
  6 | six: 6
  hint: did you mean "#/y"?

1 error`,
  );
});

test("problems are sorted by file, line and column, those without a place first, and counted", () => {
  const text = "a\nb\nc\n";
  const output = plain(
    problem(at(text, 2, 1, "b.yaml")),
    problem(at(text, 3, 1, "a.yaml")),
    problem(at(text, 1, 1, "a.yaml"), { severity: "warning" }),
    problem(undefined),
  );
  const heads = output.split("\n").filter((line) => / (error|warning) |^error /.test(line));
  expect(heads.map((line) => line.split(" ")[0])).toEqual(["error", "a.yaml:1:1", "a.yaml:3:1", "b.yaml:2:1"]);
  expect(output.endsWith("\n\n3 errors, 1 warning")).toBe(true);
});

test("notes come last, wherever they stand, and are counted last", () => {
  const text = "a\nb\nc\n";
  const output = plain(
    problem(at(text, 1, 1), { severity: "note", rule: "implied-type" }),
    problem(at(text, 3, 1), { severity: "warning" }),
    problem(undefined, { severity: "note" }),
  );
  const heads = output.split("\n").filter((line) => / warning |note [a-z]/.test(line));
  expect(heads.map((line) => line.split("  ")[0])).toEqual([
    "chat.yaml:3:1 warning dangling-ref",
    "note dangling-ref",
    "chat.yaml:1:1 note implied-type",
  ]);
  expect(output.endsWith("\n\n1 warning, 2 notes")).toBe(true);
});

test("nothing to say is said with nothing", () => {
  expect(plain()).toBe("");
});

describe("the mark stands under what is meant", () => {
  const mark = (text: string, column: number): [string, string] => {
    const lines = plain(problem(at(text, 1, column))).split("\n");
    return [lines[1] ?? "", lines[2] ?? ""];
  };

  test("after tabs, shown as two spaces", () => {
    expect(mark("\ta: b", 2)).toEqual(["  1 |   a: b", "    |   ^"]);
  });

  test("after wide characters, which take two columns", () => {
    expect(mark("日本: b", 5)).toEqual(["  1 | 日本: b", "    |       ^"]);
    expect(mark("👋: b", 5)).toEqual(["  1 | 👋: b", "    |     ^"]);
  });

  test("in a window of a long line", () => {
    const [line, caret] = mark(`${"x".repeat(5000)} here ${"y".repeat(5000)}`, 5002);
    expect(line.length).toBeLessThan(180);
    expect(line.slice(caret.indexOf("^"), caret.lastIndexOf("^") + 1)).toBe("here");
  });
});

describe("a line that is wider than the terminal", () => {
  const shownIn = (text: string, column: number, columns?: number): string[] =>
    formatProblems([problem(at(text, 1, column))], { color: false, columns })
      .split("\n")
      .slice(1, 3);
  const line = `${"x".repeat(300)} here ${"y".repeat(300)}`;

  test.each([
    ["as wide as the terminal", 60, 60],
    ["120 columns wide where that is unknown", undefined, 120],
    ["and of a terminal without a width, too", 0, 120],
  ])("is cut, %s, and the place stays in view", (_, columns, width) => {
    const [text = "", mark = ""] = shownIn(line, 302, columns);
    expect(text).toHaveLength(width);
    expect(text).toMatch(/^ {2}1 \| …x.*y…$/);
    expect(text.slice(mark.indexOf("^"), mark.lastIndexOf("^") + 1)).toBe("here");
  });

  test("has its mark in view where what is meant is wider itself", () => {
    const [text = "", mark = ""] = shownIn(line, 1, 40);
    expect([text.length, mark.length <= 40]).toEqual([40, true]);
  });

  test("of wide characters is measured in columns", () => {
    const [text = ""] = shownIn("日".repeat(100), 50, 40);
    expect(text.length).toBeLessThan(28);
    const [emoji = ""] = shownIn("👋".repeat(100), 100, 40);
    expect(emoji).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
  });
});

describe("in brief", () => {
  const brief = (...problems: Problem[]): string => formatProblems(problems, { color: false, brief: true });
  const names = Array.from({ length: 100 }, (_, index) => `message${index}`).join(", ");

  test("a long warning ends at a comma", () => {
    const [head = "", , count] = brief(problem(undefined, { severity: "warning", message: names })).split("\n");
    expect(head.length).toBeLessThan(440);
    expect(head).toMatch(/message\d+, …$/);
    expect(count).toBe("1 warning; --verbose shows all of what is cut short");
  });

  test("an error is shown whole, and all errors are", () => {
    const output = brief(...Array.from({ length: 5 }, (_, index) => problem(undefined, { message: names + index })));
    expect(output.match(/message99\d/g)).toHaveLength(5);
    expect(output.endsWith("\n\n5 errors")).toBe(true);
  });

  test("some warnings of each rule are shown, and all are counted", () => {
    const warnings = Array.from({ length: 5 }, () => problem(undefined, { severity: "warning" }));
    const output = brief(...warnings, problem(undefined, { severity: "warning", rule: "rounded" }), problem(undefined));
    expect(output.match(/warning dangling-ref/g)).toHaveLength(3);
    expect(output).toContain("\n  … and 2 more of dangling-ref\n");
    expect(output.endsWith("\n\n1 error, 6 warnings, 4 shown; --verbose shows all")).toBe(true);
  });

  test("notes are said once, so all are shown, behind what is said of warnings that are not", () => {
    const output = brief(
      ...Array.from({ length: 4 }, () => problem(undefined, { severity: "note" })),
      ...Array.from({ length: 4 }, () => problem(undefined, { severity: "warning" })),
    );
    expect(output.match(/^note /gm)).toHaveLength(4);
    expect(output.lastIndexOf("… and 1 more")).toBeLessThan(output.indexOf("note dangling-ref"));
    expect(output.endsWith("\n\n4 warnings, 3 shown, 4 notes; --verbose shows all")).toBe(true);
  });
});

test("what would command a terminal is shown as a dot", () => {
  const output = plain(problem(at("a: \u001b[31mred\u202e", 1, 1), { message: "bad \u001b[2J name" }));
  expect(output).not.toContain("\u001b");
  expect(output).not.toContain("\u202e");
});

test("CRLF leaves no trace", () => {
  expect(plain(problem(at("a: 1\r\nb: 2\r\n", 2, 1)))).not.toContain("\r");
});

test("colours are added when asked for, and change nothing else", () => {
  const one = [problem(at("a: 1", 1, 1), { hint: "h" })];
  const coloured = formatProblems(one, { color: true });
  expect(coloured).toContain("\u001b[31merror\u001b[0m");
  expect(
    coloured
      .split("\u001b")
      .map((part, index) => (index === 0 ? part : part.replace(/^\[\d+m/, "")))
      .join(""),
  ).toBe(plain(...one));
});
