import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import fc from "fast-check";
import { chromium } from "playwright-core";
import { describe, expect, test } from "vitest";
import { schemaFile } from "../generator/check/schema-files.js";
import type { Path, Place } from "../generator/document.js";
import type { InputError, Problem } from "../generator/index.js";
import { colorOf, FORMATS, type Format, parseFormat, report } from "../generator/report/report.js";
import { RULES } from "../generator/rules/rules.js";
import { folder, readOf } from "./support/documents.js";

/** A place in a file of the working directory, on a line; `path` is its node. */
function at(line: number, { file = "chat.yaml", path = ["a"] as Path, broken = false } = {}): Place {
  const text = "a: 1\n".repeat(20);
  const url = pathToFileURL(resolve(file)).href;
  const value = broken ? undefined : {};
  return { file: { path: file, url, text, value, position: () => ({ line, column: 3 }) }, path };
}

function problem(place: Place | undefined, more: Partial<Problem> = {}): Problem {
  return {
    rule: "dangling-ref",
    severity: "error",
    message: "points to nothing",
    ...(place && { place }),
    ...more,
  };
}

const make = (format: Format, ...problems: Problem[]): string =>
  report(format, problems, { command: "lint", color: false });

/** A report that is JSON, as loosely as a test reads it. */
const parsed = (format: "json" | "gitlab" | "sarif", ...problems: Problem[]) => JSON.parse(make(format, ...problems));

/** One of each severity, with and without a place and a hint. */
const SOME = [
  problem(at(3), { hint: 'did you mean "#/b"?' }),
  problem(at(2, { file: "dir/other file.yaml" }), { severity: "warning", rule: "rounded" }),
  problem(at(1), { severity: "note", rule: "implied-type" }),
  problem(undefined, { rule: "missing-file", message: "there is no file x" }),
];

/** What a document can put into messages, hints and names of files. */
const HOSTILE = [
  "line\nbreak\r\n::error::of another",
  "100%0A::set-env name=a::b",
  "pipe | back`tick ``two`` \\| <script>alert(1)</script> @everyone #1 [a](http://b) *c*",
  "`",
  " ",
  "",
  "```js\n",
  "]]> &amp; <a b=\"c\" d='e'>",
  "\u001b[31m \u0000 \u202e \ufffe \ud800 \u2028",
];

describe("every format", () => {
  test.each(FORMATS)("%s ends without a newline, holds no other control and is the same each time", (format) => {
    const problems = HOSTILE.map((text) => problem(at(1), { message: text, hint: text || "-" }));
    const output = make(format, ...SOME, ...problems);
    expect(output).not.toMatch(/[^\P{Cc}\n]|\n$/u);
    expect(make(format, ...SOME, ...problems)).toBe(output);
  });

  test("tells findings in the order of text: without a place first, notes last", () => {
    const order = ["missing-file", "dangling-ref", "rounded", "implied-type"];
    const reversed = [...SOME].reverse();
    for (const format of FORMATS) {
      const output = make(format, ...reversed).replace(/"rules": \[.*?"columnKind"/s, ""); // SARIF lists rules before
      const places = order.map((rule) => output.search(new RegExp(`(?<!type=")\\b${rule}\\b`)));
      if (format === "junit") continue; // by file
      expect([format, places]).toEqual([format, [...places].sort((a, b) => a - b)]);
      expect(places).not.toContain(-1);
    }
  });

  test("but text and github is a whole document where nothing was found, and text is never brief unless asked", () => {
    expect(FORMATS.map((format) => make(format))).toEqual([
      "",
      expect.stringContaining('"findings": []'),
      "",
      "[]",
      expect.stringContaining('"results": []'),
      expect.stringContaining('tests="1" failures="0"'),
      "### actionwire lint: no findings",
    ]);
  });

  test("is cut short only as text", () => {
    const many = Array.from({ length: 9 }, (_, line) =>
      problem(at(line + 1), { severity: "warning", rule: "rounded" }),
    );
    for (const format of FORMATS) {
      const output = report(format, many, { command: "lint", color: true, brief: true, quiet: format !== "text" });
      const found = output.split(/["` ]\[?[^ ]*rounded/).length - 1;
      if (format === "text") expect(output).toContain("and 6 more");
      else expect([format, found >= 9]).toEqual([format, true]);
    }
  });
});

test("quiet text tells errors alone, and counts those", () => {
  const quiet = (problems: Problem[]) => report("text", problems, { command: "lint", color: false, quiet: true });
  expect(quiet(SOME)).toMatch(/^error missing-file.*\n\n2 errors$/s);
  expect(quiet(SOME.slice(1, 3))).toBe("");
});

describe("json", () => {
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(schemaFile("report"));

  test("is as its published schema says, whatever was found", () => {
    for (const problems of [[], SOME, HOSTILE.map((message) => problem(at(1), { message }))]) {
      expect(validate(parsed("json", ...problems)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test("says all that is known", () => {
    expect(parsed("json", ...SOME)).toEqual({
      version: 1,
      command: "lint",
      findings: [
        { rule: "missing-file", severity: "error", message: "there is no file x", fingerprint: expect.any(String) },
        {
          rule: "dangling-ref",
          severity: "error",
          message: "points to nothing",
          hint: 'did you mean "#/b"?',
          file: "chat.yaml",
          line: 3,
          column: 3,
          pointer: "/a",
          fingerprint: expect.any(String),
        },
        expect.objectContaining({ rule: "rounded", file: "dir/other file.yaml", line: 2 }),
        expect.objectContaining({ rule: "implied-type", severity: "note" }),
      ],
      summary: { errors: 2, warnings: 1, notes: 1 },
    });
  });

  test("has no pointer where a file is broken, or no document", () => {
    expect(parsed("json", problem(at(1, { broken: true, path: [] }))).findings[0]).not.toHaveProperty("pointer");
  });

  test("names files from the working directory, those outside of it, too", async () => {
    const path = join(folder(), "x.yaml");
    const { findings } = parsed("json", problem(at(1, { file: path })));
    expect(findings[0].file).toMatch(/^\.\.\/.*\/x\.yaml$/);
    expect(resolve(findings[0].file)).toBe(path);
  });

  test("holds what a document has to say as it is", () => {
    const { findings } = parsed("json", ...HOSTILE.map((message, line) => problem(at(line + 1), { message })));
    expect(findings.map(({ message }: { message: string }) => message)).toEqual(HOSTILE);
  });
});

describe("a fingerprint", () => {
  const fingerprints = (...problems: Problem[]): string[] =>
    parsed("json", ...problems).findings.map(({ fingerprint }: { fingerprint: string }) => fingerprint);

  test("stays the same where lines are put in above, in a document as it is read", async () => {
    const document = `actionwire: 1
title: Chat
actions:
  say: { from: client, payload: { type: strng } }
  tell: { from: cleint }
`;
    const read = async (text: string) => {
      const { problems } = (await readOf(text).catch((error: InputError) => error)) as InputError; // it is broken
      return problems.map((one) => {
        const { file, path } = one.place as Place; // both have one
        return { ...one, place: { file: { ...file, url: "file:///api.yaml" }, path } };
      });
    };
    const before = await read(document);
    const after = await read(`# more\n\n${document}`);
    expect(before.map(({ place }) => place.file.position(place.path).line)).not.toEqual(
      after.map(({ place }) => place.file.position(place.path).line),
    );
    expect(fingerprints(...before)).toHaveLength(2);
    expect(fingerprints(...before)).toEqual(fingerprints(...after));
  });

  test("is another for another rule, file, node or message", () => {
    const all = fingerprints(
      problem(at(1)),
      problem(at(1), { rule: "bad-ref" }),
      problem(at(1, { file: "other.yaml" })),
      problem(at(1, { path: ["b"] })),
      problem(at(1), { message: "another" }),
      problem(undefined),
    );
    expect(new Set(all).size).toBe(6);
  });

  test("is one finding's alone, though all it is made of is the same", () => {
    const twice = [problem(at(1)), problem(at(2))];
    const [first, second] = fingerprints(...twice);
    expect(first).not.toBe(second);
    expect(fingerprints(problem(at(7)))).toEqual([first]);
  });
});

/** What GitHub's runner makes of a line: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs */
function command(line: string): { name: string; properties: Record<string, string>; data: string } {
  const [, name = "", properties = "", data = ""] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const unescapeData = (text: string) => text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
  const unescapeProperty = (text: string) =>
    text
      .replaceAll("%0D", "\r")
      .replaceAll("%0A", "\n")
      .replaceAll("%3A", ":")
      .replaceAll("%2C", ",")
      .replaceAll("%25", "%");
  const pairs = properties.split(",").map((pair) => {
    const equals = pair.indexOf("=");
    return [pair.slice(0, equals), unescapeProperty(pair.slice(equals + 1))] as const;
  });
  return { name, properties: Object.fromEntries(pairs), data: unescapeData(data) };
}

describe("github", () => {
  test("is a command for each finding, at its line", () => {
    expect(make("github", ...SOME).split("\n")).toEqual([
      "::error title=missing-file::there is no file x",
      '::error file=chat.yaml,line=3,col=3,title=dangling-ref::points to nothing%0AHint: did you mean "#/b"?',
      "::warning file=dir/other file.yaml,line=2,col=3,title=rounded::points to nothing",
      "::notice file=chat.yaml,line=1,col=3,title=implied-type::points to nothing",
    ]);
  });

  test("is read back as it was meant, whatever a message or a name of a file holds", () => {
    const text = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: fc.constantFrom(..."%:,=\r\n0ADa ") }));
    const name = fc
      .string({ unit: fc.constantFrom(..."%:,=0ADa "), minLength: 1 })
      .filter((one) => resolve(one) !== resolve(one.trim()) || one.trim() === one);
    fc.assert(
      fc.property(text, name, (message, file) => {
        const lines = make("github", problem(at(4, { file }), { message })).split("\n");
        expect(lines).toHaveLength(1);
        const { name, properties, data } = command(lines[0] ?? "");
        expect(name).toBe("error");
        expect(Object.keys(properties)).toEqual(["file", "line", "col", "title"]);
        expect(resolve(properties["file"] ?? "")).toBe(resolve(file));
        expect(data).toBe(
          message.replaceAll("\t", "  ").replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, "·"),
        );
      }),
    );
  });
});

describe("gitlab", () => {
  test("has what a Code Quality report asks for, of every finding", () => {
    for (const issue of parsed("gitlab", ...SOME)) {
      expect(issue).toEqual({
        description: expect.any(String),
        check_name: expect.any(String),
        fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
        severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
        location: { path: expect.stringMatching(/^[^/]/), lines: { begin: expect.any(Number) } },
      });
    }
    expect(parsed("gitlab", ...SOME).map(({ severity }: { severity: string }) => severity)).toEqual([
      "major",
      "major",
      "minor",
      "info",
    ]);
  });
});

describe("sarif", () => {
  test("has what the standard requires, and rules that explain themselves", () => {
    const log = parsed("sarif", ...SOME);
    expect([log.version, log.runs.length]).toEqual(["2.1.0", 1]);
    const [{ tool, results, columnKind, originalUriBaseIds }] = log.runs;
    expect([tool.driver.name, columnKind]).toEqual(["actionwire", "utf16CodeUnits"]);
    expect(Object.keys(originalUriBaseIds)).toEqual(["%SRCROOT%"]);
    expect(tool.driver.rules).toContainEqual({
      id: "rounded",
      shortDescription: { text: RULES.rounded.title },
      fullDescription: { text: RULES.rounded.why.join(" ") },
      help: { text: RULES.rounded.mend.join(" ") },
      defaultConfiguration: { level: "warning" },
    });
    for (const result of results) {
      expect(result.message.text).not.toBe("");
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.level).toMatch(/^(error|warning|note)$/);
      expect(Object.values(result.partialFingerprints)).toEqual([expect.any(String)]);
      expect(result.locations).toHaveLength(1); // GitHub refuses a result without one
      expect(result.locations[0].physicalLocation.region.startLine).toBeGreaterThan(0);
    }
  });

  test("names files by addresses that lead back to them", () => {
    for (const file of ["dir/other file.yaml", "a:b.yaml", "100%/ü?#.yaml", "\ud800.yaml"]) {
      const [{ results }] = parsed("sarif", problem(at(1, { file }))).runs;
      const { uri, uriBaseId } = results[0].locations[0].physicalLocation.artifactLocation;
      expect(uriBaseId).toBe("%SRCROOT%");
      const found = new URL(uri, "file:///root/");
      expect(found.protocol).toBe("file:");
      expect(decodeURIComponent(found.pathname)).toBe(`/root/${file.replace("\ud800", "\ufffd")}`);
    }
  });

  test("leaves addresses of remote files as they are", () => {
    const url = "https://example.com/a b.json";
    const place = at(1);
    const [{ results }] = parsed("sarif", problem({ ...place, file: { ...place.file, path: url, url } })).runs;
    expect(results[0].locations[0].physicalLocation.artifactLocation).toEqual({ uri: url });
  });
});

const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const present = existsSync(executablePath);
if (!present) {
  const sentence = `JUnit reports were NOT read by an XML parser: there is no Chromium at ${executablePath}.`;
  if (process.env["CI"]) throw new Error(sentence);
  process.stderr.write(`\n${sentence}\n`);
}

describe("junit", () => {
  test("has a suite for each file and a case for each finding; errors fail, others pass and are told", () => {
    expect(make("junit", ...SOME)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="actionwire lint" tests="4" failures="2" errors="0">
  <testsuite name="actionwire lint" tests="1" failures="1" errors="0">
    <testcase name="missing-file" classname="actionwire">
      <failure type="missing-file" message="there is no file x">there is no file x</failure>
    </testcase>
  </testsuite>
  <testsuite name="chat.yaml" tests="2" failures="1" errors="0">
    <testcase name="dangling-ref at 3:3" classname="chat.yaml" file="chat.yaml" line="3">
      <failure type="dangling-ref" message="points to nothing">chat.yaml:3:3
points to nothing
Hint: did you mean &quot;#/b&quot;?</failure>
    </testcase>
    <testcase name="implied-type at 1:3" classname="chat.yaml" file="chat.yaml" line="1">
      <system-out>note: chat.yaml:1:3
points to nothing</system-out>
    </testcase>
  </testsuite>
  <testsuite name="dir/other file.yaml" tests="1" failures="0" errors="0">
    <testcase name="rounded at 2:3" classname="dir/other file.yaml" file="dir/other file.yaml" line="2">
      <system-out>warning: dir/other file.yaml:2:3
points to nothing</system-out>
    </testcase>
  </testsuite>
</testsuites>`);
  });

  test.skipIf(!present)("is XML to a parser of XML, whatever a message holds", { timeout: 60_000 }, async () => {
    const reports = [make("junit"), ...HOSTILE.map((message) => make("junit", problem(at(1), { message, hint: "h" })))];
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    try {
      const page = await browser.newPage();
      const read = await page.evaluate(readXml, reports);
      expect(read.map(({ root, cases, inside }) => [root, cases, inside])).toEqual(
        reports.map(() => ["testsuites", 1, 0]),
      );
      expect(read[3]?.message).toBe(HOSTILE[2]);
      expect(read[8]?.message).toBe(HOSTILE[7]);
      expect(read[9]?.message).toBe("·[31m · · \ufffd \ufffd ·");
    } finally {
      await browser.close();
    }
  });
});

/** The part of a browser's XML that is read below; these tests are compiled without its library. */
interface Xml {
  readonly tagName: string;
  readonly documentElement: Xml;
  readonly children: ArrayLike<Xml>;
  querySelectorAll(selector: string): ArrayLike<Xml>;
  getAttribute(name: string): string | null;
}
declare const DOMParser: new () => { parseFromString(text: string, type: string): Xml };

/** Runs in a browser. */
function readXml(texts: readonly string[]) {
  return texts.map((text) => {
    const xml = new DOMParser().parseFromString(text, "application/xml");
    const [failure] = Array.from(xml.querySelectorAll("failure"));
    return {
      root: xml.documentElement.tagName,
      cases: xml.querySelectorAll("testsuites > testsuite > testcase").length,
      message: failure?.getAttribute("message"),
      inside: failure?.children.length ?? 0,
    };
  });
}

describe("markdown", () => {
  /** Code spans as CommonMark reads them (6.1): a run of backticks up to the next as long. */
  function spans(line: string): { rest: string; codes: string[] } {
    const codes: string[] = [];
    const rest = line.replace(/(?<!`)(`+)(?!`)(.*?[^`])\1(?!`)/g, (_, _fence, code: string) => {
      codes.push(/^ .* $/.test(code) && code.trim() !== "" ? code.slice(1, -1) : code);
      return "§";
    });
    return { rest, codes };
  }

  test("is a list of findings", () => {
    expect(make("markdown", ...SOME)).toBe(`### actionwire lint: 2 errors, 1 warning, 1 note

- **error** \`missing-file\`: \`there is no file x\`
- **error** \`chat.yaml:3:3\` \`dangling-ref\`: \`points to nothing\`
  - hint: \`did you mean "#/b"?\`
- **warning** \`dir/other file.yaml:2:3\` \`rounded\`: \`points to nothing\`
- **note** \`chat.yaml:1:3\` \`implied-type\`: \`points to nothing\``);
  });

  test("holds what a document has to say in code, where nothing is markup", () => {
    const text = fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string(),
      fc.string({ unit: fc.constantFrom(..."` \\|<a\n") }),
    );
    fc.assert(
      fc.property(text, text, (message, hint) => {
        const lines = make("markdown", problem(at(1), { message, hint }))
          .split("\n")
          .slice(2);
        const [finding, advice] = lines.map(spans);
        expect(lines).toHaveLength(2);
        expect([finding?.rest, advice?.rest]).toEqual(["- **error** § §: §", "  - hint: §"]);
        const shown = message.replaceAll("\t", "  ").replace(/[\p{Cc}\u2028\u202e]/gu, "·");
        expect(finding?.codes[2]?.trim()).toBe(shown.trim());
      }),
    );
  });
});

describe("a format is named", () => {
  test.each(FORMATS)("%s, alone or with a file", (format) => {
    expect(parseFormat(format)).toEqual({ format });
    expect(parseFormat(`${format}:out/a:b.txt`)).toEqual({ format, file: "out/a:b.txt" });
  });

  test("by a word that there is", () => {
    expect(parseFormat("sarrif:a.json")).toEqual({ error: 'There is no format "sarrif"; did you mean "sarif"?' });
    expect(parseFormat("xml")).toEqual({
      error: 'There is no format "xml"; there are text, json, github, gitlab, sarif, junit, markdown',
    });
    expect(parseFormat("json:")).toEqual({ error: 'Name a file behind "json:", or leave the colon out' });
    expect(parseFormat("")).toHaveProperty("error");
  });
});

describe("colours", () => {
  test.each([
    ["on a terminal", true, {}, true],
    ["not elsewhere", false, {}, false],
    ["not where NO_COLOR says so", true, { NO_COLOR: "1" }, false],
    ["also where NO_COLOR is empty, which says nothing", true, { NO_COLOR: "" }, true],
    ["anywhere where FORCE_COLOR says so", false, { FORCE_COLOR: "1" }, true],
    ["as the stream is where FORCE_COLOR is empty", false, { FORCE_COLOR: "" }, false],
    ["not where FORCE_COLOR is 0", true, { FORCE_COLOR: "0" }, false],
    ["not where both say so: NO_COLOR wins", true, { NO_COLOR: "1", FORCE_COLOR: "3" }, false],
    ["not on a terminal that has none", true, { TERM: "dumb" }, false],
  ])("are used %s", (_, isTTY, env, expected) => {
    expect(colorOf({ isTTY }, env)).toBe(expected);
  });

  test("are not used on a stream that says nothing of itself", () => {
    expect(colorOf({}, {})).toBe(false);
  });
});
